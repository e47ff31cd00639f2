import type { Clock } from '../../src/kernel/clock.ts';

/** A clock that a test sets. */
export interface ManualClock extends Clock {
  /** Lets so much time pass: whoever sleeps until then wakes. */
  advance(ms: number): void;
  set(instant: Date): void;
}

export function createManualClock(start: string | Date = '2026-03-02T09:00:00Z'): ManualClock {
  let now = new Date(start).getTime();
  const sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();
  const wakeSleepers = () => {
    for (const sleeper of [...sleepers]) if (sleeper.until <= now) sleeper.wake();
  };

  return {
    now: () => new Date(now),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted || ms <= 0) return resolve();
        const sleeper = {
          until: now + ms,
          wake: () => {
            sleepers.delete(sleeper);
            signal?.removeEventListener('abort', sleeper.wake);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', sleeper.wake, { once: true });
      }),
    advance(ms) {
      now += ms;
      wakeSleepers();
    },
    set(instant) {
      now = instant.getTime();
      wakeSleepers();
    },
  };
}
