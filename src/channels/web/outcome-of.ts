import type { DeliveryOutcome } from '../../announce/deliverer.ts';
import { messageOf } from '../../kernel/errors.ts';

const retryAfterMs = 5_000;

/**
 * The inbox could not take a message. Keeping one is idempotent by the delivery's id, so that trying
 * again is right even if the first attempt did get through.
 */
export function outcomeOfFailure(thrown: unknown, now: Date): DeliveryOutcome {
  return {
    kind: 'retry',
    notBefore: new Date(now.getTime() + retryAfterMs),
    reason: `the web inbox failed: ${messageOf(thrown)}`,
    scope: 'channel',
  };
}
