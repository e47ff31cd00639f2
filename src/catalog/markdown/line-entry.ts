import { trimEnd } from '../../kernel/trim-text.ts';
import type { PostLink } from '../../posts/post.ts';
import type { DateContext } from '../dates.ts';
import { leadsNowhere } from '../resolve-link.ts';
import { hasBareUrl, linkBareUrls } from './bare-urls.ts';
import type { LinkSpan, Span } from './blocks.ts';
import { isNavigation, labelKind, labelRank } from './labels.ts';
import { noPrefix, type Prefix, readPrefix, readSuffix, readTitle, unwrap } from './line-parts.ts';
import { linksOf, oneLine, spansText } from './text.ts';

/** A post as one line names it. */
export interface LineEntry {
  readonly title: string;
  /** As it is written; `resolveLink` says where it leads. */
  readonly href: string;
  readonly date: string | undefined;
  readonly tags: readonly string[];
  /** What follows the title, without date and tags. */
  readonly summary: string;
  /** The other links of the line. */
  readonly links: readonly PostLink[];
  /** The title is but a label such as `slides`: below another post it is a link of that post. */
  readonly isLabel: boolean;
}

export interface LineContext extends DateContext {
  readonly base: string | undefined;
}

/**
 * Finds the post that a line names, if it names one: a link at the beginning, after nothing but a date, a number,
 * marks and the like; a name with a bare url; or a title whose links are mere labels, `**Title** [[pdf]](…)`.
 */
export function readLine(line: readonly Span[], context: LineContext): LineEntry | undefined {
  if (!line.some((span) => span.kind === 'link' || hasBareUrl(span))) return undefined;
  const spans = linkBareUrls(deadLinksAsText(line, context.base));
  const at = spans.findIndex((span) => span.kind === 'link');
  const link = spans[at];
  if (link?.kind !== 'link') return undefined;
  const before: Prefix = at === 0 ? noPrefix : readPrefix(textBefore(spans.slice(0, at)), context);
  const { prefix, rest } = withoutWrap(before, spans.slice(at + 1));
  if (prefix.rest === '') {
    if (isNavigation(link.text) && (labelKind(link.text) === 'none' || isNavigation(spansText(rest)))) return undefined;
    if (labelKind(link.text) !== 'none') return labelFirst(link, rest, prefix, context);
    const bracketed = isUrlText(link) ? bracketedName(spans.slice(0, at)) : '';
    if (bracketed !== '') return compose(bracketed, link.href, rest, prefix, context);
    if (!(isUrlText(link) && rest.some(hasWords))) return compose(link.text, link.href, rest, prefix, context, false);
  }
  if (isUrlText(link)) return namedUrl(spans, at, context);
  return labelledTitle(spans, at, context);
}

/** Links that lead nowhere are but text. */
function deadLinksAsText(line: readonly Span[], base: string | undefined): readonly Span[] {
  const isDead = (span: Span): span is LinkSpan => span.kind === 'link' && leadsNowhere(span.href, base);
  if (!line.some(isDead)) return line;
  return line.map((span) =>
    isDead(span) ? { kind: 'text', text: span.text, strong: span.strong, code: false } : span,
  );
}

/** `[Name] https://…`: before a bare url the words in brackets are its name, not a mark. */
function bracketedName(before: readonly Span[]): string {
  return (
    /[[【「《]([^\][【】「」《》]*\p{L}[^\][【】「」《》]*)[\]】」》]\s*[:：]?\s*$/u
      .exec(spansText(before))?.[1]
      ?.trim() ?? ''
  );
}

/** `《[Title](…)》`: the brackets around a link belong to neither side of it. */
function withoutWrap(prefix: Prefix, rest: readonly Span[]): { prefix: Prefix; rest: readonly Span[] } {
  const [next, ...others] = rest;
  if (prefix.rest.length !== 1 || next?.kind !== 'text') return { prefix, rest };
  const text = unwrap(prefix.rest, next.text);
  return text === undefined
    ? { prefix, rest }
    : { prefix: { ...prefix, rest: '' }, rest: [{ ...next, text }, ...others] };
}

/** A code span before the title is a mark, such as a version. */
function textBefore(spans: readonly Span[]): string {
  const first = spans.find((span) => span.kind === 'text' && span.text.trim() !== '');
  const lead =
    first?.kind === 'text' && first.code && !/\d{4}\D?\d{1,2}\D?\d{1,2}/.test(first.text) ? first : undefined;
  return spansText(spans.filter((span) => span !== lead));
}

function compose(
  title: string,
  href: string,
  rest: readonly Span[],
  { date, tags }: Prefix,
  context: LineContext,
  isLabel = labelKind(title) !== 'none',
): LineEntry {
  const suffix = readSuffix(spansText(withoutLabels(rest)), context);
  return {
    title: cleanTitle(title),
    href,
    date: date ?? suffix.date,
    tags: tags.length > 0 ? [...new Set([...tags, ...suffix.tags])] : suffix.tags,
    summary: suffix.rest,
    links: linksOf(rest, context.base),
    isLabel,
  };
}

