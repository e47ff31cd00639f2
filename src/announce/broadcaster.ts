import type { Clock } from '../kernel/clock.ts';
import type { KeyValueStore } from '../kernel/key-value-store.ts';
import type { Subscriber } from '../subscribers/subscriber.ts';
import type { SubscriberBook } from '../subscribers/subscriber-book.ts';
import type { Broadcast, Outbox } from './outbox.ts';
import { scheduleFor } from './timing.ts';

export interface BroadcasterOptions {
  readonly outbox: Outbox;
  readonly book: SubscriberBook;
  /** Keeps drafts, under `announce.draft.`. */
  readonly values: KeyValueStore;
  readonly clock: Clock;
  /** For subscribers who have not chosen one; an IANA name. */
  readonly timezone: string;
  /** A name that no other draft has, of at most 40 characters. */
  readonly makeId: () => string;
}

/** Words of an admin to all subscribers: written first, looked at, and then sent. */
export interface Broadcaster {
  /** Keeps the words for an hour; their name, and how many would get them now. */
  draft(words: string): Promise<{ readonly id: string; readonly audience: number }>;
  /**
   * Plans the delivery to everyone who subscribes to anything; how many there are. Undefined if there is no such
   * draft (any more). A repeat sends nothing again.
   */
  send(id: string): Promise<number | undefined>;
}

const DRAFT_MS = 60 * 60_000;

export function createBroadcaster(options: BroadcasterOptions): Broadcaster {
  const { outbox, book, values, clock, timezone, makeId } = options;
  const keyOf = (id: string) => `announce.draft.${id}`;

  async function audience(): Promise<Subscriber[]> {
    const found: Subscriber[] = [];
    for await (const subscriber of book.all()) if (hears(subscriber)) found.push(subscriber);
    return found;
  }

  return {
    async draft(words) {
      const id = makeId();
      await values.put(keyOf(id), words, new Date(clock.now().getTime() + DRAFT_MS));
      return { id, audience: (await audience()).length };
    },

    async send(id) {
      const words = await values.get(keyOf(id));
      if (words === undefined) return undefined;
      const at = clock.now();
      const deliveries = (await audience()).map((subscriber) => plannedFor(subscriber, at, timezone));
      return outbox.broadcast({ id, words, at, deliveries });
    },
  };
}

/** Whoever subscribes to something wants to hear from the author, and can be reached. */
function hears({ state, subscriptions }: Subscriber): boolean {
  return state === 'active' && subscriptions.length > 0;
}

/** Quiet hours and pauses hold; digests gather posts, which this is none of. */
function plannedFor({ address, settings }: Subscriber, now: Date, timezone: string): Broadcast['deliveries'][number] {
  const notBefore = scheduleFor(settings && { ...settings, when: { kind: 'at-once' } }, now, timezone);
  return notBefore ? { address, notBefore } : { address };
}
