import type { Clock } from '../../kernel/clock.ts';
import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import type { ContactKind, Contacts, ReaderMemories } from '../tencent/reader-memory.ts';

/** WeChat's rule (客服消息): so many messages in so many milliseconds after what the reader did. */
const windows: Readonly<Record<ContactKind, { readonly messages: number; readonly ms: number }>> = {
  message: { messages: 5, ms: 48 * 3_600_000 },
  tap: { messages: 3, ms: 60_000 },
};

/** A window that is about to close may be closed by the time a message arrives. */
const marginMs = 2_000;

/**
 * Whether customer-service messages may go to a reader. A count of ours alone is not to be relied upon (a
 * message of another system counts too): WeChat's refusal closes the window.
 */
export interface PushWindow {
  isOpen(reader: string): Promise<boolean>;
  /** A message went out. */
  used(reader: string): Promise<void>;
  /** WeChat has refused: closed until the reader's next message or tap. */
  close(reader: string): Promise<void>;
}

/** How many messages went out since a contact. */
type Used = Partial<Record<ContactKind, { readonly since: number; readonly messages: number }>>;

/** The short window is used first: what it lets through costs nothing of the long one. */
const kinds: readonly ContactKind[] = ['tap', 'message'];

export function createPushWindow(memories: ReaderMemories, values: KeyValueStore, clock: Clock): PushWindow {
  const keyOf = (reader: string) => `wechat.pushed:${reader}`;
  const usedBy = async (reader: string): Promise<Used> => JSON.parse((await values.get(keyOf(reader))) ?? '{}');

  /** The windows that are open and have room. */
  const open = (contacts: Contacts, used: Used): ContactKind[] =>
    kinds.filter((kind) => {
      const since = contacts[kind];
      if (since === undefined || clock.now().getTime() >= since + windows[kind].ms - marginMs) return false;
      return messagesSince(used, kind, since) < windows[kind].messages;
    });

  const add = async (
    reader: string,
    some: (open: readonly ContactKind[]) => readonly ContactKind[],
    messages: number,
  ) => {
    const [{ contacts }, used] = await Promise.all([memories.recall(reader), usedBy(reader)]);
    const changed = { ...used };
    for (const kind of some(open(contacts, used))) {
      const since = contacts[kind] ?? 0;
      changed[kind] = { since, messages: messagesSince(used, kind, since) + messages };
    }
    await values.put(keyOf(reader), JSON.stringify(changed), new Date(clock.now().getTime() + windows.message.ms));
  };

  return {
    async isOpen(reader) {
      const [{ contacts }, used] = await Promise.all([memories.recall(reader), usedBy(reader)]);
      return open(contacts, used).length > 0;
    },
    used: (reader) => add(reader, (open) => open.slice(0, 1), 1),
    close: (reader) => add(reader, (open) => open, windows.message.messages),
  };
}

function messagesSince(used: Used, kind: ContactKind, since: number): number {
  const entry = used[kind];
  return entry?.since === since ? entry.messages : 0;
}
