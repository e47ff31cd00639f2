import type { Term } from './term.ts';

/** A part of a compound, found where the compound itself is not. */
export interface CompoundPart {
  readonly term: Term;
  /** Its share in the compound's characters. */
  readonly share: number;
}

/** One thing that a query asks for, with all the spellings by which it may be found. */
export interface Unit {
  readonly text: string;
  /** Fillers and ordinals are not asked of a post: they only move it up. */
  readonly role: 'asked' | 'filler' | 'ordinal';
  readonly terms: readonly Term[];
  readonly parts: readonly CompoundPart[];
  /** Its share in the coverage. */
  readonly weight: number;
  /** No spelling of it stands in the catalog as typed. */
  readonly unknown: boolean;
  /** A name rather than a common word: Latin, or of the glossary. */
  readonly named: boolean;
  readonly latin: boolean;
  /** The second of two words in letters: the first says of what kind it is. */
  readonly head: boolean;
  /** A word in letters that no dictionary knows, or the proper name of a product. */
  readonly proper: boolean;
  readonly ordinal?: number;
}
