import { trimEnd } from '../../kernel/trim-text.ts';
import type { Entry, Extract, Finding } from '../entry.ts';
import { resolveLink } from '../resolve-link.ts';
import { dropAsides, type SectionEntry } from './asides.ts';
import type { Block } from './blocks.ts';
import { createCategoryPath } from './category-path.ts';
import { namesPost, readHeadingEntry } from './heading-entries.ts';
import type { LineContext } from './line-entry.ts';
import { type BlockEntry, placed, readListEntries } from './list-entries.ts';
import { readBlocks } from './markdown-blocks.ts';
import { createMarkdownParser } from './markdown-parser.ts';
import { headingsWithoutLink, itemsWithoutLink } from './missing-links.ts';
import { readParagraphEntries } from './paragraph-entries.ts';
import { boldText, isMetaSection, type Section, type SectionFilter, sectionsOf } from './sections.ts';
import { readTableEntries } from './table-entries.ts';
import { oneLine, spansText } from './text.ts';

export interface MarkdownOptions {
  /** The document's own address, for relative links. */
  readonly base: string | undefined;
  readonly sections: SectionFilter;
  /** The line of the file on which the text begins, from 1. */
  readonly firstLine: number;
}

/** Finds the posts of a Markdown list, whatever the habit of its author. */
export function readMarkdown(text: string, { base, sections: filter, firstLine }: MarkdownOptions): Extract {
  const sections = sectionsOf(readBlocks(createMarkdownParser(), text, firstLine));
  const path = createCategoryPath(filter);
  const topHeadings = sections.filter(
    ({ heading }) => heading?.level === 1 && !isMetaSection(spansText(heading.spans), filter),
  ).length;
  const found: SectionEntry[] = [];
  const unlinked: Finding[] = [];
  const posts = new Set<number>();
  const holdPosts = new Set<number>();

  for (const [at, section] of sections.entries()) {
    const { heading } = section;
    const title = heading ? oneLine(spansText(heading.spans)) : '';
    const isName = heading?.level === 1 && topHeadings <= 1;
    const isMeta = isMetaSection(title, filter) && title.length <= longestMeta(title);
    const post = heading && !isName ? headingPost(sections, at, { base, ...path.dates() }, isMeta) : undefined;
    if (heading) path.enterHeading(heading.level, title, isName || post !== undefined);
    if (path.isMeta()) holdPosts.add(at);
    if (heading && post && !path.isMeta()) {
      posts.add(at);
      const names = path.names();
      const entry = placed(post, post.image, [], heading.line, 'heading');
      found.push({ entry, path: names, section: names.join('\n') });
    }
    for (const block of post ? behindPost(section.blocks) : section.blocks) {
      if (followPath(block)) continue;
      if (path.isMeta()) continue;
      const entries = blockEntries(block, { base, ...path.dates() });
      if (entries.length === 0) continue;
      holdPosts.add(at);
      for (const finding of itemsWithoutLink(block, entries)) unlinked.push(finding);
      // One list of names serves all entries of a block: there may be tens of thousands.
      const names = path.names();
      const group = names.join('\n');
      for (const entry of entries) {
        found.push({ entry, path: entry.path.length === 0 ? names : [...names, ...entry.path], section: group });
      }
    }
  }
  const { entries, findings } = finish(dropAsides(found), base);
  return { entries, findings: [...findings, ...unlinked, ...headingsWithoutLink(sections, posts, holdPosts)] };

  function followPath(block: Block): boolean {
    if (block.kind === 'details-open') path.enterDetails();
    else if (block.kind === 'details-close') path.leaveDetails();
    else if (block.kind === 'details-name') path.nameDetails(oneLine(spansText(block.spans)));
    else {
      const bold = boldText(block);
      if (bold === undefined || bold.length > 40 || /[。！!；;]$/u.test(bold)) return false;
      path.enterBold(trimEnd(bold, /[\s:：]/u));
    }
    return true;
  }
}

/** `关于我` is about the list, `关于微服务的一点思考` above a link to it is a post. */
function longestMeta(title: string): number {
  return /\p{Script=Han}/u.test(title) ? 8 : 40;
}

/** The post of a heading, unless posts follow in lists, tables or headings below it: then it is a category. */
function headingPost(
  sections: readonly Section[],
  at: number,
  context: LineContext,
  isMeta: boolean,
): ReturnType<typeof readHeadingEntry> {
  const section = sections[at];
  const level = section?.heading?.level;
  if (!section || level === undefined || !namesPost(section, context)) return undefined;
  if (listsPosts(section, context.base)) return undefined;
  for (let below = at + 1; below < sections.length; below += 1) {
    const inner = sections[below];
    if (!inner?.heading || inner.heading.level <= level) break;
    if (namesPost(inner, context) || listsPosts(inner, context.base)) return undefined;
  }
  return readHeadingEntry(section, context, isMeta);
}

function listsPosts({ blocks }: Section, base: string | undefined): boolean {
  const rule = blocks.findIndex(({ kind }) => kind === 'rule' || kind === 'details-close');
  return blocks
    .slice(0, rule < 0 ? blocks.length : rule)
    .some(
      (block) =>
        (block.kind === 'list' || block.kind === 'table') &&
        blockEntries(block, { base }).some(({ isLabel }) => !isLabel),
    );
}

/** What stands behind the rule or the end of the details that a post ends at. */
function behindPost(blocks: readonly Block[]): readonly Block[] {
  const end = blocks.findIndex(({ kind }) => kind === 'rule' || kind === 'details-close');
  return end < 0 ? [] : blocks.slice(end);
}

function blockEntries(block: Block, context: LineContext): BlockEntry[] {
  if (block.kind === 'list') return readListEntries(block, context);
  if (block.kind === 'table')
    return readTableEntries(block, context).map(({ entry, line }) => placed(entry, undefined, [], line, 'row'));
  if (block.kind === 'paragraph')
    return readParagraphEntries(block, context).map((entry) => placed(entry, undefined, [], entry.line, 'paragraph'));
  if (block.kind === 'quote')
    return block.blocks
      .filter(({ kind }) => kind === 'list' || kind === 'table')
      .flatMap((inner) => blockEntries(inner, context));
  return [];
}

function finish(found: readonly SectionEntry[], base: string | undefined): Extract {
  const entries: Entry[] = [];
  const findings: Finding[] = [];
  for (const { entry, path } of found) {
    const { title, href, line, summary, links, date, tags, image } = entry;
    const target = resolveLink(href, base);
    if (title === '') {
      findings.push({
        line,
        code: 'empty-title',
        severity: 'error',
        message: `the link to ${href} has no text; write the title between its brackets`,
      });
    } else if (target.kind === 'relative') {
      findings.push({
        line,
        code: 'relative-link',
        severity: 'error',
        message: `"${title}" links to ${href}, which is relative; set CATALOG_BASE_URL or write the whole address`,
      });
    } else if (target.kind === 'address') {
      const found = { title, url: target.url, category: path, summary, links: distinct(links, target.url), tags, line };
      entries.push(date === undefined && image === undefined ? found : withoutMissing(found, date, image));
    }
  }
  return { entries, findings };
}

function withoutMissing(entry: Entry, date: string | undefined, image: string | undefined): Entry {
  return { ...entry, ...(date === undefined ? {} : { date }), ...(image === undefined ? {} : { image }) };
}

function distinct(links: Entry['links'], own: string): Entry['links'] {
  if (links.length === 0) return links;
  const seen = new Set([own]);
  return links.filter(({ url }) => !seen.has(url) && seen.add(url));
}
