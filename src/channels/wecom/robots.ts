import { createHash } from 'node:crypto';
import type { Address } from '../../subscribers/address.ts';
import type { SubscriberBook } from '../../subscribers/subscriber-book.ts';

/**
 * Group robots are subscribers to everything, whose address is a digest: a robot's webhook is a secret, and
 * addresses are seen in logs, exports and the database.
 */
export interface Robots {
  isRobot(address: Address): boolean;
  /** Where the robot of an address is reached; undefined if it is no longer configured. */
  webhookOf(address: Address): string | undefined;
  /** Puts them into the book, and brings back those that were suspended. */
  enrol(book: SubscriberBook, now: Date): Promise<void>;
}

const prefix = 'robot:';

/** @param webhooks As WeCom shows them, `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…`. */
export function createRobots(webhooks: readonly string[]): Robots {
  const byChat = new Map(webhooks.map((webhook) => [chatOf(webhook), webhook]));
  return {
    isRobot: ({ chat }) => chat.startsWith(prefix),
    webhookOf: ({ chat }) => byChat.get(chat),
    async enrol(book, now) {
      for (const chat of byChat.keys()) {
        const address: Address = { channel: 'wecom', chat };
        await book.change(address, (current) =>
          current
            ? { ...current, state: 'active' }
            : { address, subscriptions: [{ kind: 'everything' }], state: 'active', since: now },
        );
      }
    },
  };
}

function chatOf(webhook: string): string {
  return prefix + createHash('sha256').update(webhook).digest('base64url').slice(0, 22);
}
