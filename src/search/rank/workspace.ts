import { type Columns, createColumns } from './columns.ts';

/**
 * Room for ranking one query after another, by document number. It is kept between queries, and who uses it leaves it
 * as it was: to clear what a query touched is far cheaper than to make it anew for all documents.
 */
export interface Workspace extends Columns {
  readonly value: Float32Array;
  readonly coverage: Float32Array;
  readonly unitValue: Float32Array;
  readonly unitCoverage: Float32Array;
  readonly seen: Uint8Array;
  /** The place of a document in the list that is being scored, or -1. */
  readonly slots: Int32Array;
}

export function createWorkspace(documents: number): Workspace {
  return {
    ...createColumns(),
    value: new Float32Array(documents),
    coverage: new Float32Array(documents),
    unitValue: new Float32Array(documents),
    unitCoverage: new Float32Array(documents),
    seen: new Uint8Array(documents),
    slots: new Int32Array(documents).fill(-1),
  };
}
