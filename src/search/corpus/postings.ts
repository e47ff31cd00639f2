import { Index } from 'flexsearch';
import { entryOf } from './document.ts';

/**
 * Where each token stands: an entry is `document number × FIELDS + field`, ascending. Documents are only ever
 * added, so that what an older snapshot reads never changes; it passes over numbers that came after it.
 */
export interface Postings {
  find(token: string): readonly number[];
}

export interface WritablePostings extends Postings {
  /** Numbers must come in ascending order. */
  add(document: number, field: number, tokens: readonly string[]): void;
}

const SEPARATOR = '\u0001';
const ALL = 2 ** 31;
const NOTHING: readonly number[] = [];

/**
 * Postings carried by FlexSearch. One slot (`resolution: 1`) keeps entries in the order they were added, and a
 * query of one token brings that slot as it is, uncopied. Its own ranking, merging and encoders are not used: they
 * know no frequency, and lose Chinese words within a run.
 */
export function createPostings(): WritablePostings {
  const index = new Index({
    tokenize: 'strict',
    encode: (content: string) => content.split(SEPARATOR),
    resolution: 1,
    cache: false,
    fastupdate: false,
  });
  return {
    find: (token) => {
      const found = index.search(token, ALL);
      return found.length > 0 ? (found as number[]) : NOTHING;
    },
    add: (document, field, tokens) => {
      if (tokens.length > 0) index.add(entryOf(document, field), tokens.join(SEPARATOR));
    },
  };
}
