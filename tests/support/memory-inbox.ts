import { formatAddress } from '../../src/subscribers/address.ts';
import type { Inbox, InboxItem } from '../../src/subscribers/inbox.ts';

/** An inbox that lives as long as its test. */
export function createMemoryInbox<Message>(): Inbox<Message> {
  const rows = new Map<string, (InboxItem<Message> & { readonly key: string })[]>();
  return {
    async put(address, key, message, at) {
      const items = rows.get(formatAddress(address)) ?? [];
      rows.set(formatAddress(address), items);
      if (!items.some((item) => item.key === key)) items.push({ number: items.length + 1, at, message, key });
    },
    async after(address, number, limit) {
      const items = rows.get(formatAddress(address)) ?? [];
      return items.filter((item) => item.number > number).slice(0, limit);
    },
  };
}
