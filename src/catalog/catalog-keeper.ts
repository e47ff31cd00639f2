import type { Clock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { Catalog, CatalogProblem, Reading } from '../posts/post.ts';
import { defaultGuardLimits, type GuardLimits, lossOf, withEarlier } from '../posts/reading-guard.ts';
import { buildCatalog } from '../posts/snapshot.ts';
import { isUnreachable, type Source, type Unreachable } from './sources/source.ts';
import { watchPaths } from './watch-paths.ts';

export interface CatalogKeeperOptions {
  readonly sources: readonly Source[];
  readonly clock: Clock;
  readonly log: Log;
  /** How much a reading may lose before it is held back; see `defaultGuardLimits`. */
  readonly guardLimits?: GuardLimits;
  /** Hears of each trouble when it begins or changes: a person must look. */
  readonly troubled?: (trouble: string) => void;
  /** How long files must have been left alone before a change of theirs is read. */
  readonly quietMs?: number;
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
  /** The next reading is taken, however many posts it loses. */
  believe(): void;
  /** What keeps the catalog from being true to its sources, in one line for `/readyz`; undefined when all is well. */
  trouble(): string | undefined;
}

/** Lets every reading pass. */
const noGuard: GuardLimits = { lostShare: 1, lostPosts: Number.POSITIVE_INFINITY };

/** What the keeper believes of one source. */
interface Believed {
  readonly reading?: Reading;
  /** What the source brought last, of which `reading` was made. */
  readonly brought?: Reading;
  /** Why that is not what the source says now. */
  readonly problem?: CatalogProblem;
}

export function createCatalogKeeper({
  sources,
  clock,
  log,
  guardLimits = defaultGuardLimits,
  troubled,
  quietMs = 150,
}: CatalogKeeperOptions): CatalogKeeper {
  const listeners = new Set<(catalog: Catalog) => void>();
  let believed = new Map<string, Believed>();
  let current = buildCatalog([]);
  let running: Promise<Catalog> | undefined;
  let again = false;
  let believing = false;

  async function readAll(signal: AbortSignal): Promise<Catalog> {
    const started = clock.now().getTime();
    const outcomes = (await Promise.all(sources.map((source) => source.read(signal)))).flat();
    if (signal.aborted) return current;
    const next = believe(outcomes, believed, believing ? noGuard : guardLimits);
    believing = false;
    report(next);
    const isChanged =
      [...next].some(([id, { reading }]) => reading !== believed.get(id)?.reading) ||
      next.size !== believed.size ||
      troubleOf(next) !== troubleOf(believed);
    const trouble = troubleOf(next);
    if (trouble !== undefined && trouble !== troubleOf(believed)) troubled?.(trouble);
    believed = next;
    if (!isChanged) return current;
    const readings = [...next.values()].flatMap(({ reading }) => reading ?? []);
    const problems = [...next.values()].flatMap(({ problem, reading }) =>
      problem && problem !== reading?.stale ? [problem] : [],
    );
    const catalog = buildCatalog(readings, problems);
    const isOther = catalog.revision !== current.revision;
    current = catalog;
    if (isOther) {
      log.info(
        { posts: catalog.posts.length, problems: catalog.problems.length, tookMs: clock.now().getTime() - started },
        'catalog read',
      );
      for (const listener of listeners) listener(catalog);
    }
    return current;
  }

  /** Each trouble is logged when it begins and when it ends, not at every reading. */
  function report(next: ReadonlyMap<string, Believed>): void {
    for (const [source, { problem }] of next) {
      const before = believed.get(source)?.problem;
      if (problem && problem.message !== before?.message)
        log.warn(
          { source, code: problem.code, problem: problem.message },
          'source not taken; the last good reading stays',
        );
      else if (!problem && before) log.info({ source }, 'source read again');
    }
  }

  function refresh(signal: AbortSignal): Promise<Catalog> {
    if (running !== undefined) {
      again = true;
      return running;
    }
    running = (async () => {
      try {
        do {
          again = false;
          await readAll(signal);
        } while (again && !signal.aborted);
        return current;
      } finally {
        running = undefined;
      }
    })();
    return running;
  }

  return {
    current: () => current,
    refresh,
    watch: (signal) =>
      watchPaths(
        sources.flatMap(({ watched }) => watched),
        {
          quietMs,
          changed: () =>
            void refresh(signal).catch((error: unknown) =>
              log.error({ error: messageOf(error) }, 'reading the catalog failed'),
            ),
        },
        signal,
      ),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    believe() {
      believing = true;
    },
    trouble: () => troubleOf(believed),
  };
}

/** Decides for each source whether its new reading is taken or the last good one stays. */
function believe(
  outcomes: readonly (Reading | Unreachable)[],
  last: ReadonlyMap<string, Believed>,
  limits: GuardLimits,
): Map<string, Believed> {
  const all = outcomes.flatMap((outcome) => (isUnreachable(outcome) ? [] : [outcome]));
  return new Map(
    outcomes.map((outcome): [string, Believed] => {
      const before = last.get(outcome.source)?.reading;
      if (isUnreachable(outcome)) return [outcome.source, kept(before ?? outcome.lastGood, outcome.problem)];
      if (last.get(outcome.source)?.brought === outcome) return [outcome.source, last.get(outcome.source) ?? {}];
      const elsewhere = () => all.filter((other) => other !== outcome).flatMap(({ posts }) => posts);
      const loss = before && lossOf(before, outcome, elsewhere, limits);
      if (loss) {
        const message = `it would lose ${loss.lost} of ${loss.before} posts, so the last good reading stays; restore them, or say /announce believe if they are meant to go`;
        return [
          outcome.source,
          kept(before, { source: outcome.source, code: 'too-many-lost', severity: 'error', message }),
        ];
      }
      const taken = { reading: withEarlier(before, outcome), brought: outcome };
      return [outcome.source, outcome.stale ? { ...taken, problem: outcome.stale } : taken];
    }),
  );
}

function kept(reading: Reading | undefined, problem: CatalogProblem): Believed {
  return reading === undefined ? { problem } : { reading, problem };
}

function troubleOf(believed: ReadonlyMap<string, Believed>): string | undefined {
  const lines = [...believed.values()].flatMap(({ problem }) =>
    problem ? [`${problem.source}: ${problem.message}`] : [],
  );
  return lines.length === 0 ? undefined : lines.join('; ');
}
