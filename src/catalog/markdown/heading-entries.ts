import { linkBareUrls } from './bare-urls.ts';
import type { Block, Item, LinkSpan, Span } from './blocks.ts';
import { labelKind, labelRank } from './labels.ts';
import { type LineContext, type LineEntry, readLine } from './line-entry.ts';
import { readBody, readTitle, takeTags } from './line-parts.ts';
import { type IllustratedEntry, isResourceList, withBody } from './list-entries.ts';
import { boldText, type Section } from './sections.ts';
import { linksOf, oneLine, spansOf, spansText } from './text.ts';

/**
 * The post that a heading with its section is, if the heading is a link, or if its section begins (or ends) with
 * nothing but a labelled link such as `原文`.
 *
 * @param isMeta the words of the heading are those of a section about the list: then only a link makes it a post
 */
export function readHeadingEntry(section: Section, context: LineContext, isMeta = false): IllustratedEntry | undefined {
  if (!section.heading) return undefined;
  const body = bodyOf(section.blocks);
  const own = readLine(section.heading.spans, context);
  if (own && !(own.isLabel && labelKind(own.title) === 'article')) {
    const { label, rest } = takeLabels(body, context);
    return withBody({ ...own, links: [...own.links, ...label] }, [], rest, [], context);
  }
  if (isMeta) return undefined;
  const { label, rest } = takeLabels(body, context);
  const [first, ...others] = [...label].sort((one, other) => labelRank(one.title) - labelRank(other.title));
  const { date, rest: title } = readTitle(oneLine(spansText(section.heading.spans)), context);
  if (!first || title === '') return undefined;
  const entry: LineEntry = {
    title,
    href: first.url,
    date,
    tags: [],
    summary: '',
    links: others,
    isLabel: false,
  };
  return withBody(entry, [], rest, [], context);
}

/** Whether the heading would be a post: cheaper than reading it. */
export function namesPost({ heading, blocks }: Section, context: LineContext): boolean {
  if (!heading) return false;
  const own = readLine(heading.spans, context);
  if (own && !(own.isLabel && labelKind(own.title) === 'article')) return true;
  return takeLabels(bodyOf(blocks), context).label.length > 0;
}

/** The blocks of a post: up to a rule, or to a bold closing line with nothing but pictures behind it. */
function bodyOf(blocks: readonly Block[]): readonly Block[] {
  const rule = blocks.findIndex((block) => block.kind === 'rule' || block.kind === 'details-close');
  const body = rule < 0 ? blocks : blocks.slice(0, rule);
  let end = body.length;
  while (end > 0 && !saysSomething(body[end - 1])) end -= 1;
  const last = body[end - 1];
  return end > 0 && last && boldText(last) !== undefined ? body.slice(0, end - 1) : body;
}

/** Whether a block holds a word; a list of thousands is settled by its first item. */
function saysSomething(block: Block | undefined): boolean {
  switch (block?.kind) {
    case 'paragraph':
    case 'heading':
      return hasText(block.spans);
    case 'quote':
      return block.blocks.some(saysSomething);
    case 'list':
      return block.items.some(({ blocks }) => blocks.some(saysSomething));
    case 'table':
      return block.rows.some(({ cells }) => cells.some(hasText));
    default:
      return false;
  }
}

function hasText(spans: readonly Span[]): boolean {
  return spans.some((span) => (span.kind === 'text' || span.kind === 'link') && span.text.trim() !== '');
}

/** Takes the paragraphs, at the beginning and at the end, that hold nothing but labelled links. */
function takeLabels(
  body: readonly Block[],
  context: LineContext,
): { label: { title: string; url: string }[]; rest: readonly Block[] } {
  const first = body.findIndex((block) => saysSomething(block) && !saysDate(block, context));
  const last = body.findLastIndex(saysSomething);
  const taken = new Map<number, { links: { title: string; url: string }[]; rest: readonly Block[] }>();
  for (const at of new Set([first, last])) {
    const block = body[at];
    const links = block === undefined ? [] : labelLinks(block, context);
    if (links.length > 0) taken.set(at, { links, rest: [] });
    else if (block?.kind === 'list' && at === first) {
      const parted = partLabels(block, context);
      if (parted) taken.set(at, parted);
    }
  }
  return {
    label: [...taken.values()].flatMap(({ links }) => links),
    rest: body.flatMap((block, at) => taken.get(at)?.rest ?? [block]),
  };
}

/** `> 发布于 2020-01-03` above the label is not what the post begins with. */
function saysDate(block: Block, context: LineContext): boolean {
  if (block.kind !== 'paragraph' && block.kind !== 'quote') return false;
  const text = spansText(spansOf([block]));
  const { date, rest } = text.length > 60 ? { date: undefined, rest: text } : readBody(text, context);
  return date !== undefined && rest === '';
}

/** `- 链接：https://…` among items of words: a list of what there is to say of the post, its address among it. */
function partLabels(
  list: Extract<Block, { kind: 'list' }>,
  context: LineContext,
): { links: { title: string; url: string }[]; rest: readonly Block[] } | undefined {
  const links: { title: string; url: string }[] = [];
  const left: Item[] = [];
  for (const item of list.items) {
    const [lead] = item.blocks;
    const found = item.blocks.length === 1 && lead ? labelLinks(lead, context) : [];
    for (const link of found) links.push(link);
    if (found.length > 0) continue;
    // Another link may be a post: then this is a list of posts.
    if (linkBareUrls(spansOf(item.blocks)).some(({ kind }) => kind === 'link')) return undefined;
    left.push(item);
  }
  return links.length === 0 ? undefined : { links, rest: left.length > 0 ? [{ kind: 'list', items: left }] : [] };
}

function labelLinks(block: Block, context: LineContext): { title: string; url: string }[] {
  if (block.kind === 'list') return isResourceList(block, context) ? linksOf(spansOf([block]), context.base) : [];
  if (block.kind !== 'paragraph') return [];
  const spans = linkBareUrls(block.spans);
  const links = spans.filter((span): span is LinkSpan => span.kind === 'link');
  if (links.length === 0) return [];
  const words = bareWords(spans);
  const isLabelled = links.every((link) => labelKind(link.text) !== 'none');
  const isNamedUrl =
    links.length === 1 && (words === '' || labelKind(words) !== 'none') && /^https?:\/\//i.test(links[0]?.text ?? '');
  if (!isNamedUrl && !(isLabelled && (words === '' || labelKind(words) !== 'none'))) return [];
  return linksOf(links, context.base);
}

/** The words of a line beside its links, without what joins them. */
function bareWords(spans: readonly Span[]): string {
  const text = spansText(spans.filter((span) => span.kind === 'text'));
  return takeTags(text).rest.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}
