import type { Deliverer } from '../../announce/deliverer.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Message } from '../../message/message.ts';
import type { Address } from '../../subscribers/address.ts';

/** How long an announcement waits for the terminal to be opened again. */
const retryAfterMs = 60_000;

export interface TerminalDelivererParts {
  readonly address: Address;
  /** Shows a message above the prompt; false while nobody sits there. */
  readonly show: (message: Message) => boolean;
  readonly clock: Clock;
}

/** Announcements that come while someone chats; those that come at other times wait. */
export function createTerminalDeliverer({ address, show, clock }: TerminalDelivererParts): Deliverer {
  return {
    channel: 'terminal',
    pace: {},

    async deliver(delivery) {
      if (delivery.address.chat === address.chat && show(delivery.message)) return { kind: 'delivered' };
      const notBefore = new Date(clock.now().getTime() + retryAfterMs);
      return { kind: 'retry', notBefore, reason: 'nobody sits at the terminal', scope: 'chat' };
    },
  };
}
