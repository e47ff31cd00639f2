import { systemClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { createQueryLog, type QueryLog } from '../../src/server/query-log.ts';

/** A log of queries that keeps nothing over a restart. */
export function createPassingQueryLog(): QueryLog {
  const kept = { add: async () => {}, most: async () => [], forgetBefore: async () => {} };
  return createQueryLog({ kept, days: 0, clock: systemClock, log: silentLog });
}
