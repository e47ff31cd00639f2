import type { Clock } from '../kernel/clock.ts';

/** Leases of named duties, one holder at a time: a port that the store implements. */
export interface Leases {
  /**
   * Takes or renews a lease; false while another holds it. A lease that reaches further into the future than
   * `ttlMs` was given by a clock that has jumped back since, and is void.
   */
  acquire(name: string, holder: string, ttlMs: number, now: Date): Promise<boolean>;
  /** Gives a lease up; nothing happens if another holds it. */
  release(name: string, holder: string): Promise<void>;
}

/** Which of several processes on one database plans and delivers. */
export interface Leadership {
  /** The name of this process among its like. */
  readonly holder: string;
  /** Whether this process leads now; takes the lead if it is free. Cheap to ask often. */
  lead(): Promise<boolean>;
  /** Lets another take over at once. */
  resign(): Promise<void>;
}

/** A process that dies is followed by another within so many milliseconds. */
const TTL_MS = 5_000;

/**
 * Leadership by a lease that is renewed while it is asked for.
 *
 * @param holder must differ between processes, such as a random uuid.
 */
export function createLeadership(options: {
  readonly leases: Leases;
  readonly holder: string;
  readonly clock: Clock;
  readonly ttlMs?: number;
}): Leadership {
  const { leases, holder, clock, ttlMs = TTL_MS } = options;
  let renewedAt = Number.NEGATIVE_INFINITY;

  return {
    holder,

    async lead() {
      const now = clock.now();
      const age = now.getTime() - renewedAt;
      if (age >= 0 && age < ttlMs / 3) return true;
      renewedAt = Number.NEGATIVE_INFINITY;
      if (!(await leases.acquire('announce', holder, ttlMs, now))) return false;
      renewedAt = now.getTime();
      return true;
    },

    async resign() {
      renewedAt = Number.NEGATIVE_INFINITY;
      await leases.release('announce', holder);
    },
  };
}
