import type { Block } from './blocks.ts';
import { type LineContext, type LineEntry, readLine } from './line-entry.ts';
import { linesOf } from './text.ts';

/**
 * Finds the posts of a paragraph whose every line is one link, with a date or a number at most. Where a line says
 * more it is prose, and its links are no posts.
 */
export function readParagraphEntries(
  block: Extract<Block, { kind: 'paragraph' }>,
  context: LineContext,
): (LineEntry & { line: number })[] {
  if (block.decorative) return [];
  const entries: (LineEntry & { line: number })[] = [];
  for (const [at, line] of linesOf(block.spans.filter((span) => span.kind !== 'image')).entries()) {
    const entry = readLine(line, context);
    if (!entry || entry.isLabel || entry.summary !== '' || entry.links.length > 0) return [];
    entries.push({ ...entry, line: block.line + at });
  }
  return entries;
}
