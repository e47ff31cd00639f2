import type { CatalogProblem, Reading } from '../../posts/post.ts';

/** A reading that could not be made; what was known of the source before is still true. */
export interface Unreachable {
  readonly source: string;
  /** Why, where and what to do; always of severity `error`. */
  readonly problem: CatalogProblem;
  /** What an earlier copy of the source holds, where one was kept over a restart. */
  readonly lastGood?: Reading;
}

/** One entry of `CATALOG`: a file, a folder, a glob or a url. A list of feeds brings one reading a feed, all others bring one. */
export interface Source {
  /** The entry as it was written, without credentials. */
  readonly id: string;
  /** Files and folders to watch for changes; empty for urls. */
  readonly watched: readonly string[];
  /** Never rejects for what is wrong with the source; what has not changed brings the very same `Reading` object. */
  read(signal: AbortSignal): Promise<readonly (Reading | Unreachable)[]>;
}

export function isUnreachable(outcome: Reading | Unreachable): outcome is Unreachable {
  return 'problem' in outcome;
}
