import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import type { Card } from '../../message/card.ts';
import type { Command } from '../../message/command.ts';

/** The list that a reader looks at: what a number, `n` and `p` mean. There are no buttons in these chats. */
export interface ShownList {
  /** Cards by rank; over the pages of one list they add up. */
  readonly cards: Readonly<Record<number, Card>>;
  /** What a number does where no cards are numbered: the first choice is 1. */
  readonly choices: readonly Command[];
  readonly next?: Command;
  readonly previous?: Command;
}

/** What is remembered of a reader between messages. */
export interface ReaderMemory {
  readonly list?: ShownList;
  /** The number of the last kept announcement that was given. */
  readonly heard: number;
  /** When the reader last wrote, and last tapped or followed: each opens a window for messages of ours. */
  readonly contacts: Contacts;
}

/** Milliseconds since 1970. */
export type Contacts = Partial<Readonly<Record<ContactKind, number>>>;
export type ContactKind = 'message' | 'tap';

/** Remembers readers over messages, restarts and processes. */
export interface ReaderMemories {
  recall(reader: string): Promise<ReaderMemory>;
  keep(reader: string, memory: ReaderMemory): Promise<void>;
  /** Forgets what a reader did; only what was given already stays, so that a return brings nothing twice. */
  forget(reader: string): Promise<void>;
}

/** Changes with the shape of what is kept, so that an older version's is not misread. */
const version = 1;

/** @param prefix Of the keys: the channel's name. */
export function createReaderMemories(prefix: string, values: KeyValueStore): ReaderMemories {
  const keyOf = (reader: string) => `${prefix}.reader:${reader}`;
  const keep = (reader: string, memory: ReaderMemory) =>
    values.put(keyOf(reader), JSON.stringify({ version, ...memory }));
  const recall = async (reader: string): Promise<ReaderMemory> => {
    const kept = await values.get(keyOf(reader));
    const memory = kept === undefined ? undefined : JSON.parse(kept);
    return memory?.version === version ? memory : { heard: 0, contacts: {} };
  };
  return {
    recall,
    keep,
    async forget(reader) {
      const { heard } = await recall(reader);
      await keep(reader, { heard, contacts: {} });
    },
  };
}
