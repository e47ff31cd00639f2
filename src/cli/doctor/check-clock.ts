import type { Clock } from '../../kernel/clock.ts';
import { type Finding, fine, wrong } from './finding.ts';

/** The header has whole seconds, and the answer takes its time. */
const tolerableSeconds = 10;

/**
 * Compares our clock with the Date header of a platform's API. Callbacks of WeChat and WeCom are refused by their
 * age, and schedules follow the clock.
 *
 * @returns undefined where the API says no time: that it is out of reach is told elsewhere.
 */
export async function checkClock(apiRoot: string, clock: Clock): Promise<Finding | undefined> {
  const date = await dateOf(apiRoot);
  if (date === undefined) return undefined;
  const ahead = Math.round((clock.now().getTime() - date) / 1000);
  const { hostname } = new URL(apiRoot);
  if (Math.abs(ahead) <= tolerableSeconds) return fine('clock', `agrees with that of ${hostname}`);
  return wrong(
    'clock',
    `${Math.abs(ahead)} seconds ${ahead > 0 ? 'ahead of' : 'behind'} that of ${hostname}`,
    'let the machine take its time from the network (timedatectl set-ntp true)',
  );
}

async function dateOf(url: string): Promise<number | undefined> {
  try {
    const response = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(10_000) });
    const date = Date.parse(response.headers.get('date') ?? '');
    return Number.isNaN(date) ? undefined : date;
  } catch {
    return undefined;
  }
}
