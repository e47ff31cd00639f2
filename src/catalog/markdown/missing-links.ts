import type { Finding } from '../entry.ts';
import type { Block } from './blocks.ts';
import type { BlockEntry } from './list-entries.ts';
import type { Section } from './sections.ts';
import { oneLine, spansText } from './text.ts';

/** The items of a list that name no post although most of their neighbours do. */
export function itemsWithoutLink(block: Block, entries: readonly BlockEntry[]): Finding[] {
  if (block.kind !== 'list' || entries.length * 2 < block.items.length) return [];
  const lines = new Set(entries.map(({ line }) => line));
  return block.items.flatMap(({ blocks, line }) => {
    const [lead] = blocks;
    if (lines.has(line) || lead?.kind !== 'paragraph' || blocks.some(({ kind }) => kind === 'list')) return [];
    const text = oneLine(spansText(lead.spans));
    return /[\p{L}\p{N}]/u.test(text) ? [noLink(text, line)] : [];
  });
}

/** The headings that name no post although most headings of their depth below the same heading do. */
export function headingsWithoutLink(
  sections: readonly Section[],
  posts: ReadonlySet<number>,
  holdPosts: ReadonlySet<number>,
): Finding[] {
  const findings: Finding[] = [];
  const groups = new Map<string, number[]>();
  const open: number[] = [];
  for (const [at, { heading }] of sections.entries()) {
    if (!heading) continue;
    while (open.length > 0 && (sections[open.at(-1) ?? 0]?.heading?.level ?? 0) >= heading.level) open.pop();
    const key = `${open.at(-1) ?? -1} ${heading.level}`;
    groups.set(key, [...(groups.get(key) ?? []), at]);
    open.push(at);
  }
  for (const group of groups.values()) {
    if (group.filter((at) => posts.has(at)).length * 2 < group.length) continue;
    for (const at of group) {
      const heading = sections[at]?.heading;
      const hasInner = (sections[at + 1]?.heading?.level ?? 0) > (heading?.level ?? 0);
      if (!heading || posts.has(at) || holdPosts.has(at) || hasInner) continue;
      const title = oneLine(spansText(heading.spans));
      if (/[\p{L}\p{N}]/u.test(title)) findings.push(noLink(title, heading.line));
    }
  }
  return findings;
}

function noLink(text: string, line: number): Finding {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  if (text.includes('](http')) {
    return {
      line,
      code: 'broken-link',
      severity: 'error',
      message: `"${shown}" holds a link that does not end or has brackets or spaces inside; write it like [title](https://…)`,
    };
  }
  return {
    line,
    code: 'no-link',
    severity: 'warning',
    message: `"${shown}" has no link to an article; write it like [title](https://…)`,
  };
}
