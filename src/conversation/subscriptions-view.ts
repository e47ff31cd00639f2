import type { Action, Message } from '../message/message.ts';
import { type Subscription, sameSubscription } from '../subscribers/subscriber.ts';
import type { Asking } from './asking.ts';
import type { Category } from './category-tree.ts';
import { button, buttonInPlace, reply, rowsOf } from './reply.ts';
import { argumentOf, titleOf } from './subscription-words.ts';

/** How many categories are offered at once beside what one has; `/categories` shows the rest. */
const offeredCategories = 8;

/**
 * What whoever asks is subscribed to, under a sentence that says what just happened, with a button to drop
 * each in place; a button to add each category where `offer` says so.
 */
export function subscriptionsView(
  asking: Asking,
  happened: string | undefined,
  subscriptions: readonly Subscription[],
  offer: 'categories' | 'nothing' = 'nothing',
): Message {
  const { say } = asking;
  if (subscriptions.length === 0) {
    const start = [
      button(say('button-subscribe-everything'), 'subscribe'),
      button(say('button-categories'), 'categories'),
    ];
    return reply(happened ?? say('subscriptions-none'), { actions: [start] });
  }
  // Where there are no buttons, numbers are what chooses.
  const mark = (at: number) => (asking.incoming.bareWords ? '·' : `${at + 1}.`);
  const list = [say('subscriptions-list'), ...subscriptions.map((one, at) => `${mark(at)} ${titleOf(one, say)}`)].join(
    '\n',
  );
  const drops = subscriptions.map((one) =>
    buttonInPlace(say('button-drop', { subscription: titleOf(one, say) }), 'unsubscribe', argumentOf(one)),
  );
  const offers = offer === 'categories' ? categoryOffers(asking, subscriptions) : [];
  const all = subscriptions.length > 1 ? [[buttonInPlace(say('button-drop-all'), 'unsubscribe')]] : [];
  return reply(happened === undefined ? list : `${happened}\n\n${list}`, {
    actions: [...rowsOf(drops), ...rowsOf(offers), ...all],
  });
}

/**
 * A button for each of the first categories that one does not have yet; while one gets everything, choosing a
 * category takes its place.
 */
export function categoryOffers({ say, view }: Asking, subscriptions: readonly Subscription[]): Action[] {
  const everything = subscriptions.some(({ kind }) => kind === 'everything');
  const label = (category: Category) =>
    say(everything ? 'button-only-category' : 'button-add-category', { category: category.title });
  return view
    .categories()
    .top.filter(({ name }) => !subscriptions.some((one) => sameSubscription(one, { kind: 'category', category: name })))
    .slice(0, offeredCategories)
    .map((category) =>
      buttonInPlace(label(category), 'subscribe', everything ? `only ${category.name}` : category.name),
    );
}
