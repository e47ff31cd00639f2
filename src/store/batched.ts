import DataLoader from 'dataloader';

/** Values of one statement: keeps the number of its wordings small, and what one failure takes along. */
const MOST = 64;

/**
 * Lets callers of one turn of the event loop share a statement: a hundred readers who write at the same moment cost the
 * database one question rather than a hundred. Nothing is remembered beyond that.
 *
 * @param run Answers them all, in their order. Where it rejects, each is tried alone, so that none fails for another.
 */
export function batched<Asked, Answer>(
  run: (asked: readonly Asked[]) => Promise<readonly Answer[]>,
): (asked: Asked) => Promise<Answer> {
  const loader = new DataLoader<Asked, Answer>(
    async (asked) => {
      try {
        return await run(asked);
      } catch (fault) {
        if (asked.length === 1) throw fault;
        return Promise.all(asked.map((one) => run([one]).then(([answer]) => answer as Answer, asError)));
      }
    },
    { cache: false, maxBatchSize: MOST, batchScheduleFn: (flush) => setImmediate(flush) },
  );
  return (asked) => loader.load(asked);
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
