import type { Clock } from '../../kernel/clock.ts';
import type { Message } from '../../message/message.ts';
import type { Address } from '../../subscribers/address.ts';
import type { Inbox, InboxItem } from '../../subscribers/inbox.ts';

/**
 * How long a stream stays silent: proxies cut one after 30 seconds or more. Each silence ends with a
 * look into the inbox, where another process may have put something.
 */
const quietMs = 20_000;
const itemsPerRead = 50;

/** Hands what arrives in the inbox to those who listen at the moment. */
export interface AnnouncementStreams {
  /**
   * What came to the address after `number`, then whatever comes; `quiet` for each silence of 20 seconds.
   * Begins anew where the inbox has not come as far as `number`.
   * Ends when the signal aborts or all streams are closed.
   */
  open(address: Address, number: number, signal: AbortSignal): AsyncGenerator<InboxItem<Message> | 'quiet'>;
  /** Something was put for this address: its streams look at once. */
  wake(address: Address): void;
  closeAll(): void;
}

export function createAnnouncementStreams(inbox: Inbox<Message>, clock: Clock): AnnouncementStreams {
  const listeners = new Map<string, Set<() => void>>();
  let closed = false;

  return {
    async *open(address, number, signal) {
      let last = (await stillCounts(inbox, address, number)) ? number : 0;
      let pause = new AbortController();
      const wakeUp = () => pause.abort();
      const others = listeners.get(address.chat) ?? new Set();
      listeners.set(address.chat, others.add(wakeUp));
      signal.addEventListener('abort', wakeUp);
      try {
        while (!signal.aborted && !closed) {
          // Made before the inbox is read, so that what arrives meanwhile cuts the pause short.
          pause = new AbortController();
          const items = await inbox.after(address, last, itemsPerRead);
          for (const item of items) {
            last = item.number;
            yield item;
          }
          if (items.length > 0) continue;
          await clock.sleep(quietMs, pause.signal);
          if (!pause.signal.aborted) yield 'quiet';
        }
      } finally {
        signal.removeEventListener('abort', wakeUp);
        others.delete(wakeUp);
        if (others.size === 0) listeners.delete(address.chat);
      }
    },

    wake(address) {
      for (const wakeUp of listeners.get(address.chat) ?? []) wakeUp();
    },

    closeAll() {
      closed = true;
      for (const wakeUps of listeners.values()) for (const wakeUp of wakeUps) wakeUp();
    },
  };
}

/**
 * Whether the inbox has come as far as the reader. The last message of an address is never dropped for age, so
 * where there is none the address was forgotten, or the database is another: the numbers begin anew.
 */
async function stillCounts(inbox: Inbox<Message>, address: Address, number: number): Promise<boolean> {
  return number > 0 && (await inbox.after(address, number - 1, 1)).length > 0;
}
