import type { Deliverer } from '../../announce/deliverer.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Message } from '../../message/message.ts';
import type { Address } from '../../subscribers/address.ts';
import type { Inbox } from '../../subscribers/inbox.ts';
import { outcomeOfFailure } from './outcome-of.ts';

/**
 * Delivered means kept: the page takes the message from the inbox at once if it is open, else when it
 * is next opened. The delivery's id keeps a repeat from being shown twice.
 */
export function createWebDeliverer(parts: {
  readonly inbox: Inbox<Message>;
  readonly clock: Clock;
  /** Called after a message for the address has been kept. */
  readonly kept: (address: Address) => void;
}): Deliverer {
  const { inbox, clock, kept } = parts;
  return {
    channel: 'web',
    pace: {},
    async deliver({ id, address, message }) {
      try {
        await inbox.put(address, id, message, clock.now());
      } catch (thrown) {
        return outcomeOfFailure(thrown, clock.now());
      }
      kept(address);
      return { kind: 'delivered' };
    },
  };
}
