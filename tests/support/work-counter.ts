import { Session } from 'node:inspector/promises';

/** Counts what code does, ours and that of libraries, whatever the machine does meanwhile: twice the input must not be four times the work. */
export interface WorkCounter {
  /** How often functions and blocks are run by `run`. */
  count(run: () => unknown): Promise<number>;
  stop(): void;
}

/** @param within part of the path of the sources that count */
export async function startWorkCounter(within: string): Promise<WorkCounter> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const take = async () => (await session.post('Profiler.takePreciseCoverage')).result;
  return {
    async count(run) {
      await take();
      run();
      let sum = 0;
      for (const { url, functions } of await take()) {
        if (!url.includes(within)) continue;
        for (const { ranges } of functions) for (const { count } of ranges) sum += count;
      }
      return sum;
    },
    stop: () => session.disconnect(),
  };
}
