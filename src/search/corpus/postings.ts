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
const NOTHING: readonly number[] = [];

/** Where FlexSearch keeps the entries of each token, by slot; its types do not say so. */
interface Slots {
  readonly map: ReadonlyMap<string, readonly (readonly number[])[]>;
}

/**
 * Postings carried by FlexSearch. One slot (`resolution: 1`) keeps entries in the order they were added, and a token
 * is read there as it is, uncopied: to ask for it as a query takes seven times as long, and planning one query asks for
 * fifty. Its own ranking, merging and encoders are not used: they know no frequency, and lose Chinese words within
 * a run.
 */
export function createPostings(): WritablePostings {
  const index = new Index({
    tokenize: 'strict',
    encode: (content: string) => content.split(SEPARATOR),
    resolution: 1,
    cache: false,
    fastupdate: false,
  });
  const { map } = index as unknown as Slots;
  return {
    find: (token) => map.get(token)?.[0] ?? NOTHING,
    add: (document, field, tokens) => {
      if (tokens.length > 0) index.add(entryOf(document, field), tokens.join(SEPARATOR));
    },
  };
}
