import { findDates } from '../dates.ts';
import type { Block, LinkSpan, Row, Span } from './blocks.ts';
import { labelRank } from './labels.ts';
import { type LineContext, type LineEntry, readLine } from './line-entry.ts';
import { readSuffix, readTitle } from './line-parts.ts';
import { type ColumnRole, cellSpans, isNamed, readColumns } from './table-columns.ts';
import { linesOf, linksOf, oneLine, spansText } from './text.ts';

/** A post that a table names, with the line of its row. */
export interface RowEntry extends LineEntry {
  readonly line: number;
}

/** Finds the posts of a table: one a row, several where a title cell lists several, or one a cell in a grid. */
export function readTableEntries(table: Extract<Block, { kind: 'table' }>, context: LineContext): RowEntry[] {
  const columns = readColumns(table.head, table.rows, context.base);
  return table.rows.flatMap((row) => {
    const found = columns === 'grid' ? readGridRow(row, context) : readRow(row, columns, context);
    return found.map((entry) => ({ ...entry, line: row.line }));
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
    return named.map((link) => fromRow(link.text, link, [], row, roles, context));
  const others = row.filter((_, column) => column !== at);
  const [own, ...rest] = named;
  if (own)
    return [
      fromRow(
        own.text,
        own,
        [...title.filter((span) => span !== own), ...others.flat()],
        row,
        roles,
        context,
        behind(title, own),
        rest,
      ),
    ];
  const name = titleText(title, context);
  const url = bestLink(row, roles, at);
  if (!url || name.title === '') return [];
  return [
    fromRow(
      name.title,
      url,
      row.flat().filter((span) => span !== url),
      row,
      roles,
      context,
      name.rest,
    ),
  ];
}

/** The url of a row whose title is no link: from the column for links, then by the nearest label. */
function bestLink(
  row: readonly (readonly Span[])[],
  roles: readonly ColumnRole[],
  title: number,
): LinkSpan | undefined {
  const links = row.flatMap((cell, at) =>
    cell.filter((span): span is LinkSpan => span.kind === 'link').map((link) => ({ link, at })),
  );
  const cost = ({ link, at }: { link: LinkSpan; at: number }) =>
    (at === title ? -2 : roles[at] === 'link' ? 0 : 100) + urlCost(link);
  return links.sort((one, other) => cost(one) - cost(other))[0]?.link;
}

/** Beside a feed's link the bare address is the site's own. */
function urlCost(link: LinkSpan): number {
  if (/^https?:\/\//i.test(link.text)) return -1;
  return isNamed(link) ? 50 : /feed|rss|订阅/i.test(link.text) ? 30 : labelRank(link.text);
}

function fromRow(
  title: string,
  url: LinkSpan,
  others: readonly Span[],
  row: readonly (readonly Span[])[],
  roles: readonly ColumnRole[],
  context: LineContext,
  beside = '',
  extra: readonly Span[] = [],
): LineEntry {
  const text = (role: ColumnRole) =>
    row
      .filter((_, at) => roles[at] === role)
      .map(spansText)
      .filter((one) => one !== '');
  const tagCells = row.filter((_, at) => roles[at] === 'tags');
  const summary = [beside, ...text('summary')].filter((one) => one !== '').join('\n');
  const dates = roles.includes('date') ? text('date').flatMap((one) => findDates(one, context)) : [];
  const suffix = readSuffix(summary, context);
  const date = dates[0]?.date ?? suffix.date;
  return {
    title: oneLine(title),
    href: url.href,
    ...(date === undefined ? {} : { date }),
    tags: [...new Set([...tagCells.flatMap(tagsOfCell), ...suffix.tags])],
    summary: suffix.rest,
    links: linksOf([...others, ...extra], context.base).filter(({ url: one }) => one !== url.href),
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
  const words = cell.filter((span) => span.kind === 'text' && span.text.trim() !== '');
  const isCode = words.length > 1 && words.every((span) => span.kind === 'text' && span.code);
  return (isCode ? words : [cell]).flatMap((part) => splitTags(spansText([part].flat())));
}

/** Tags are parted by `;`, commas of both scripts, `、`, `/` or `|`, or by spaces before hashes. */
function splitTags(text: string): string[] {
  return text
    .split(/[;；,，、|/\n]|\s+(?=#)/)
    .map((tag) => tag.trim().replace(/^#/, ''))
    .filter((tag) => tag !== '');
}
