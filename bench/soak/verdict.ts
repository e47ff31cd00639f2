import type { Sample } from './sample.ts';

/** What a soak found. */
export interface SoakReport {
  /** At rest, one after each cycle. */
  readonly samples: readonly Pick<Sample, 'live' | 'handles' | 'files'>[];
  /** Messages that should have arrived. */
  readonly due: number;
  readonly lost: number;
  /** Not arrived, and the ledger says that nobody knows: the answer was lost twice. */
  readonly listed: number;
  readonly duplicated: number;
  /** Connections cut after a call was done, so that no answer came: each may repeat a message once. */
  readonly cut: number;
  /** Lines of the log that tell of an error. */
  readonly errors: readonly string[];
}

/** So much of what is alive may come over the cycles that count: caches have seldom seen everything. */
const ALLOWED_GROWTH = 0.02;

/**
 * What is wrong, in words; nothing if all is well. The first third of the cycles fills caches and compiles code and
 * is left aside. A leak grows in each of the others: memory is judged by the median of the slopes between all pairs
 * (Theil and Sen), which one late collection does not move; handles by what was open at every rest of the last third.
 */
export function verdict({ samples, due, lost, duplicated, cut, errors }: SoakReport): readonly string[] {
  const counted = samples.slice(Math.floor(samples.length / 3));
  const lives = counted.map(({ live }) => live);
  const growth = medianSlope(lives) * (lives.length - 1);
  return [
    due === 0 && 'nothing was announced',
    lost > 0 && `${lost} of ${due} deliveries are lost`,
    duplicated > cut && `${duplicated} messages came twice, though only ${cut} connections were cut`,
    growth > ALLOWED_GROWTH * (lives[0] ?? 0) && `memory is not flat: ${megabytes(growth)} came over the last cycles`,
    leaks(samples.map(({ handles }) => handles.length)) && `handles leak: ${grown(samples)}`,
    leaks(samples.map(({ files }) => files)) &&
      `file descriptors leak: ${samples.map(({ files }) => files).join(', ')}`,
    errors.length > 0 && `${errors.length} errors in the log, the first: ${errors[0]}`,
  ].filter((fault) => fault !== false);
}

/** Whether more are open at each of the last rests than at any of the first. */
function leaks(counts: readonly number[]): boolean {
  const third = Math.floor(counts.length / 3);
  return Math.min(...counts.slice(-third)) > Math.max(...counts.slice(0, third));
}

/** What is there more often at the end than at the beginning. */
function grown(samples: readonly Pick<Sample, 'handles'>[]): string {
  const [first, last] = [countsOf(samples[0]?.handles), countsOf(samples.at(-1)?.handles)];
  return [...last]
    .filter(([kind, count]) => count > (first.get(kind) ?? 0))
    .map(([kind, count]) => `${kind} from ${first.get(kind) ?? 0} to ${count}`)
    .join(', ');
}

function countsOf(kinds: readonly string[] = []): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

function medianSlope(values: readonly number[]): number {
  const slopes = values.flatMap((value, at) => values.slice(at + 1).map((later, more) => (later - value) / (more + 1)));
  return slopes.toSorted((one, other) => one - other)[Math.floor(slopes.length / 2)] ?? 0;
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`;
}
