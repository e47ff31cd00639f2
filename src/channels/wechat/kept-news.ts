import type { Clock } from '../../kernel/clock.ts';
import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import type { Message } from '../../message/message.ts';
import type { Address } from '../../subscribers/address.ts';
import type { Inbox, InboxItem } from '../../subscribers/inbox.ts';

/** More than this wait for the answer after the next. */
const mostItems = 20;
/** Answers that were begun before something was given, and know nothing of it, are done by then. */
const givingMs = 60_000;

/** Announcements that could not be pushed and wait for their reader's next message. */
export interface KeptNews {
  put(address: Address, key: string, message: Message, at: Date): Promise<void>;
  /** What was kept and not given yet, oldest first. */
  waiting(address: Address): Promise<readonly InboxItem<Message>[]>;
  /** Gives these, up to that number; false where another answer to the reader gives them at this moment. */
  give(address: Address, items: readonly InboxItem<Message>[], upTo: number): Promise<boolean>;
  /** They were given to nobody, and wait again. */
  takeBack(address: Address, items: readonly InboxItem<Message>[]): Promise<void>;
  /** The reader is forgotten altogether, and their announcements with them. */
  forget(address: Address): Promise<void>;
}

export function createKeptNews(inbox: Inbox<Message>, values: KeyValueStore, clock: Clock): KeptNews {
  const keyOf = ({ chat }: Address) => `wechat.given:${chat}`;
  /** Of the answer that gives what begins with this item. */
  const claimOf = ({ chat }: Address, [first]: readonly InboxItem<Message>[]) =>
    `wechat.giving:${chat}:${first?.number}`;
  return {
    put: (address, key, message, at) => inbox.put(address, key, message, at),
    async waiting(address) {
      const given = Number((await values.get(keyOf(address))) ?? 0);
      return inbox.after(address, given, mostItems);
    },
    async give(address, items, upTo) {
      const until = new Date(clock.now().getTime() + givingMs);
      if (!(await values.putIfAbsent(claimOf(address, items), '', until))) return false;
      await values.put(keyOf(address), String(upTo));
      return true;
    },
    async takeBack(address, items) {
      const [first] = items;
      if (first) await values.put(keyOf(address), String(first.number - 1));
      await values.remove(claimOf(address, items));
    },
    forget: (address) => values.remove(keyOf(address)),
  };
}
