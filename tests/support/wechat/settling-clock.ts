import type { Clock } from '../../../src/kernel/clock.ts';
import { createManualClock } from '../manual-clock.ts';

/** A clock in the test's hand, for parts that work over real connections. */
export interface SettlingClock extends Clock {
  /** Lets time pass, and what is ready before and after it run its course. */
  advance(ms: number): Promise<void>;
}

export function createSettlingClock(): SettlingClock {
  const clock = createManualClock('2026-11-25T08:00:00Z');
  const settle = async () => {
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    now: clock.now,
    sleep: clock.sleep,
    async advance(ms) {
      await settle();
      clock.advance(ms);
      await settle();
    },
  };
}
