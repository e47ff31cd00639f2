import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Catalog } from '../posts/post.ts';
import type { GuardLimits } from '../posts/reading-guard.ts';
import type { Source } from './sources/source.ts';

export interface CatalogKeeperOptions {
  readonly sources: readonly Source[];
  readonly clock: Clock;
  readonly log: Log;
  /** How much a reading may lose before it is held back; see `defaultGuardLimits`. */
  readonly guardLimits?: GuardLimits;
}

/** Holds the current catalog and keeps it true to its sources. */
export interface CatalogKeeper {
  /** The last good catalog: empty until the first `refresh`. Swapped whole, never changed. */
  current(): Catalog;
  /** Reads all sources again. Never rejects for what is wrong with a source. Refreshes that overlap are one. */
  refresh(signal: AbortSignal): Promise<Catalog>;
  /** Refreshes on changes of the files until the signal aborts; resolves then. */
  watch(signal: AbortSignal): Promise<void>;
  /** Calls `listener` with each catalog whose revision differs from the one before. Returns how to stop that. */
  onChange(listener: (catalog: Catalog) => void): () => void;
  /** What keeps the catalog from being true to its sources, in one line for `/readyz`; undefined when all is well. */
  trouble(): string | undefined;
}
