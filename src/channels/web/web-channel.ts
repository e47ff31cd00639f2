import type { Deliverer } from '../../announce/deliverer.ts';
import type { Conversation } from '../../conversation/conversation.ts';
import type { Clock } from '../../kernel/clock.ts';
import { whenAborted } from '../../kernel/when-aborted.ts';
import type { Message } from '../../message/message.ts';
import type { Address } from '../../subscribers/address.ts';
import type { Inbox, InboxItem } from '../../subscribers/inbox.ts';
import type { Channel } from '../channel.ts';
import { createInboxDeliverer } from '../inbox-deliverer.ts';
import { createAnnouncementStreams } from './announcement-stream.ts';
import { type CoverPathOf, render } from './render.ts';
import { toIncoming, type WebRequest } from './to-incoming.ts';
import type { WebPush } from './web-push.ts';

/** The chat of the web page: plain functions that the HTTP server mounts, so that no web framework reaches in here. */
export interface WebChannel extends Channel {
  readonly deliverer: Deliverer;
  /** Notifications of browsers; absent where there are none. */
  readonly push?: WebPush;
  /** The answer to what the page sent; undefined while the channel does not run. */
  answer(visitor: Address, request: WebRequest): Promise<Message | undefined>;
  /** Announcements after `number`, then live ones; `quiet` for each silence of 20 seconds. Ends with the channel. */
  announcements(visitor: Address, number: number, signal: AbortSignal): AsyncGenerator<InboxItem<Message> | 'quiet'>;
}

export interface WebChannelParts {
  readonly inbox: Inbox<Message>;
  readonly clock: Clock;
  readonly push?: WebPush;
  readonly coverPathOf?: CoverPathOf;
}

export function createWebChannel({ inbox, clock, push, coverPathOf }: WebChannelParts): WebChannel {
  const streams = createAnnouncementStreams(inbox, clock);
  const kept = createInboxDeliverer({ channel: 'web', inbox, clock, kept: streams.wake });
  const answering = new Set<Promise<Message>>();
  let running: { readonly conversation: Conversation; readonly signal: AbortSignal } | undefined;

  return {
    name: 'web',
    deliverer: push ? notifying(kept, push) : kept,
    ...(push && { push }),

    async run(conversation, signal) {
      running = { conversation, signal };
      await whenAborted(signal);
      running = undefined;
      streams.closeAll();
      await Promise.allSettled(answering);
    },

    trouble: () => (running ? undefined : 'the web chat is not running'),

    async answer(visitor, request) {
      if (!running) return undefined;
      const answer = running.conversation.answer(toIncoming(visitor, request), running.signal);
      answering.add(answer);
      try {
        return render(await answer, coverPathOf);
      } finally {
        answering.delete(answer);
      }
    },

    async *announcements(visitor, number, signal) {
      for await (const item of streams.open(visitor, number, signal)) {
        yield item === 'quiet' ? item : { ...item, message: render(item.message, coverPathOf) };
      }
    },
  };
}

/**
 * First the page has the message, then the browser is notified. Keeping it again is harmless, so that a notification
 * which did not go out is tried again like any other delivery.
 */
function notifying(kept: Deliverer, push: WebPush): Deliverer {
  return {
    ...kept,
    async deliver(delivery, signal) {
      const outcome = await kept.deliver(delivery, signal);
      return outcome.kind === 'delivered' ? push.notify(delivery, signal) : outcome;
    },
  };
}
