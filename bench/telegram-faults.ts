import type { Fault, Faults } from '../tests/support/telegram/faults.ts';

/** What a platform and the way to it do to a call, all as often as each other. */
export const usualFaults: readonly Fault['does'][] = [
  { kind: 'refuse', code: 429, description: 'Too Many Requests: retry after 1', retryAfter: 1 },
  { kind: 'refuse', code: 500, description: 'Internal Server Error' },
  { kind: 'proxy-page', code: 502 },
  { kind: 'drop-before' },
  { kind: 'drop-after' },
];

/**
 * Lets a share of the calls, from 0 to 1, go wrong for as long as the faults stand. Returns how many have so far, of
 * all kinds or of one.
 */
export function addRandomFaults(
  faults: Faults,
  { share, kinds, method }: { share: number; kinds: readonly Fault['does'][]; method?: string },
): (kind?: Fault['does']['kind']) => number {
  const hits: Fault['does'][] = [];
  for (const does of kinds) {
    const when = () => {
      const isHit = Math.random() < share / kinds.length;
      if (isHit) hits.push(does);
      return isHit;
    };
    faults.add({ does, when, times: Number.POSITIVE_INFINITY, ...(method !== undefined && { method }) });
  }
  return (kind) => hits.filter((one) => kind === undefined || one.kind === kind).length;
}
