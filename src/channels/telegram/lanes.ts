import PQueue from 'p-queue';

/**
 * Runs tasks: those of one lane one after the other, those of different lanes beside each other, at most
 * `parallel` at a time. A lane with much to do takes one place, however much it is.
 */
export interface Lanes {
  /** Resolves or rejects with the task. */
  run(lane: string, task: () => Promise<void>): Promise<void>;
  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void>;
}

export function createLanes(parallel: number): Lanes {
  const places = new PQueue({ concurrency: parallel });
  const last = new Map<string, Promise<void>>();

  return {
    run: (lane, task) => {
      // A place is asked for only when it is this task's turn: a waiting lane holds none.
      const mine = (last.get(lane) ?? Promise.resolve()).then(() => places.add(task));
      const settled = mine.then(
        () => {},
        () => {},
      );
      last.set(lane, settled);
      void settled.then(() => {
        if (last.get(lane) === settled) last.delete(lane);
      });
      return mine;
    },
    idle: async () => {
      while (last.size > 0) await Promise.all(last.values());
    },
  };
}
