import type { Deliverer, DeliveryOutcome } from './deliverer.ts';

/**
 * Takes secrets out of the reasons that a platform gives: they are kept in the ledger and shown to admins, and a
 * platform may repeat in them what it was sent.
 */
export function discreetDeliverer(deliverer: Deliverer, hide: (text: string) => string): Deliverer {
  const discreet = (outcome: DeliveryOutcome): DeliveryOutcome =>
    'reason' in outcome ? { ...outcome, reason: hide(outcome.reason) } : outcome;
  const { edit } = deliverer;
  return {
    ...deliverer,
    deliver: async (delivery, signal) => discreet(await deliverer.deliver(delivery, signal)),
    ...(edit && { edit: async (change, signal) => discreet(await edit(change, signal)) }),
  };
}
