import { comparableTitle } from '../../posts/post-id.ts';
import type { Entry } from '../entry.ts';
import type { PageFacts } from './page-facts.ts';

/** A file with an entry more, and what was put in. */
export interface Appended {
  readonly text: string;
  /** The line of the file, from 1, before which the entry stands now. */
  readonly line: number;
  readonly added: readonly string[];
}

/** How the entries of a file look: taken from the one beside which the new one is put. */
type Style = 'heading' | 'item' | 'row';

/**
 * Puts an entry into a Markdown list in the file's own style: as a heading, an item or a row, with the date where the
 * others have it, at the end of its category where the newest stand. Nothing else of the file changes.
 *
 * @param entries what was read from this very text, in order
 * @param category the last name of the path; without it the entry goes to the category of the last entry
 * @returns undefined if there is no entry to take after, or none in that category
 */
export function appendEntry(
  text: string,
  entries: readonly Entry[],
  facts: PageFacts,
  category?: string,
): Appended | undefined {
  const lines = text.split('\n');
  const wanted = category === undefined ? undefined : comparableTitle(category);
  const inCategory =
    wanted === undefined
      ? entries
      : entries.filter((entry) => entry.category.some((name) => comparableTitle(name) === wanted));
  const path = inCategory.at(-1)?.category.join('\n');
  const beside = inCategory.filter((entry) => entry.category.join('\n') === path && entry.line !== undefined);
  const first = beside[0];
  const last = beside.at(-1);
  if (!first?.line || !last?.line) return undefined;
  const newestFirst = first.date !== undefined && last.date !== undefined && first.date > last.date;
  const model = newestFirst ? first : last;
  const style = styleOf(lines[(model.line ?? 1) - 1] ?? '');
  const entryLines = written(style, lines, model, facts);
  const at = newestFirst ? (first.line ?? 1) - 1 : endOf(lines, last.line, style);
  const added = style === 'heading' ? spaced(entryLines, lines, at) : entryLines;
  return { text: [...lines.slice(0, at), ...added, ...lines.slice(at)].join('\n'), line: at + 1, added };
}

function styleOf(line: string): Style {
  if (/^\s*#/.test(line)) return 'heading';
  return /^\s*(?:[-*+]|\d+[.)])\s/.test(line) ? 'item' : line.includes('|') ? 'row' : 'item';
}

function written(style: Style, lines: readonly string[], model: Entry, facts: PageFacts): string[] {
  const line = lines[(model.line ?? 1) - 1] ?? '';
  const link = `[${escapeLabel(facts.title)}](${escapeAddress(facts.url)})`;
  const day = facts.date?.slice(0, 10);
  if (style === 'heading') {
    const marks = /^\s*#+/.exec(line)?.[0] ?? '###';
    return [
      `${marks} ${link}`,
      ...(facts.description === '' ? [] : [escapeText(facts.description)]),
      ...(model.image !== undefined && facts.image !== undefined ? ['', `![](${escapeAddress(facts.image)})`] : []),
      '',
    ];
  }
  if (style === 'row') return [rowLike(line, model, link, facts)];
  const marker = nextMarker(/^(\s*)([-*+]|\d+[.)])(\s+)/.exec(line));
  const isDatedBefore = model.date !== undefined && line.indexOf(model.date.slice(0, 4)) < line.indexOf('](');
  const before = day !== undefined && isDatedBefore ? `${likeDate(line, model, day)} ` : '';
  const behind = [
    ...(model.summary !== '' && facts.description !== '' ? [escapeText(facts.description)] : []),
    ...(day !== undefined && model.date !== undefined && !isDatedBefore ? [likeDate(line, model, day)] : []),
  ];
  const separator = /\]\([^)]*\)(\s*[-–—:：|]\s*)/.exec(line)?.[1] ?? ' - ';
  return [`${marker}${before}${link}${behind.map((part) => `${separator}${part}`).join('')}`];
}

/** A date written as the model's is. */
function likeDate(line: string, model: Entry, day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  const separator = new RegExp(`${model.date?.slice(0, 4)}\\s?([-/.年])`).exec(line)?.[1] ?? '-';
  return separator === '年' ? `${year}年${Number(month)}月${Number(date)}日` : [year, month, date].join(separator);
}

/** Numbers of a list go on. */
function nextMarker(marker: RegExpExecArray | null): string {
  const [, indent = '', mark = '-', gap = ' '] = marker ?? [];
  const number = /^(\d+)([.)])$/.exec(mark);
  return `${indent}${number ? `${Number(number[1]) + 1}${number[2]}` : mark}${gap}`;
}

/** A row with the new title, date and summary in the columns where the model has its own; the other cells stay empty. */
function rowLike(line: string, model: Entry, link: string, facts: PageFacts): string {
  const cells = line.split(/(?<!\\)\|/);
  const day = model.date?.slice(0, 10);
  const filled = cells.map((cell) => {
    if (cell.trim() === '') return cell;
    if (cell.includes('](')) return cell.includes(model.title.slice(0, 8)) ? ` ${link} ` : ' ';
    if (day !== undefined && cell.replace(/[/.年月]/g, '-').includes(day))
      return facts.date === undefined ? ' ' : ` ${facts.date.slice(0, 10)} `;
    return model.summary !== '' && cell.includes(model.summary.slice(0, 8))
      ? ` ${escapeText(facts.description).replace(/\|/g, '\\|')} `
      : ' ';
  });
  return filled.join('|');
}

/** Behind the last line that belongs to an entry. */
function endOf(lines: readonly string[], line: number, style: Style): number {
  let at = line;
  if (style === 'row') return at;
  if (style === 'item') {
    while (at < lines.length && /^\s{2,}\S/.test(lines[at] ?? '')) at += 1;
    return at;
  }
  while (at < lines.length && !/^#{1,6}[^#]|^(?:-{3,}|\*{3,}|_{3,})\s*$|^\*\*[^*]+\*\*\s*$/.test(lines[at] ?? ''))
    at += 1;
  return at;
}

/** Headings stand apart by an empty line. */
function spaced(entry: readonly string[], lines: readonly string[], at: number): string[] {
  const before = lines[at - 1] ?? '';
  return [...(before.trim() === '' ? [] : ['']), ...entry];
}

function escapeLabel(text: string): string {
  return text.replace(/[\\[\]]/g, '\\$&');
}

function escapeAddress(url: string): string {
  return url.replace(/[()\s]/g, (character) => encodeURIComponent(character).replace('(', '%28').replace(')', '%29'));
}

/** Text of a stranger's page must not become markup. */
function escapeText(text: string): string {
  return text.replace(/[\\`*_[\]<>]/g, '\\$&');
}
