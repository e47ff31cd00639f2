import type { Log } from '../kernel/log.ts';
import { formatAddress } from '../subscribers/address.ts';
import type { ClaimedDelivery } from './outbox.ts';
import type { Transition } from './retry.ts';

/** Says in the log what became of a delivery, as loud as it matters to an operator. */
export function reportTransition(log: Log, delivery: ClaimedDelivery, transition: Transition): void {
  const facts = { delivery: delivery.id, address: formatAddress(delivery.address) };
  switch (transition.kind) {
    case 'sent':
      log.debug(facts, 'delivered');
      break;
    case 'again':
      log.info({ ...facts, reason: transition.reason, notBefore: transition.notBefore }, 'delivery put off');
      break;
    case 'moved':
      log.info({ ...facts, to: formatAddress(transition.to) }, 'the chat has moved');
      break;
    case 'gone':
      log.info({ ...facts, reason: transition.reason }, 'nobody is there any more; the subscriber is suspended');
      break;
    case 'unknown':
    case 'dead':
      log.warn({ ...facts, reason: transition.reason }, `delivery ended as ${transition.kind}`);
      break;
    case 'postponed':
      break;
  }
}
