import type { PostLink } from '../../posts/post.ts';
import { findDates } from '../dates.ts';
import type { Block, LinkSpan, Row, Span } from './blocks.ts';
import { labelRank } from './labels.ts';
import { type LineContext, type LineEntry, readLine } from './line-entry.ts';
import { readSuffix, readTitle } from './line-parts.ts';
import { type ColumnRole, cellSpans, isNamed, readColumns } from './table-columns.ts';
import { addLink, linesOf, oneLine, spansText } from './text.ts';

/** A post that a table names, with the line of its row. */
export interface RowEntry {
  readonly entry: LineEntry;
  readonly line: number;
}

/** Finds the posts of a table: one a row, several where a title cell lists several, or one a cell in a grid. */
export function readTableEntries(table: Extract<Block, { kind: 'table' }>, context: LineContext): RowEntry[] {
  const columns = readColumns(table.head, table.rows, context.base);
  return table.rows.flatMap((row) => {
    const found = columns === 'grid' ? readGridRow(row, context) : readRow(row, columns, context);
    return found.map((entry) => ({ entry, line: row.line }));
  });
}

function readGridRow({ cells }: Row, context: LineContext): LineEntry[] {
  return cells.flatMap((cell) =>
    linesOf(cellSpans(cell, context.base)).flatMap((line) => readLine(line, context) ?? []),
  );
}

function readRow({ cells }: Row, roles: readonly ColumnRole[], context: LineContext): LineEntry[] {
  const row = cells.slice(0, roles.length).map((cell) => cellSpans(cell, context.base));
  const at = roles.indexOf('title');
  const title = row[at];
  if (!title) return [];
  const named = namedLinks(title);
  if (named.length > 1 && listsOnlyLinks(title, named))
    return named.map((link) => fromRow(row, roles, { title: link.text, url: link, links: [], beside: '' }, context));
  const [own] = named;
  if (own) {
    const links = linksBeside(row, at, own, context.base);
    return [fromRow(row, roles, { title: own.text, url: own, links, beside: behind(title, own) }, context)];
  }
  const name = titleText(title, context);
  const url = bestLink(row, roles, at);
  if (!url || name.title === '') return [];
  const links = linksBeside(row, at, url, context.base);
  return [fromRow(row, roles, { title: name.title, url, links, beside: name.rest }, context)];
}

/** The other links of a row, those of the title's cell first. */
function linksBeside(
  row: readonly (readonly Span[])[],
  title: number,
  own: LinkSpan,
  base: string | undefined,
): PostLink[] {
  const links: PostLink[] = [];
  const add = (cell: readonly Span[]) => {
    for (const span of cell) if (span !== own) addLink(links, span, base);
  };
  add(row[title] ?? []);
  for (const [at, cell] of row.entries()) if (at !== title) add(cell);
  return links.filter(({ url }) => url !== own.href);
}

/** The url of a row whose title is no link: from the column for links, then by the nearest label. */
function bestLink(
  row: readonly (readonly Span[])[],
  roles: readonly ColumnRole[],
  title: number,
): LinkSpan | undefined {
  let best: LinkSpan | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const [at, cell] of row.entries()) {
    const place = at === title ? -2 : roles[at] === 'link' ? 0 : 100;
    for (const span of cell) {
      const cost = span.kind === 'link' ? place + urlCost(span) : Number.POSITIVE_INFINITY;
      if (span.kind !== 'link' || cost >= least) continue;
      least = cost;
      best = span;
    }
  }
  return best;
}

/** Beside a feed's link the bare address is the site's own. */
function urlCost(link: LinkSpan): number {
  if (/^https?:\/\//i.test(link.text)) return -1;
  return isNamed(link) ? 50 : /feed|rss|订阅/i.test(link.text) ? 30 : labelRank(link.text);
}

/** What a row says of one post, beside its columns of summary, date and tags. */
interface RowPost {
  readonly title: string;
  readonly url: LinkSpan;
  readonly links: readonly PostLink[];
  /** The words beside the title in its own cell. */
  readonly beside: string;
}

function fromRow(
  row: readonly (readonly Span[])[],
  roles: readonly ColumnRole[],
  { title, url, links, beside }: RowPost,
  context: LineContext,
): LineEntry {
  const text = (role: ColumnRole) => {
    const texts: string[] = [];
    for (const [at, cell] of row.entries()) {
      const one = roles[at] === role ? spansText(cell) : '';
      if (one !== '') texts.push(one);
    }
    return texts;
  };
  const summary = [beside, ...text('summary')].filter((one) => one !== '').join('\n');
  const dates = roles.includes('date') ? text('date').flatMap((one) => findDates(one, context)) : [];
  const tags = new Set<string>();
  for (const [at, cell] of row.entries()) if (roles[at] === 'tags') for (const tag of tagsOfCell(cell)) tags.add(tag);
  const suffix = readSuffix(summary, context);
  const date = dates[0]?.date ?? suffix.date;
  for (const tag of suffix.tags) tags.add(tag);
  return {
    title: oneLine(title),
    href: url.href,
    date,
    tags: [...tags],
    summary: suffix.rest,
    links,
    isLabel: false,
  };
}

function namedLinks(cell: readonly Span[]): LinkSpan[] {
  return cell.filter((span): span is LinkSpan => span.kind === 'link' && isNamed(span));
}

/** Several posts stand in one cell if nothing but breaks and marks parts them. */
function listsOnlyLinks(cell: readonly Span[], links: readonly LinkSpan[]): boolean {
  const between = cell
    .filter((span) => span.kind === 'text')
    .map((span) => spansText([span]))
    .join('');
  const hasBreaks = cell.filter((span) => span.kind === 'break').length >= links.length - 1;
  return hasBreaks || !/[\p{L}]/u.test(between);
}

function behind(cell: readonly Span[], link: LinkSpan): string {
  return spansText(cell.slice(cell.indexOf(link) + 1).filter((span) => span.kind !== 'link' || isNamed(span)));
}

/** `1) **Title** – what it says`: the bold text is the title, the rest belongs to the summary. */
function titleText(cell: readonly Span[], context: LineContext): { title: string; rest: string } {
  const words = cell.filter((span) => span.kind !== 'link' || isNamed(span));
  const bold = spansText(words.filter((span) => span.kind === 'text' && span.strong));
  const all = readTitle(spansText(words), context).rest;
  if (bold === '' || !all.startsWith(bold) || all === bold)
    return { title: bold !== '' && all === '' ? bold : all, rest: '' };
  return { title: bold, rest: all.slice(bold.length) };
}

/** Where every tag is code, what is code is a tag. */
function tagsOfCell(cell: readonly Span[]): string[] {
  const words = cell.length < 2 ? [] : cell.filter((span) => span.kind === 'text' && span.text.trim() !== '');
  const isCode = words.length > 1 && words.every((span) => span.kind === 'text' && span.code);
  return isCode ? words.flatMap((word) => splitTags(spansText([word]))) : splitTags(spansText(cell));
}

/** Tags are parted by `;`, commas of both scripts, `、`, `/` or `|`, or by spaces before hashes. */
function splitTags(text: string): string[] {
  if (text === '') return [];
  return text
    .split(/[;；,，、|/\n]|\s+(?=#)/)
    .map((tag) => tag.trim().replace(/^#/, ''))
    .filter((tag) => tag !== '');
}
