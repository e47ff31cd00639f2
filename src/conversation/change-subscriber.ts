import type { Subscriber, Subscription } from '../subscribers/subscriber.ts';
import type { Asking } from './asking.ts';

/** The subscriptions of whoever asks, before and after a change. */
export interface Changed {
  readonly before: readonly Subscription[];
  readonly after: readonly Subscription[];
}

/**
 * Changes what whoever asks is subscribed to, in one transaction. One without any subscription left is kept
 * only for the sake of settings.
 */
export async function changeSubscriptions(
  asking: Asking,
  change: (current: readonly Subscription[]) => readonly Subscription[],
): Promise<Changed> {
  let changed: Changed = { before: [], after: [] };
  await asking.book.change(asking.incoming.address, (current) => {
    const before = current?.subscriptions ?? [];
    const after = change(before);
    changed = { before, after };
    if (after.length === 0 && !current?.settings) return undefined;
    return { ...(current ?? newcomer(asking)), subscriptions: after, state: 'active' };
  });
  return changed;
}

/** Changes how and when whoever asks hears, in one transaction; gives what is there now. */
export async function changeSettings(asking: Asking, change: (current: Subscriber) => Subscriber): Promise<Subscriber> {
  let changed = newcomer(asking);
  await asking.book.change(asking.incoming.address, (current) => {
    changed = { ...change(current ?? newcomer(asking)), state: 'active' };
    return changed;
  });
  return changed;
}

/** Somebody is entered with the language that they were answered in. */
function newcomer({ incoming, language, now }: Asking): Subscriber {
  return { address: incoming.address, subscriptions: [], language, state: 'active', since: now };
}
