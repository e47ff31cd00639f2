import { trimEnd } from '../../kernel/trim-text.ts';
import { type DateContext, type FoundDate, findDates } from '../dates.ts';

/** What stands before the title in a line, taken apart. */
export interface Prefix {
  readonly date: string | undefined;
  /** Those that stand before the title. */
  readonly tags: readonly string[];
  /** What is left; empty if all of it was date, number, marks and the like. */
  readonly rest: string;
}

/** Of a title that nothing stands before. */
export const noPrefix: Prefix = { date: undefined, tags: [], rest: '' };

/** Marks, numbers, issue numbers and short bracketed words that stand before titles. */
const prefixParts: readonly RegExp[] = [
  /^\[[ xX✓✔-]?\](?=\s|$)/u,
  /^[\s\p{P}\p{S}]*(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|[\u200d\ufe0f\u20e3])+/u,
  /^第\s*[\d〇零一二三四五六七八九十百千]+\s*[期篇章节回集讲课话季周天日部弹辑册卷]/u,
  /^[\u2460-\u24ff\u2776-\u2793]+/u,
  /^(?:issue|no\.?|q|vol\.?|volume|week|day|ep\.?|episode|chapter|part|lesson|lecture|#)\s*#?\d+\b/iu,
  /^[(（【]?[〇零一二三四五六七八九十百]{1,5}\s*[、.．)）】:：]/u,
  /^[#(（]?\d{1,5}(?:\.\d{1,3})*(?!\d)\s*[.、)）:：\]|-]?/u,
  /^[[【（(〔「][^\][【】()（）〔〕「」\n]{1,20}[\]】）)〕」]/u,
  /^(?:new|hot|top|置顶|推荐|最新|精选|原创|转载|翻译|译)(?=[\s:：!！|]|$)/iu,
  /^[\s\-–—|·•:：,，.。、>→»~*+★☆✓✔√&]+/u,
];

/** What stands before a title is short, in characters. */
const longestPrefix = 200;

/** Takes date, number, marks and the like from the text before a title. */
export function readPrefix(text: string, context: DateContext): Prefix {
  let rest = text.trim();
  if (rest === '' || rest.length > longestPrefix) return { ...noPrefix, rest };
  let date: string | undefined;
  const tags: string[] = [];
  while (rest !== '') {
    const found: { date: string; end: number } | undefined =
      date === undefined ? dateAtStart(rest, context) : undefined;
    if (found) {
      date = found.date;
      rest = rest.slice(found.end).trimStart();
      continue;
    }
    const before = rest.length;
    for (let tag = leadingTag.exec(rest); tag; tag = leadingTag.exec(rest)) {
      tags.push(tag[1] ?? '');
      rest = rest.slice(tag[0].length).trimStart();
    }
    for (const part of prefixParts) rest = rest.replace(part, '').trimStart();
    if (rest.length === before) break;
  }
  return { date, tags, rest };
}

/** `#go` before a title; `#12` is a number. */
const leadingTag = /^#([\p{L}_][\p{L}\p{N}_/.+-]{0,49})(?=\s|$)/u;

/** A title that is no link, without the date and the number before it: `12、`, `1)`, `3.`; a number alone is the title. */
export function readTitle(text: string, context: DateContext): Prefix {
  const whole = text.trim();
  const found = dateAtStart(whole, context);
  const title = (found ? whole.slice(found.end) : whole)
    .replace(/^[[(（]?\d{1,4}(?:[、)）\]]|[.:：](?!\d))\s*/u, '')
    .trim();
  if (title === '') return { ...noPrefix, rest: whole };
  return { date: found?.date, tags: [], rest: title };
}

function dateAtStart(text: string, context: DateContext): { date: string; end: number } | undefined {
  const found = findDates(text.slice(0, 60), context).find(({ start }) =>
    /^[\s([（【「`*]*(?:date|日期|时间)?[:：]?\s*$/i.test(text.slice(0, start)),
  );
  if (!found) return undefined;
  const closing =
    /^(?:\s*(?:周|星期)[一二三四五六日天])?[\s)\]）】」`*:：|·,，-]*/u.exec(text.slice(found.end))?.[0] ?? '';
  return { date: found.date, end: found.end + closing.length };
}

/** What stands behind the title in a line, taken apart. */
export interface Suffix {
  readonly date: string | undefined;
  readonly tags: readonly string[];
  /** The summary; empty where nothing readable is left. */
  readonly rest: string;
}

const noSuffix: Suffix = { date: undefined, tags: [], rest: '' };

const separators = /^(?:[\s\-–—|·•:：,，、;；>→»~*]|[.。](?!\w))+/u;

/** Takes a date at either end and tags at the end from the text behind a title; the separator goes. */
export function readSuffix(text: string, context: DateContext): Suffix {
  let rest = text.trim().replace(separators, '');
  if (rest === '') return noSuffix;
  const edge = dateAtEdge(rest, context) ?? dateOfItsOwn(rest, context);
  if (edge) {
    const left = trimEnd(rest.slice(0, edge.start), /[\s([（【「`*_\-–—|·@,，:：]/u);
    const right = rest.slice(edge.end).replace(/^[\s)\]）】」`*_|·:：,，\-–—.]*/u, '');
    rest = `${left}${'joint' in edge && left !== '' && right !== '' ? ` ${edge.joint}` : ''} ${right}`.trim();
  }
  const { tags, rest: untagged } = takeTags(rest);
  return { date: edge?.date, tags, rest: readable(untagged) };
}

/** How far from either end of a text a date is looked for, in characters. */
const edgeLength = 80;

/** A date that a text begins or ends with, marks and tags aside. */
function dateAtEdge(text: string, context: DateContext): FoundDate | undefined {
  if (!/\d/.test(text)) return undefined;
  const isShort = text.length <= edgeLength;
  const head = findDates(isShort ? text : text.slice(0, edgeLength), context);
  const first = head.find(({ start }) => /^[\s([（【「`*_\-–—|·@]*$/u.test(text.slice(0, start)));
  if (first) return first;
  const offset = isShort ? 0 : text.length - edgeLength;
  const tail = isShort ? head : findDates(text.slice(offset), context);
  const last = tail.find(({ end }) => /^[\s)\]）】」`*_.。|-]*(?:#\S+\s*)*$/u.test(text.slice(offset + end)));
  return last && { ...last, start: last.start + offset, end: last.end + offset };
}

/** A date that stands between two separators of the same kind: `a summary - 2023-04-05 - an author`. */
function dateOfItsOwn(text: string, context: DateContext): (FoundDate & { readonly joint: string }) | undefined {
  if (text.length > longestPrefix || !/\d/.test(text)) return undefined;
  for (const found of findDates(text, context)) {
    const joint = /\s([-–—|·•/])\s*$/u.exec(text.slice(0, found.start))?.[1];
    if (joint !== undefined && text.slice(found.end).trimStart().startsWith(joint)) return { ...found, joint };
  }
  return undefined;
}

/**
 * Takes from the body of a post what is no summary: a first or last line that is but a date, a date that opens the
 * first line before a mark, and a last line of tags.
 */
export function readBody(text: string, context: DateContext): Suffix {
  const lines = text.split('\n');
  const dated = [0, lines.length - 1].find((at) => isDateLine(lines[at] ?? '', context));
  const opening = dated === undefined ? openingDate(lines[0] ?? '', context) : undefined;
  const date = opening?.date ?? (dated === undefined ? undefined : findDates(lines[dated] ?? '', context)[0]?.date);
  if (opening) lines[0] = opening.rest;
  const kept = lines.filter((_, at) => at !== dated);
  const last = tagLine(kept.at(-1) ?? '') ?? takeTags(kept.at(-1) ?? '');
  if (last.tags.length > 0) kept[kept.length - 1] = last.rest;
  return { date, tags: last.tags, rest: kept.join('\n').trim() };
}

/** `2021-03-04 · The words of the summary`. */
function openingDate(line: string, context: DateContext): { date: string; rest: string } | undefined {
  if (!/\d/.test(line.slice(0, 20))) return undefined;
  const found = findDates(line.slice(0, edgeLength), context).find(({ start }) =>
    /^[\s([（【]*$/u.test(line.slice(0, start)),
  );
  const joint = found && /^[\s)\]）】]*[-–—|·•]\s/u.exec(line.slice(found.end))?.[0];
  return found && joint !== undefined
    ? { date: found.date, rest: line.slice(found.end + joint.length).trimStart() }
    : undefined;
}

/** `标签：#go #db`, `Tags: go, db`. */
function tagLine(line: string): { tags: string[]; rest: string } | undefined {
  const [, list] = /^(?:标签|关键词|关键字|tags?|keywords?|topics)\s*[:：]\s*(.{1,200})$/iu.exec(line.trim()) ?? [];
  if (list === undefined) return undefined;
  const parts = list.split(/[,，、;；|]|\s+(?=#)/u).map((tag) => tag.trim().replace(/^#/, ''));
  return { tags: parts.filter((tag) => tag !== ''), rest: '' };
}

/** `2021-03-04`, `日期：2021-03-04`, `Published on March 4, 2021`. */
function isDateLine(line: string, context: DateContext): boolean {
  const [found] = line.length > 60 || !/\d/.test(line) ? [] : findDates(line, context);
  if (!found) return false;
  const words = `${line.slice(0, found.start)} ${line.slice(found.end)}`.replace(
    /date|published|posted|updated|on|at|日期|时间|发布|发表|更新|于/giu,
    '',
  );
  return !/[\p{L}\p{N}]/u.test(words);
}

const tag = /#([\p{L}\p{N}_][\p{L}\p{N}_/.+-]{0,49})/gu;

/** Takes `#tags` from the end of a text, or a whole text of them. `#12` is an issue, not a tag. */
export function takeTags(text: string): { tags: string[]; rest: string } {
  if (!text.includes('#')) return { tags: [], rest: text };
  const pieces = text.split(/(\s+)/);
  const tags: string[] = [];
  let kept = pieces.length;
  for (let at = pieces.length - 1; at >= 0 && tags.length < mostTags; at -= 1) {
    const piece = pieces[at] ?? '';
    if (piece.trim() === '') continue;
    const found = /^(?:#[\p{L}\p{N}_][\p{L}\p{N}_/.+-]*[,，、;；]?)+$/u.test(piece)
      ? [...piece.matchAll(tag)].map((match) => match[1] ?? '')
      : [];
    if (found.length === 0 || found.some((one) => /^\d+$/.test(one))) break;
    tags.push(...found.reverse().slice(0, mostTags));
    kept = at;
  }
  return { tags: tags.reverse(), rest: pieces.slice(0, kept).join('').trim() };
}

/** More tags than this are no tags. */
const mostTags = 50;

const closing: Readonly<Record<string, string>> = {
  '《': '》',
  '〈': '〉',
  '「': '」',
  '『': '』',
  '“': '”',
  '‘': '’',
  '"': '"',
  '(': ')',
  '（': '）',
  '[': ']',
  '【': '】',
};

/** The text without the bracket that closes `open` at its beginning; undefined if there is none. */
export function unwrap(open: string, text: string): string | undefined {
  const close = closing[open];
  const start = text.trimStart();
  return close !== undefined && start.startsWith(close) ? start.slice(close.length) : undefined;
}

/** A text of punctuation only says nothing. Brackets around the whole of it go. */
function readable(text: string): string {
  if (!/[\p{L}\p{N}]/u.test(text)) return '';
  const inner = /^[(（]([^()（）]*)[)）][.。]?$/u.exec(text)?.[1];
  return (inner ?? text).trim();
}
