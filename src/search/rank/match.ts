import type { Term } from '../query/term.ts';

/** How one unit of the query is found in one document. */
export interface Match {
  /** The best spelling, or undefined where only parts of a compound are found. */
  readonly term: Term | undefined;
  /** From 0 to 1: how much of the unit is covered. */
  readonly covered: number;
  readonly value: number;
  readonly inTitle: boolean;
  /** In the title, the category or the slug. */
  readonly inHead: boolean;
}
