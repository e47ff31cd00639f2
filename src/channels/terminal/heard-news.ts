import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import type { Message } from '../../message/message.ts';
import { type Address, formatAddress } from '../../subscribers/address.ts';
import type { Inbox } from '../../subscribers/inbox.ts';

/** So many are shown at a time, after a long absence. */
const mostAtOnce = 10;

/** What waits for a reader of the terminal, and how far they have heard it. */
export interface HeardNews {
  /** What came since the last call, oldest first; each message once, also over restarts. */
  next(): Promise<readonly Message[]>;
}

export function createHeardNews(address: Address, inbox: Inbox<Message>, values: KeyValueStore): HeardNews {
  const key = `terminal.heard.${formatAddress(address)}`;
  return {
    async next() {
      const heard = Number((await values.get(key)) ?? 0);
      const items = await inbox.after(address, heard, mostAtOnce);
      const last = items.at(-1);
      if (last) await values.put(key, String(last.number));
      return items.map(({ message }) => message);
    },
  };
}
