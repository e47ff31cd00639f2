import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import type { Message } from '../../message/message.ts';
import type { Address } from '../../subscribers/address.ts';
import type { Inbox, InboxItem } from '../../subscribers/inbox.ts';

/** More than this wait for the answer after the next. */
const mostItems = 20;

/** Announcements that could not be pushed and wait for their reader's next message. */
export interface KeptNews {
  put(address: Address, key: string, message: Message, at: Date): Promise<void>;
  /** What was kept and not given yet, oldest first. */
  waiting(address: Address): Promise<readonly InboxItem<Message>[]>;
  /** Everything up to this number was given. */
  given(address: Address, number: number): Promise<void>;
  /** The reader is forgotten altogether, and their announcements with them. */
  forget(address: Address): Promise<void>;
}

export function createKeptNews(inbox: Inbox<Message>, values: KeyValueStore): KeptNews {
  const keyOf = ({ chat }: Address) => `wechat.given:${chat}`;
  return {
    put: (address, key, message, at) => inbox.put(address, key, message, at),
    async waiting(address) {
      const given = Number((await values.get(keyOf(address))) ?? 0);
      return inbox.after(address, given, mostItems);
    },
    given: (address, number) => values.put(keyOf(address), String(number)),
    forget: (address) => values.remove(keyOf(address)),
  };
}
