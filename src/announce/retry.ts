import type { Address } from '../subscribers/address.ts';
import type { DeliveryOutcome } from './deliverer.ts';

/** What has become of a delivery so far. */
export interface DeliveryHistory {
  /** Attempts begun before this one. */
  readonly attempts: number;
  /** Attempts whose answer was lost. */
  readonly unknowns: number;
  /** Whether the chat has already moved under this delivery. */
  readonly moved: boolean;
  /** Whether the platform has refused it as malformed, so that it goes as plain text. */
  readonly plain: boolean;
}

/** What becomes of a delivery after an attempt. */
export type Transition =
  | { readonly kind: 'sent'; readonly messageId?: string }
  /** To be attempted again. */
  | {
      readonly kind: 'again';
      readonly notBefore: Date;
      readonly reason: string;
      /** Whether the attempt may have arrived after all. */
      readonly lost: boolean;
      /** Whether it goes as plain text from now on. */
      readonly plain: boolean;
      /** Who else waits as long: the whole chat or the whole channel. */
      readonly pause?: { readonly scope: 'chat' | 'channel'; readonly until: Date };
    }
  /** It was not attempted: the subscriber does not want to hear now. It joins what waits in the same bundle. */
  | { readonly kind: 'postponed'; readonly notBefore: Date; readonly bundle?: string }
  /** The answer was lost once too often; it stays unknown. */
  | { readonly kind: 'unknown'; readonly reason: string }
  /** It failed for good. */
  | { readonly kind: 'dead'; readonly reason: string }
  /** Nobody is there: the subscriber is suspended, and all that waits for the address is dropped. */
  | { readonly kind: 'gone'; readonly reason: string }
  /** The chat lives elsewhere: subscribers and open deliveries follow, and this one is attempted there. */
  | { readonly kind: 'moved'; readonly to: Address };

/** How stubborn we are. */
export interface RetryPolicy {
  /** How often a message is repeated although an attempt may have arrived: 0 or 1. */
  readonly blindRepeats: 0 | 1;
  /** Attempts until a delivery that the platform keeps putting off is given up. */
  readonly attempts: number;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/**
 * Decides what an outcome means for a delivery. Pure.
 *
 * Only a platform that certainly did not take the message is asked again without limit of repeats; an answer
 * that was lost allows `blindRepeats` more attempts, so that a reader sees a post twice at the very most.
 */
export function afterOutcome(
  outcome: DeliveryOutcome,
  history: DeliveryHistory,
  now: Date,
  policy: RetryPolicy,
): Transition {
  switch (outcome.kind) {
    case 'delivered':
      return { kind: 'sent', ...(outcome.messageId !== undefined && { messageId: outcome.messageId }) };
    case 'retry': {
      if (history.attempts + 1 >= policy.attempts) {
        return { kind: 'dead', reason: `given up after ${history.attempts + 1} attempts: ${outcome.reason}` };
      }
      const wait = later(outcome.notBefore, new Date(now.getTime() + backoffMs(history.attempts)));
      return {
        kind: 'again',
        notBefore: wait,
        reason: outcome.reason,
        lost: false,
        plain: history.plain,
        ...(outcome.notBefore > now && { pause: { scope: outcome.scope, until: outcome.notBefore } }),
      };
    }
    case 'unknown': {
      if (history.unknowns >= policy.blindRepeats) return { kind: 'unknown', reason: outcome.reason };
      const notBefore = new Date(now.getTime() + backoffMs(history.attempts));
      return { kind: 'again', notBefore, reason: outcome.reason, lost: true, plain: history.plain };
    }
    case 'rejected':
      return history.plain
        ? { kind: 'dead', reason: outcome.reason }
        : { kind: 'again', notBefore: now, reason: outcome.reason, lost: false, plain: true };
    case 'moved':
      return history.moved ? { kind: 'dead', reason: 'the chat moved twice' } : { kind: 'moved', to: outcome.to };
    case 'gone':
      return { kind: 'gone', reason: outcome.reason };
  }
}

/** A message that could not be corrected so often stays as it is. */
const CORRECTION_ATTEMPTS = 10;

/** When to try a correction again; undefined if it is done with, one way or the other. Doing it twice harms nobody. */
export function afterCorrection(
  outcome: DeliveryOutcome,
  attempts: number,
  now: Date,
): { readonly notBefore: Date } | undefined {
  const open = outcome.kind === 'retry' || outcome.kind === 'unknown';
  if (!open || attempts + 1 >= CORRECTION_ATTEMPTS) return undefined;
  const notBefore = new Date(now.getTime() + backoffMs(attempts));
  return { notBefore: outcome.kind === 'retry' ? later(outcome.notBefore, notBefore) : notBefore };
}

/** Doubles from a second to a quarter of an hour. */
function backoffMs(attempts: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts, 20));
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}
