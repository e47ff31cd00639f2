import type { Deliverer } from '../announce/deliverer.ts';
import type { Clock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/errors.ts';
import type { Message } from '../message/message.ts';
import type { Address, ChannelName } from '../subscribers/address.ts';
import type { Inbox } from '../subscribers/inbox.ts';

const retryAfterMs = 5_000;

/**
 * For channels whose readers come and fetch: delivered means kept. The reader gets the message at once if they
 * are there, else when they come. The delivery's id keeps a repeat from being shown twice, so that trying
 * again is right even if a failed attempt did get through.
 */
export function createInboxDeliverer(parts: {
  readonly channel: ChannelName;
  readonly inbox: Inbox<Message>;
  readonly clock: Clock;
  /** Called after a message for the address has been kept. */
  readonly kept?: (address: Address) => void;
}): Deliverer {
  const { channel, inbox, clock, kept } = parts;
  return {
    channel,
    pace: {},
    async deliver({ id, address, message }) {
      try {
        await inbox.put(address, id, message, clock.now());
      } catch (thrown) {
        return {
          kind: 'retry',
          notBefore: new Date(clock.now().getTime() + retryAfterMs),
          reason: `the inbox failed: ${messageOf(thrown)}`,
          scope: 'channel',
        };
      }
      kept?.(address);
      return { kind: 'delivered' };
    },
  };
}
