import { trimEnd } from '../../kernel/trim-text.ts';
import type { PostLink } from '../../posts/post.ts';
import { dateContextOf } from '../dates.ts';
import type { Block, Item, Span } from './blocks.ts';
import { isPointer, labelKind } from './labels.ts';
import { type LineContext, type LineEntry, readLine } from './line-entry.ts';
import { readBody, readTitle } from './line-parts.ts';
import { readTableEntries } from './table-entries.ts';
import { blocksText, linesOf, linksOf, oneLine, pictureOf, spansOf, spansText } from './text.ts';

/** A post with the picture of its body. */
export interface IllustratedEntry extends LineEntry {
  readonly image: string | undefined;
}

/** A post that a block names, with the category levels that the block itself adds. */
export interface BlockEntry extends IllustratedEntry {
  readonly path: readonly string[];
  readonly line: number;
  readonly form: 'heading' | 'item' | 'row' | 'paragraph';
}

type List = Extract<Block, { kind: 'list' }>;

/** Finds the posts of a list. Items with lists below them are categories: by their words, or by their own post. */
export function readListEntries(list: List, context: LineContext, path: readonly string[] = []): BlockEntry[] {
  return list.items.flatMap((item) => readItem(item, context, path));
}

function readItem(item: Item, context: LineContext, path: readonly string[]): BlockEntry[] {
  const [lead, ...below] = item.blocks;
  const first = linesOf(lead?.kind === 'paragraph' || lead?.kind === 'heading' ? lead.spans : []);
  if (!lead || first.length === 0) return item.blocks.flatMap((block) => readNested(block, context, path));
  const [line = [], ...further] = first;
  const named = readLine(line, context);
  // `[more](…)` or `[链接](…)` alone names nothing.
  const own = named && isPointer(named.title) ? undefined : named;
  const pointed = own ? undefined : titleAbove(line, further[0], context);
  const entry = own ?? pointed;
  if (pointed) further.shift();
  if (entry && below.length === 0 && further.length === 0) return [placed(entry, undefined, path, item.line, 'item')];
  const lists = below.filter((block): block is List => block.kind === 'list');
  if (entry) {
    const resources = lists.filter((list) => isResourceList(list, context));
    const inner = below
      .filter((block) => !resources.some((list) => list === block))
      .map((block) => ({ block, found: readNested(block, context, [...path, entry.title]) }));
    const text = inner.filter(({ found }) => found.length === 0).map(({ block }) => block);
    const post = withBody(
      entry,
      further,
      text,
      resources.flatMap((list) => linksOf(spansOf([list]), context.base)),
      context,
    );
    return [placed(post, post.image, path, item.line, 'item'), ...inner.flatMap(({ found }) => found)];
  }
  const name = trimEnd(oneLine(spansText(line)), /[\s:：]/u);
  if (lists.length > 0 && lists.every((list) => isResourceList(list, context))) {
    const post = titledByText(name, lists, context);
    if (post) return [placed(post, undefined, path, item.line, 'item')];
  }
  const inner = { ...context, ...dateContextOf(name, context) };
  return below.flatMap((block) => readNested(block, inner, name === '' || name.length > 120 ? path : [...path, name]));
}

/**
 * Written out field by field: there are tens of thousands, and copies by spread, which differ in shape, took as long
 * as finding the dates.
 */
export function placed(
  { title, href, date, tags, summary, links, isLabel }: LineEntry,
  image: string | undefined,
  path: readonly string[],
  line: number,
  form: BlockEntry['form'],
): BlockEntry {
  return { title, href, date, tags, summary, links, isLabel, image, path, line, form };
}

function readNested(block: Block, context: LineContext, path: readonly string[]): BlockEntry[] {
  if (block.kind === 'list') return readListEntries(block, context, path);
  if (block.kind === 'table')
    return readTableEntries(block, context).map(({ entry, line }) => placed(entry, undefined, path, line, 'row'));
  return [];
}

/** A title, and on the line below nothing but its address or a labelled link. */
function titleAbove(
  line: readonly Span[],
  below: readonly Span[] | undefined,
  context: LineContext,
): LineEntry | undefined {
  if (!below || linksOf(line, context.base).length > 0) return undefined;
  const link = readLine(below, context);
  if (link?.summary !== '' || !(link.isLabel || /^(?:https?:\/\/|www\.)/i.test(link.title))) return undefined;
  const { date = link.date, rest } = readTitle(oneLine(spansText(line)), context);
  const title = trimEnd(rest, /[\s:：]/u);
  if (title === '' || title.length > 200) return undefined;
  return { ...link, title, date, isLabel: false };
}

/** Whether every item is a labelled link: such a list belongs to the post above it. */
export function isResourceList(list: List, context: LineContext): boolean {
  return list.items.every(({ blocks }) => {
    const [lead] = blocks;
    if (blocks.length !== 1 || lead?.kind !== 'paragraph') return false;
    const links = lead.spans.filter((span) => span.kind === 'link');
    if (links.length === 0) return false;
    const words = trimEnd(spansText(lead.spans.filter((span) => span.kind !== 'link')), /[\s:：|·,，、-]/u);
    if (words !== '' && /[\p{L}\p{N}]/u.test(words)) return labelKind(words) !== 'none';
    const [own] = [readLine(lead.spans, context)];
    return own?.isLabel;
  });
}

function titledByText(name: string, lists: readonly List[], context: LineContext): LineEntry | undefined {
  const links = linksOf(spansOf(lists), context.base);
  const [first, ...others] = [...links].sort(
    (one, other) => Number(labelKind(other.title) === 'article') - Number(labelKind(one.title) === 'article'),
  );
  if (!first || name === '') return undefined;
  return { title: name, href: first.url, date: undefined, tags: [], summary: '', links: others, isLabel: false };
}

/** Adds to a post what stands below its line: further lines, paragraphs and quotes are summary, their links links. */
export function withBody(
  entry: LineEntry,
  lines: readonly (readonly Span[])[],
  blocks: readonly Block[],
  links: readonly PostLink[],
  context: LineContext,
): IllustratedEntry {
  const lineText = lines.map(spansText).filter((text) => text !== '');
  const { tags, rest, date } = readBody(
    [...lineText, blocksText(blocks)].filter((text) => text !== '').join('\n'),
    context,
  );
  const spans = [...lines.flat(), ...spansOf(blocks)];
  const image = pictureOf(spans, context.base);
  return {
    ...entry,
    date: entry.date ?? date,
    image,
    tags: [...new Set([...entry.tags, ...tags])],
    summary: [entry.summary, rest].filter((text) => text !== '').join('\n'),
    links: [...entry.links, ...linksOf(spans, context.base), ...links],
  };
}
