import type { Clock } from '../../kernel/clock.ts';
import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import type { Log, Trace } from '../../kernel/log.ts';
import type { Reaction } from './outcome-of.ts';

/**
 * Ways that WeChat has closed for everybody for a while: the account may not use them, their quota is used
 * up, or something must be mended first. Kept in the store, so that no process asks in vain.
 */
export interface Bars {
  isSet(way: string): Promise<boolean>;
  set(way: string, reaction: Extract<Reaction, { kind: 'barred' }>, reason: string, trace: Trace): Promise<void>;
  /** The fault that an operator must mend, as long as it bars a way; undefined where there is none. */
  fault(): string | undefined;
}

export function createBars(values: KeyValueStore, clock: Clock, log: Log): Bars {
  const keyOf = (way: string) => `wechat.barred:${way}`;
  const faults = new Map<string, { readonly text: string; readonly until: number }>();

  return {
    async isSet(way) {
      const until = Number((await values.get(keyOf(way))) ?? 0);
      return clock.now().getTime() < until;
    },
    async set(way, { ms, mend, fault }, reason, trace) {
      const now = clock.now().getTime();
      const until = ms === 'rest-of-day' ? nextQuotaDay(now) : now + ms;
      await values.put(keyOf(way), String(until), new Date(until));
      const facts = { ...trace, way, reason, mend, until: new Date(until).toISOString() };
      if (!fault) return log.warn(facts, 'WeChat does not let us push this way; announcements take another');
      faults.set(way, { text: `${way}: ${reason}; ${mend}`, until });
      log.error(facts, 'WeChat refuses to let us push; announcements take another way until it is mended');
    },
    fault() {
      const now = clock.now().getTime();
      return [...faults.values()].find(({ until }) => now < until)?.text;
    },
  };
}

/** Quotas begin anew at midnight in China, which keeps UTC+8 all year. */
function nextQuotaDay(now: number): number {
  const dayMs = 86_400_000;
  const offsetMs = 8 * 3_600_000;
  return Math.ceil((now + offsetMs + 1) / dayMs) * dayMs - offsetMs;
}
