import type { ChatEvent } from './world.ts';

/** What the bot did, chat by chat, to be read in order by whoever waits for it. */
export interface EventLog {
  add(event: ChatEvent): void;
  /** The next one that was not yet read; rejects if there is none in time. */
  next(chat: number, timeoutMs?: number): Promise<ChatEvent>;
}

export function createEventLog(): EventLog {
  const unread = new Map<number, ChatEvent[]>();
  const readers = new Map<number, ((event: ChatEvent) => void)[]>();
  const of = <T>(map: Map<number, T[]>, chat: number): T[] => {
    const list = map.get(chat) ?? [];
    map.set(chat, list);
    return list;
  };

  return {
    add: (event) => {
      const reader = readers.get(event.message.chat)?.shift();
      if (reader) reader(event);
      else of(unread, event.message.chat).push(event);
    },
    next: (chat, timeoutMs = 15_000) => {
      const event = unread.get(chat)?.shift();
      if (event) return Promise.resolve(event);
      return new Promise((resolve, reject) => {
        const reader = (found: ChatEvent) => {
          clearTimeout(timer);
          resolve(found);
        };
        const timer = setTimeout(() => {
          const waiting = of(readers, chat);
          waiting.splice(waiting.indexOf(reader), 1);
          reject(new Error(`the bot did nothing in chat ${chat} within ${timeoutMs} ms`));
        }, timeoutMs);
        of(readers, chat).push(reader);
      });
    },
  };
}
