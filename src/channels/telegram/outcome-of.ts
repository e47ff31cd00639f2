import type { DeliveryOutcome } from '../../announce/deliverer.ts';
import type { Address } from '../../subscribers/address.ts';
import { type Failure, failureOf } from './failure-of.ts';

/** How long to leave a server alone that is out of order, or refuses our token. */
const outOfOrderMs = 2_000;
const unauthorizedMs = 60_000;

/**
 * How an attempt to send to an address ended that threw.
 *
 * @throws what was thrown, if it is a defect of ours
 */
export function outcomeOf(thrown: unknown, address: Address, now: Date): DeliveryOutcome {
  const failure = failureOf(thrown);
  if (!failure) throw thrown;
  return outcomeOfFailure(failure, address, now);
}

function outcomeOfFailure(failure: Failure, { channel }: Address, now: Date): DeliveryOutcome {
  const { reason } = failure;
  const later = (ms: number) => new Date(now.getTime() + ms);
  switch (failure.kind) {
    // Telegram counts by chat and over all; which one it was, it does not say. A chat that is asked to wait
    // lets the others go on, and if it is about all of us, the next one is told so too.
    case 'too-fast':
      return { kind: 'retry', notBefore: later(failure.seconds * 1000), reason, scope: 'chat' };
    case 'not-taken':
      return { kind: 'retry', notBefore: later(outOfOrderMs), reason, scope: 'channel' };
    case 'unauthorized':
    case 'conflict':
      return { kind: 'retry', notBefore: later(unauthorizedMs), reason, scope: 'channel' };
    case 'moved':
      return { kind: 'moved', to: { channel, chat: failure.to } };
    case 'gone':
      return { kind: 'gone', reason };
    case 'unanswered':
      return { kind: 'unknown', reason };
    case 'unchanged':
    case 'uneditable':
    case 'rejected':
      return { kind: 'rejected', reason };
  }
}
