import { Parser } from 'htmlparser2';
import type { Block, Item, Row, Span } from './blocks.ts';
import { createSpanBuilder } from './span-builder.ts';

/** Nobody nests lists deeper than this; deeper ones are read as if they stood at this depth. */
const deepestList = 50;

const silentTags = new Set(['script', 'style', 'template', 'svg', 'noscript', 'iframe', 'select', 'button']);
const paragraphTags = new Set([
  'p',
  'div',
  'section',
  'article',
  'header',
  'footer',
  'main',
  'nav',
  'center',
  'blockquote',
  'figure',
  'dd',
  'dt',
  'dl',
  'address',
  'form',
  'pre',
]);

interface OpenTable {
  head: (readonly Span[])[];
  rows: Row[];
  cells: (readonly Span[])[];
  allHead: boolean;
  inRow: boolean;
}

/**
 * Reads raw HTML into the same blocks that Markdown is read into, so that one set of rules finds the posts of
 * both. Comments, scripts and attributes are left behind.
 *
 * @param line where the HTML begins, from 1
 */
export function readHtml(html: string, line: number): Block[] {
  const blocks: Block[] = [];
  let lineNow = line;
  // The edges of details stand in different blocks of Markdown: here they need not match.
  for (const part of html.split(/(<\/?details\b[^<>]{0,500}>)/i)) {
    if (/^<\/details\b/i.test(part)) blocks.push({ kind: 'details-close' });
    else if (/^<details\b/i.test(part)) blocks.push({ kind: 'details-open' });
    else blocks.push(...readHtmlPart(part, lineNow));
    lineNow += part.split('\n').length - 1;
  }
  return blocks;
}

function readHtmlPart(html: string, line: number): Block[] {
  const spans = createSpanBuilder();
  const blocks: Block[] = [];
  /** Where blocks go: the document, or the item of the innermost open list. */
  const places: Block[][] = [blocks];
  const lists: Item[][] = [];
  const tables: OpenTable[] = [];
  const aligned: string[] = [];
  let silent = 0;
  let heading = 0;
  let inName = false;
  let read = 0;
  let lineNow = line;

  const put = (block: Block) => places.at(-1)?.push(block);
  const countLines = (upTo: number) => {
    for (; read < upTo; read += 1) if (html.charCodeAt(read) === 10) lineNow += 1;
  };
  const flush = () => {
    const taken = spans.take();
    const level = heading;
    heading = 0;
    if (!taken.some(isVisible)) return;
    const table = tables.at(-1);
    if (table?.inRow) table.cells.push(taken);
    else if (level > 0) put({ kind: 'heading', level, spans: taken, line: lineNow });
    else if (inName) put({ kind: 'details-name', spans: taken });
    else put({ kind: 'paragraph', spans: taken, line: lineNow, decorative: aligned.length > 0 });
  };
  const closeItem = () => {
    flush();
    if (lists.length > 0 && places.length > lists.length) places.pop();
  };
  const closeRow = () => {
    const table = tables.at(-1);
    if (!table?.inRow) return;
    table.inRow = false;
    if (table.allHead && table.rows.length === 0 && table.head.length === 0 && table.cells.length > 0)
      table.head = table.cells;
    else if (table.cells.length > 0) table.rows.push({ cells: table.cells, line: lineNow });
    table.cells = [];
  };

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        countLines(parser.startIndex);
        if (silentTags.has(name)) silent += 1;
        if (silent > 0) return;
        const inCell = tables.at(-1)?.inRow === true;
        if (name === 'a' && attributes.href !== undefined) spans.openLink(attributes.href);
        else if (name === 'br') spans.lineBreak();
        else if (name === 'img') spans.image(attributes.src ?? '');
        else if (name === 'b' || name === 'strong') spans.openStrong();
        else if (name === 'tr') tableRow();
        else if (name === 'td' || name === 'th') cell(name);
        else if (name === 'table') {
          flush();
          tables.push({ head: [], rows: [], cells: [], allHead: true, inRow: false });
        } else if (inCell) {
          if (paragraphTags.has(name) || name === 'li') spans.lineBreak();
        } else openBlock(name, attributes);
      },
      ontext(text) {
        if (silent === 0) addText(text);
        countLines(parser.endIndex);
      },
      onclosetag(name, implied) {
        if (!implied) countLines(parser.startIndex);
        if (silentTags.has(name)) {
          silent = Math.max(0, silent - 1);
          return;
        }
        if (silent > 0) return;
        const inCell = tables.at(-1)?.inRow === true;
        if (name === 'a') spans.closeLink();
        else if (name === 'b' || name === 'strong') spans.closeStrong();
        else if (name === 'td' || name === 'th') endCell();
        else if (name === 'tr') closeRow();
        else if (name === 'table') closeTable();
        else if (!inCell) closeBlock(name);
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );

  /** Authors part links by new lines, as browsers would not: a line of the file is a line of text. */
  function addText(text: string): void {
    for (const [at, part] of text.split('\n').entries()) {
      if (at > 0) spans.lineBreak();
      spans.text(part.replace(/\s+/g, ' '));
    }
  }

  function openBlock(name: string, attributes: Readonly<Record<string, string>>): void {
    if (/^h[1-6]$/.test(name)) {
      flush();
      heading = Number(name[1]);
    } else if (name === 'ul' || name === 'ol') {
      flush();
      if (lists.length < deepestList) lists.push([]);
    } else if (name === 'li') {
      if (lists.length === 0) lists.push([]);
      closeItem();
      const item: Block[] = [];
      lists.at(-1)?.push({ blocks: item, line: lineNow });
      places.push(item);
    } else if (name === 'summary') {
      flush();
      inName = true;
    } else if (name === 'hr') {
      flush();
      put({ kind: 'rule' });
    } else if (paragraphTags.has(name)) {
      flush();
      if (name === 'center' || /^(?:center|right)$/i.test(attributes.align ?? '')) aligned.push(name);
    }
  }

  function closeBlock(name: string): void {
    if (name === 'summary') {
      flush();
      inName = false;
    } else if (name === 'ul' || name === 'ol') closeList();
    else if (name === 'li') closeItem();
    else if (paragraphTags.has(name) || /^h[1-6]$/.test(name)) {
      flush();
      if (aligned.at(-1) === name) aligned.pop();
    }
  }

  function closeList(): void {
    closeItem();
    const items = lists.pop();
    if (items && items.length > 0) put({ kind: 'list', items });
  }

  function tableRow(): void {
    const table = tables.at(-1);
    if (!table) return;
    closeRow();
    table.inRow = true;
    table.allHead = true;
  }

  function cell(name: string): void {
    const table = tables.at(-1);
    if (!table) return;
    if (!table.inRow) tableRow();
    if (name === 'td') table.allHead = false;
    spans.take();
  }

  function endCell(): void {
    tables.at(-1)?.cells.push(spans.take());
  }

  function closeTable(): void {
    closeRow();
    const table = tables.pop();
    if (table && (table.rows.length > 0 || table.head.length > 0))
      put({ kind: 'table', head: table.head, rows: table.rows });
  }

  parser.end(html);
  flush();
  while (tables.length > 0) closeTable();
  while (lists.length > 0) closeList();
  return blocks;
}

function isVisible(span: Span): boolean {
  return span.kind === 'link' || span.kind === 'image' || (span.kind === 'text' && span.text.trim() !== '');
}
