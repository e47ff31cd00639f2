import type { PostLink } from '../../posts/post.ts';
import { resolveLink } from '../resolve-link.ts';
import type { Block, Span } from './blocks.ts';

/** White space of every kind becomes one space. */
export function oneLine(text: string): string {
  if (!/[^\S ]| {2}|[\u200b\ufeff]/u.test(text)) return text.trim();
  return text.replace(/[\s\u200b\ufeff]+/gu, ' ').trim();
}

/** The readable text of a line; pictures are left out. */
export function spansText(spans: readonly Span[]): string {
  let text = '';
  for (const span of spans) {
    if (span.kind === 'break') text += '\n';
    else if (span.kind !== 'image') text += span.text;
  }
  return evenSpaces(text).trim();
}

/** Runs of white space within a line become one space. A single space is what nearly all of them are. */
function evenSpaces(text: string): string {
  return unevenSpaces.test(text) ? text.replace(/[^\S\n]+/g, ' ') : text;
}

const unevenSpaces = /[^\S\n ]| {2}/;

/** Parts a paragraph at its breaks; empty lines are left out. */
export function linesOf(spans: readonly Span[]): Span[][] {
  const lines: Span[][] = [[]];
  for (const span of spans) {
    if (span.kind === 'break') lines.push([]);
    else lines.at(-1)?.push(span);
  }
  return lines.filter((line) => line.some((span) => span.kind !== 'text' || span.text.trim() !== ''));
}

/** The readable text of blocks, a line each: markers of lists and quotes, code and pictures are gone. */
export function blocksText(blocks: readonly Block[]): string {
  const lines: string[] = [];
  collectText(blocks, lines);
  return lines.join('\n');
}

function collectText(blocks: readonly Block[], lines: string[]): void {
  const add = (spans: readonly Span[]) => {
    const text = spansText(spans);
    if (text !== '') lines.push(text);
  };
  for (const block of blocks) {
    if (block.kind === 'paragraph' || block.kind === 'heading') add(block.spans);
    else if (block.kind === 'quote') collectText(block.blocks, lines);
    else if (block.kind === 'list') for (const item of block.items) collectText(item.blocks, lines);
    else if (block.kind === 'table') for (const row of block.rows) for (const cell of row.cells) add(cell);
  }
}

/** All spans in blocks, in order. */
export function spansOf(blocks: readonly Block[]): Span[] {
  const spans: Span[] = [];
  const collect = (some: readonly Block[]) => {
    for (const block of some) {
      if (block.kind === 'paragraph' || block.kind === 'heading') for (const span of block.spans) spans.push(span);
      else if (block.kind === 'quote') collect(block.blocks);
      else if (block.kind === 'list') for (const item of block.items) collect(item.blocks);
      else if (block.kind === 'table')
        for (const row of block.rows) for (const cell of row.cells) for (const span of cell) spans.push(span);
    }
  };
  collect(blocks);
  return spans;
}

/** The links among spans that lead somewhere, resolved. */
export function linksOf(spans: readonly Span[], base: string | undefined): PostLink[] {
  const links: PostLink[] = [];
  for (const span of spans) addLink(links, span, base);
  return links;
}

/** Adds the link that a span is, if it is one that leads somewhere. */
export function addLink(links: PostLink[], span: Span, base: string | undefined): void {
  if (span.kind !== 'link' || span.text === '') return;
  const target = resolveLink(span.href, base);
  if (target.kind === 'address') links.push({ title: span.text, url: target.url });
}

/** The first picture that is no badge and no icon. */
export function pictureOf(spans: readonly Span[], base: string | undefined): string | undefined {
  for (const span of spans) {
    if (span.kind !== 'image' || span.linked || /badge|shields\.io|\.svg(?:$|\?)/i.test(span.src)) continue;
    const target = resolveLink(span.src, base);
    if (target.kind === 'address') return target.url;
  }
  return undefined;
}
