/** The best match of one unit in each document that is scored, by the document's place in the list. */
export interface Column {
  readonly value: Float64Array;
  /** From 0 to 1; 0 where nothing is found. */
  readonly covered: Float64Array;
  /** The place of the best term in the unit, or -1 where only parts are found. */
  readonly term: Int16Array;
  /** Bits: IN_TITLE, IN_HEAD. */
  readonly where: Uint8Array;
}

/** Columns that are used again and again: to make them anew took longer than to fill them. */
export interface Columns {
  /** The column of this number, for so many documents, as if nothing was found in them. Good until the next search. */
  column(number: number, documents: number): Column;
}

export const IN_TITLE = 1;
/** In the title, the category or the slug. */
export const IN_HEAD = 2;

const LEAST_ROOM = 256;

export function createColumns(): Columns {
  const columns: Column[] = [];
  return {
    column: (number, documents) => {
      const known = columns[number];
      if (known && known.value.length >= documents) return clear(known, documents);
      const made = createColumn(Math.max(LEAST_ROOM, documents));
      columns[number] = made;
      return made;
    },
  };
}

function createColumn(room: number): Column {
  return {
    value: new Float64Array(room),
    covered: new Float64Array(room),
    term: new Int16Array(room).fill(-1),
    where: new Uint8Array(room),
  };
}

function clear(column: Column, documents: number): Column {
  column.value.fill(0, 0, documents);
  column.covered.fill(0, 0, documents);
  column.term.fill(-1, 0, documents);
  column.where.fill(0, 0, documents);
  return column;
}