/** `[pdf](…) Title of the paper`: the words behind are the title; without any, the label has to be. */
function labelFirst(link: LinkSpan, rest: readonly Span[], prefix: Prefix, context: LineContext): LineEntry {
  const text = readSuffix(spansText(withoutLabels(rest)), context);
  if (text.rest === '' || text.rest.length > 200) return compose(link.text, link.href, rest, prefix, context);
  return {
    title: cleanTitle(text.rest),
    href: link.href,
    date: prefix.date ?? text.date,
    tags: text.tags,
    summary: '',
    links: linksOf(rest, context.base),
    isLabel: false,
  };
}

/** `Name https://…` and `Name: [https://…](https://…)`, where the line ends with the url or goes on behind a mark. */
function namedUrl(spans: readonly Span[], at: number, context: LineContext): LineEntry | undefined {
  const link = spans[at];
  if (link?.kind !== 'link') return undefined;
  const rest = spans.slice(at + 1);
  const { date, rest: before } = readTitle(spansText(spans.slice(0, at)), context);
  const name = trimEnd(before, /[\s\-–—|·•:：,，、>→([（【]/u);
  if (name === '')
    return readSuffix(spansText(rest), context).rest.length > 0
      ? labelFirst(link, rest, { ...noPrefix, date }, context)
      : undefined;
  if (name.length > 80 || /[。！？；]|[.!?;]\s/u.test(name) || labelKind(name) === 'article') return undefined;
  if (
    rest.some((span) => span.kind === 'link') ||
    !/^(?:$|[\s]*[[(（【)）\]】\-–—:：|,，、;；.。])/u.test(spansText(rest))
  )
    return undefined;
  const [closed, ...others] = rest;
  const behind =
    closed?.kind === 'text' ? [{ ...closed, text: closed.text.replace(/^\s*[)）\]】]+/u, '') }, ...others] : rest;
  return compose(name, link.href, behind, { ...noPrefix, date }, context);
}

/** Words that do not begin with a link, followed by nothing but labels: the words are the title. */
function labelledTitle(spans: readonly Span[], at: number, context: LineContext): LineEntry | undefined {
  const links = spans.filter((span): span is LinkSpan => span.kind === 'link');
  if (!links.every((link) => labelKind(link.text) !== 'none')) return undefined;
  const before = spans.slice(0, at);
  const bold = leadingBold(before);
  const ends = !spans.slice(at).some((span) => span.kind === 'text' && /[\p{L}\p{N}]{4}/u.test(span.text));
  if (bold === '' && !(ends && (bracketed(spans, at) || setApart(spans, at)))) return undefined;
  const { date, rest: name } = readPrefix(
    bold === '' ? trimEnd(spansText(before), /[\s[(（:：.。,，\-–—]/u) : bold,
    context,
  );
  if (name === '' || name.length > 200 || isNavigation(name)) return undefined;
  const [best] = [...links].sort((one, other) => labelRank(one.text) - labelRank(other.text));
  if (!best) return undefined;
  const behind = bold === '' ? [] : afterBold(spans);
  const suffix = readSuffix(trimEnd(spansText(withoutLabels(behind)), /[\s[(（]/u), context);
  return {
    title: cleanTitle(name),
    href: best.href,
    date: date ?? suffix.date,
    tags: suffix.tags,
    summary: suffix.rest,
    links: linksOf(
      links.filter((link) => link !== best),
      context.base,
    ),
    isLabel: false,
  };
}

/** The bold text that a line begins with, after marks and numbers. */
function leadingBold(spans: readonly Span[]): string {
  const parts: string[] = [];
  for (const span of spans) {
    if (span.kind !== 'text') continue;
    if (span.strong) parts.push(span.text);
    else if (parts.length > 0) break;
    else if (/[\p{L}]/u.test(readPrefix(span.text, {}).rest)) return '';
  }
  return oneLine(parts.join(''));
}

function afterBold(spans: readonly Span[]): Span[] {
  const first = spans.findIndex((span) => span.kind === 'text' && span.strong);
  const length = spans.slice(first).findIndex((span) => span.kind !== 'text' || !span.strong);
  return length < 0 ? [] : spans.slice(first + length);
}

/** `[[pdf]](…)` or `([pdf](…))`: a label in brackets, which prose does not have. */
function bracketed(spans: readonly Span[], at: number): boolean {
  const link = spans[at];
  const before = spans[at - 1];
  return (
    (link?.kind === 'link' && /^[[(（【]/u.test(link.text)) ||
    (before?.kind === 'text' && /[[(（【|]$/u.test(before.text.trimEnd()))
  );
}

/** `Title, A. Author, 2019. [pdf](…)` and `标题：[原文](…)`: words that end before the label, as a sentence does not. */
function setApart(spans: readonly Span[], at: number): boolean {
  const before = spans[at - 1];
  return before?.kind === 'text' && /[.。:：|–—-]$/u.test(before.text.trimEnd());
}

/** Links whose text is a mere label say nothing in a summary. */
function withoutLabels(spans: readonly Span[]): readonly Span[] {
  if (!spans.some((span) => span.kind === 'link')) return spans;
  return spans.filter((span) => span.kind !== 'link' || (labelKind(span.text) === 'none' && !isUrlText(span)));
}

function hasWords(span: Span): boolean {
  return span.kind === 'text' && /\p{L}/u.test(span.text);
}

function isUrlText(link: LinkSpan): boolean {
  return /^(?:https?:\/\/|www\.)\S+$/i.test(link.text);
}

function cleanTitle(title: string): string {
  return oneLine(title);
}
