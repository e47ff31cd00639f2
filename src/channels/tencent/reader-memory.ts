import type { Clock } from '../../kernel/clock.ts';
import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import type { Command } from '../../message/command.ts';

/** The list that a reader looks at: what a number, `n` and `p` mean. There are no buttons in these chats. */
export interface ShownList {
  /** Ids of posts by the rank of their cards; over the pages of one list they add up. */
  readonly posts: Readonly<Record<number, string>>;
  /** What a number does where no cards are numbered: the first choice is 1. */
  readonly choices: readonly Command[];
  readonly next?: Command;
  readonly previous?: Command;
}

/** What is remembered of a reader between messages. */
export interface ReaderMemory {
  readonly list?: ShownList;
  /** When the reader last wrote, and last tapped or followed: each opens a window for messages of ours. */
  readonly contacts: Contacts;
}

/** Milliseconds since 1970. */
export type Contacts = Partial<Readonly<Record<ContactKind, number>>>;
export type ContactKind = 'message' | 'tap';

/** Remembers readers over messages, restarts and processes, for two days after their last message. */
export interface ReaderMemories {
  recall(reader: string): Promise<ReaderMemory>;
  keep(reader: string, memory: ReaderMemory): Promise<void>;
  forget(reader: string): Promise<void>;
}

/** As long as a window for messages of ours can be open; privacy-list in the phrases says so to readers. */
const keptMs = 48 * 3_600_000;
/** Changes with the shape of what is kept, so that an older version's is not misread. */
const version = 2;

/** @param prefix Of the keys: the channel's name. */
export function createReaderMemories(prefix: string, values: KeyValueStore, clock: Clock): ReaderMemories {
  const keyOf = (reader: string) => `${prefix}.reader:${reader}`;
  return {
    async recall(reader) {
      const kept = await values.get(keyOf(reader));
      const memory = kept === undefined ? undefined : JSON.parse(kept);
      return memory?.version === version ? memory : { contacts: {} };
    },
    keep: (reader, memory) =>
      values.put(keyOf(reader), JSON.stringify({ version, ...memory }), new Date(clock.now().getTime() + keptMs)),
    forget: (reader) => values.remove(keyOf(reader)),
  };
}
