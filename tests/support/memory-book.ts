import { type Address, formatAddress } from '../../src/subscribers/address.ts';
import { type Subscriber, sameSubscription } from '../../src/subscribers/subscriber.ts';
import type { SubscriberBook } from '../../src/subscribers/subscriber-book.ts';

/** A book of subscribers that lives as long as its test. */
export function createMemoryBook(subscribers: readonly Subscriber[] = []): SubscriberBook {
  const rows = new Map(subscribers.map((one) => [formatAddress(one.address), one]));

  return {
    async find(address) {
      return rows.get(formatAddress(address));
    },
    async change(address, change) {
      const key = formatAddress(address);
      const changed = change(rows.get(key));
      if (changed) rows.set(key, changed);
      else rows.delete(key);
    },
    async remove(address) {
      rows.delete(formatAddress(address));
    },
    async move(from, to) {
      for (const one of [...rows.values()]) {
        const { channel, chat, topic } = one.address;
        if (channel !== from.channel || chat !== from.chat) continue;
        const address: Address = topic === undefined ? to : { ...to, topic };
        const there = rows.get(formatAddress(address));
        rows.delete(formatAddress(one.address));
        rows.set(formatAddress(address), there ? merge(there, one) : { ...one, address });
      }
    },
    async *all() {
      yield* [...rows.values()];
    },
  };
}

function merge(there: Subscriber, coming: Subscriber): Subscriber {
  const more = coming.subscriptions.filter((one) => !there.subscriptions.some((other) => sameSubscription(one, other)));
  return { ...there, subscriptions: [...there.subscriptions, ...more] };
}
