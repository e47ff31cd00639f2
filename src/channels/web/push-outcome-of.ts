import type { DeliveryOutcome } from '../../announce/deliverer.ts';
import { RefusedAddressError } from '../../kernel/guarded-agent.ts';

/** How a push service answered; `retryAfter` is its header of that name. */
export interface PushAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

/** What became of a notification; `ended` says that this endpoint will never take one again. */
export type PushOutcome = DeliveryOutcome | { readonly kind: 'ended'; readonly reason: string };

const shortestWaitMs = 1_000;
const longestWaitMs = 24 * 60 * 60_000;
/** Where a push service is busy and does not say for how long. */
const usualWaitMs = 60_000;

/**
 * Reads an answer (RFC 8030, 5 and 8.4). Services differ: Mozilla and Google end an endpoint with 404 or 410, all
 * refuse keys that it was not made for with 401 or 403. Waits are for this reader alone, since others may stand with
 * another service.
 */
export function pushOutcomeOf({ status, retryAfter }: PushAnswer, now: Date): PushOutcome {
  const reason = `the push service answers with status ${status}`;
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  if (status === 404 || status === 410 || status === 401 || status === 403) return { kind: 'ended', reason };
  if (status === 429 || status >= 500) {
    return { kind: 'retry', notBefore: new Date(now.getTime() + waitMs(retryAfter, now)), reason, scope: 'chat' };
  }
  return { kind: 'rejected', reason };
}

const neverConnected = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;

/** Reads what a request threw. Of its message nothing is told, since it may name the endpoint, which is a secret. */
export function pushFailureOf(thrown: unknown, now: Date): PushOutcome {
  const causes = causesOf(thrown);
  if (causes.some((cause) => cause instanceof RefusedAddressError)) {
    return { kind: 'ended', reason: 'the push service stands where none may be asked' };
  }
  const codes = causes.map((cause) => ('code' in cause ? String(cause.code) : ''));
  const refused = codes.find((code) => neverConnected.test(code));
  if (refused === undefined) return { kind: 'unknown', reason: 'the connection to the push service broke' };
  const notBefore = new Date(now.getTime() + usualWaitMs);
  return { kind: 'retry', notBefore, reason: `the push service cannot be reached (${refused})`, scope: 'chat' };
}

/** Seconds or a date (RFC 9110, 10.2.3). */
function waitMs(retryAfter: string | undefined, now: Date): number {
  if (retryAfter === undefined || retryAfter.trim() === '') return usualWaitMs;
  const asked = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now.getTime();
  return Number.isNaN(asked) ? usualWaitMs : Math.min(Math.max(asked, shortestWaitMs), longestWaitMs);
}

/** What fetch wraps once or twice. */
function causesOf(thrown: unknown): object[] {
  const causes: object[] = [];
  for (let cause = thrown; typeof cause === 'object' && cause !== null && causes.length < 5; ) {
    causes.push(cause);
    cause = 'cause' in cause ? cause.cause : undefined;
  }
  return causes;
}
