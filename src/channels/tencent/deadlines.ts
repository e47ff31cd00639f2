import type { Clock } from '../../kernel/clock.ts';

/** Waits for values no longer than a time. Hundreds wait at once, nearly all in vain: they share one timer. */
export interface Deadlines {
  /** The value, or undefined if it is not there within `ms`; rejects as the value does. */
  within<T>(value: Promise<T>, ms: number): Promise<T | undefined>;
}

interface Deadline {
  readonly at: number;
  /** What is waited for came too late. */
  pass(): void;
}

export function createDeadlines(clock: Clock): Deadlines {
  const open = new Set<Deadline>();
  let sleeping: { readonly until: number; readonly stop: AbortController } | undefined;

  const watch = async (until: number): Promise<void> => {
    sleeping?.stop.abort();
    const own = { until, stop: new AbortController() };
    sleeping = own;
    await clock.sleep(until - clock.now().getTime(), own.stop.signal);
    if (sleeping !== own) return;
    sleeping = undefined;
    const now = clock.now().getTime();
    for (const deadline of open) if (deadline.at <= now) deadline.pass();
    const next = Math.min(...[...open].map(({ at }) => at));
    if (Number.isFinite(next) && !sleeping) void watch(next);
  };

  return {
    within(value, ms) {
      return new Promise((resolve, reject) => {
        const close = () => {
          open.delete(deadline);
          if (open.size > 0) return;
          // A process that ends need not wait for a timer that nobody waits for.
          sleeping?.stop.abort();
          sleeping = undefined;
        };
        const deadline: Deadline = {
          at: clock.now().getTime() + ms,
          pass() {
            close();
            resolve(undefined);
          },
        };
        open.add(deadline);
        if (!sleeping || deadline.at < sleeping.until) void watch(deadline.at);
        value.then(
          (present) => {
            close();
            resolve(present);
          },
          (reason) => {
            close();
            reject(reason);
          },
        );
      });
    },
  };
}
