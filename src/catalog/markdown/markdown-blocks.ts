import type { MarkdownIt, Token } from 'markdown-it';
import type { Block, Item, Row, Span } from './blocks.ts';
import { readHtml } from './html-blocks.ts';
import { readInline } from './inline-spans.ts';
import { createSpanBuilder, type SpanBuilder } from './span-builder.ts';

/**
 * Turns Markdown into blocks.
 *
 * @param firstLine the line of the file that the text begins on, from 1
 */
export function readBlocks(parser: MarkdownIt, text: string, firstLine: number): Block[] {
  const tokens = parser.parse(text, {});
  const reader = { tokens, at: 0, firstLine, builder: createSpanBuilder() };
  return blocksUntil(reader, undefined);
}

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
  readonly firstLine: number;
  readonly builder: SpanBuilder;
}

function blocksUntil(reader: Reader, close: string | undefined): Block[] {
  const blocks: Block[] = [];
  for (let token = reader.tokens[reader.at]; token && token.type !== close; token = reader.tokens[reader.at]) {
    reader.at += 1;
    readBlock(reader, token, blocks);
  }
  reader.at += 1;
  return blocks;
}

function readBlock(reader: Reader, token: Token, blocks: Block[]): void {
  const line = lineOf(reader, token);
  switch (token.type) {
    case 'heading_open':
      blocks.push({ kind: 'heading', level: Number(token.tag.slice(1)), spans: inlineThen(reader), line });
      return;
    case 'paragraph_open':
      blocks.push({ kind: 'paragraph', spans: inlineThen(reader), line, decorative: false });
      return;
    case 'bullet_list_open':
    case 'ordered_list_open':
      blocks.push({ kind: 'list', items: readItems(reader, token.type.replace('open', 'close')) });
      return;
    case 'blockquote_open':
      blocks.push({ kind: 'quote', blocks: blocksUntil(reader, 'blockquote_close') });
      return;
    case 'table_open':
      blocks.push(readTable(reader));
      return;
    case 'fence':
    case 'code_block':
      blocks.push({ kind: 'code', text: token.content });
      return;
    case 'hr':
      blocks.push({ kind: 'rule' });
      return;
    case 'html_block':
      for (const block of readHtml(adjacentHtml(reader, token), line)) blocks.push(block);
  }
}

/** A blank line ends an HTML block in Markdown but not what the author meant: what follows directly belongs to it. */
function adjacentHtml(reader: Reader, first: Token): string {
  const parts = [first.content];
  let end = first.map?.[1] ?? 0;
  for (let next = reader.tokens[reader.at]; next?.type === 'html_block'; next = reader.tokens[reader.at]) {
    parts.push('\n'.repeat(Math.max(0, (next.map?.[0] ?? end) - end)), next.content);
    end = next.map?.[1] ?? end;
    reader.at += 1;
  }
  return parts.join('');
}

/** The inline token that follows an opening one; the closing one is passed over. */
function inlineThen(reader: Reader): Span[] {
  const spans = readInline(reader.tokens[reader.at], reader.builder);
  reader.at += 2;
  return spans;
}

function readItems(reader: Reader, close: string): Item[] {
  const items: Item[] = [];
  for (let token = reader.tokens[reader.at]; token && token.type !== close; token = reader.tokens[reader.at]) {
    reader.at += 1;
    if (token.type === 'list_item_open') {
      items.push({ blocks: blocksUntil(reader, 'list_item_close'), line: lineOf(reader, token) });
    }
  }
  reader.at += 1;
  return items;
}

function readTable(reader: Reader): Block {
  const head: Span[][] = [];
  const rows: Row[] = [];
  let cells: Span[][] = [];
  let inHead = false;
  for (let token = reader.tokens[reader.at]; token && token.type !== 'table_close'; token = reader.tokens[reader.at]) {
    reader.at += 1;
    if (token.type === 'thead_open') inHead = true;
    else if (token.type === 'tbody_open') inHead = false;
    else if (token.type === 'tr_open') {
      cells = [];
      if (!inHead) rows.push({ cells, line: lineOf(reader, token) });
    } else if (token.type === 'inline') (inHead ? head : cells).push(readInline(token, reader.builder));
  }
  reader.at += 1;
  return { kind: 'table', head, rows };
}

function lineOf({ firstLine }: Reader, token: Token): number {
  return (token.map?.[0] ?? 0) + firstLine;
}
