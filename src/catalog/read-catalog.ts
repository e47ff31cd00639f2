import type { Catalog, Reading } from '../posts/post.ts';
import { buildCatalog } from '../posts/snapshot.ts';
import { isUnreachable, type Source } from './sources/source.ts';

/** Reads all sources once. A source that cannot be read becomes a problem; its last good copy, if any, is used. */
export async function readCatalog(sources: readonly Source[], signal: AbortSignal): Promise<Catalog> {
  const outcomes = (await Promise.all(sources.map((source) => source.read(signal)))).flat();
  const readings = outcomes.flatMap((outcome): Reading[] => {
    if (!isUnreachable(outcome)) return [outcome];
    return outcome.lastGood ? [outcome.lastGood] : [];
  });
  return buildCatalog(
    readings,
    outcomes.filter(isUnreachable).map(({ problem }) => problem),
  );
}
