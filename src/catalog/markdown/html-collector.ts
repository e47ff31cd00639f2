import type { Block, Item, Row, Span } from './blocks.ts';
import { createSpanBuilder, type SpanBuilder } from './span-builder.ts';

/** Nobody nests lists deeper than this; deeper ones are read as if they stood at this depth. */
const deepestList = 50;

interface OpenTable {
  head: (readonly Span[])[];
  readonly rows: Row[];
  cells: (readonly Span[])[];
  /** Cells that reach into rows below, by column. */
  readonly spanning: Map<number, { readonly cell: readonly Span[]; rows: number }>;
  /** In how many rows the open cell stands. */
  cellRows: number;
  allHead: boolean;
  inRow: boolean;
}

/** Puts blocks together while the tags of HTML pass by, whether they match or not. */
export interface HtmlCollector {
  /** The text that is being collected for the block that is open. */
  readonly spans: SpanBuilder;
  /** Whether text goes to the cell of a table, in which other blocks are but lines. */
  isInCell(): boolean;
  /** Ends the text collected so far: it becomes a paragraph, or what was opened for it. */
  endText(): void;
  openHeading(level: number): void;
  openName(): void;
  closeName(): void;
  openList(): void;
  openItem(): void;
  closeItem(): void;
  closeList(): void;
  openTable(): void;
  openRow(): void;
  /** @param rows how many rows the cell stands in: it is repeated in those below */
  openCell(isHead: boolean, rows: number): void;
  closeCell(): void;
  closeRow(): void;
  closeTable(): void;
  rule(): void;
  /** All blocks; what is still open is closed. */
  finish(): Block[];
}

/**
 * @param lineNow gives the line that is being read, from 1
 * @param isDecorative tells whether the text that is being read is set apart by its alignment
 */
export function createHtmlCollector(lineNow: () => number, isDecorative: () => boolean): HtmlCollector {
  const spans = createSpanBuilder();
  const blocks: Block[] = [];
  /** Where blocks go: the document, or the item of the innermost open list. */
  const places: Block[][] = [blocks];
  const lists: Item[][] = [];
  const tables: OpenTable[] = [];
  let headingLevel = 0;
  let isName = false;

  const put = (block: Block) => places.at(-1)?.push(block);

  const collector: HtmlCollector = {
    spans,
    isInCell: () => tables.at(-1)?.inRow === true,
    endText() {
      const taken = spans.take();
      const level = headingLevel;
      headingLevel = 0;
      if (!taken.some(isVisible)) return;
      if (collector.isInCell()) tables.at(-1)?.cells.push(taken);
      else if (level > 0) put({ kind: 'heading', level, spans: taken, line: lineNow() });
      else if (isName) put({ kind: 'details-name', spans: taken });
      else put({ kind: 'paragraph', spans: taken, line: lineNow(), decorative: isDecorative() });
    },
    openHeading(level) {
      collector.endText();
      headingLevel = level;
    },
    openName() {
      collector.endText();
      isName = true;
    },
    closeName() {
      collector.endText();
      isName = false;
    },
    openList() {
      collector.endText();
      if (lists.length < deepestList) lists.push([]);
    },
    openItem() {
      if (lists.length === 0) lists.push([]);
      collector.closeItem();
      const item: Block[] = [];
      lists.at(-1)?.push({ blocks: item, line: lineNow() });
      places.push(item);
    },
    closeItem() {
      collector.endText();
      if (lists.length > 0 && places.length > lists.length) places.pop();
    },
    closeList() {
      collector.closeItem();
      const items = lists.pop();
      if (items && items.length > 0) put({ kind: 'list', items });
    },
    openTable() {
      collector.endText();
      tables.push({ head: [], rows: [], cells: [], spanning: new Map(), cellRows: 1, allHead: true, inRow: false });
    },
    openRow() {
      const table = tables.at(-1);
      if (!table) return;
      collector.closeRow();
      table.inRow = true;
      table.allHead = true;
    },
    openCell(isHead, rows) {
      const table = tables.at(-1);
      if (!table) return;
      if (!table.inRow) collector.openRow();
      if (!isHead) table.allHead = false;
      table.cellRows = rows;
      addSpanning(table);
      spans.take();
    },
    closeCell() {
      const table = tables.at(-1);
      const cell = spans.take();
      if (!table) return;
      if (table.cellRows > 1 && table.cells.length < widestSpan)
        table.spanning.set(table.cells.length, { cell, rows: table.cellRows });
      table.cellRows = 1;
      table.cells.push(cell);
    },
    closeRow() {
      const table = tables.at(-1);
      if (!table?.inRow) return;
      table.inRow = false;
      if (table.cells.length > 0) addSpanning(table);
      const isFirst = table.rows.length === 0 && table.head.length === 0;
      if (table.cells.length > 0 && table.allHead && isFirst) table.head = table.cells;
      else if (table.cells.length > 0) table.rows.push({ cells: table.cells, line: lineNow() });
      table.cells = [];
    },
    closeTable() {
      collector.closeRow();
      const table = tables.pop();
      if (table && table.rows.length + table.head.length > 0) {
        put({ kind: 'table', head: table.head, rows: table.rows });
      }
    },
    rule() {
      collector.endText();
      put({ kind: 'rule' });
    },
    finish() {
      collector.endText();
      while (tables.length > 0) collector.closeTable();
      while (lists.length > 0) collector.closeList();
      return blocks;
    },
  };
  return collector;
}

/** Cells further to the right are not repeated: no table of posts is that wide. */
const widestSpan = 40;

/** The cells of rows above that reach into this place of the row. */
function addSpanning({ cells, spanning }: OpenTable): void {
  for (let reaching = spanning.get(cells.length); reaching; reaching = spanning.get(cells.length)) {
    const at = cells.length;
    cells.push(reaching.cell);
    reaching.rows -= 1;
    if (reaching.rows <= 1) spanning.delete(at);
  }
}

function isVisible(span: Span): boolean {
  return span.kind === 'link' || span.kind === 'image' || (span.kind === 'text' && span.text.trim() !== '');
}
