import type { Subscription } from '../subscribers/subscriber.ts';
import type { Asking } from './asking.ts';

/** The subscriptions of whoever asks, before and after a change. */
export interface Changed {
  readonly before: readonly Subscription[];
  readonly after: readonly Subscription[];
}

/**
 * Changes what whoever asks is subscribed to, in one transaction. A newcomer is entered with the language they
 * were answered in; one without any subscription left is kept only for the sake of settings.
 */
export async function changeSubscriptions(
  { incoming, book, language, now }: Asking,
  change: (current: readonly Subscription[]) => readonly Subscription[],
): Promise<Changed> {
  let changed: Changed = { before: [], after: [] };
  await book.change(incoming.address, (current) => {
    const before = current?.subscriptions ?? [];
    const after = change(before);
    changed = { before, after };
    if (after.length === 0 && !current?.settings) return undefined;
    return current
      ? { ...current, subscriptions: after, state: 'active' }
      : { address: incoming.address, subscriptions: after, language, state: 'active', since: now };
  });
  return changed;
}
