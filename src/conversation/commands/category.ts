import type { Action, Message } from '../../message/message.ts';
import { sameSubscription } from '../../subscribers/subscriber.ts';
import type { Asking, CommandDefinition } from '../asking.ts';
import { cardWithin } from '../card-of.ts';
import { categoryListView } from '../category-list-view.ts';
import { type Category, namedCategories } from '../category-tree.ts';
import { findByName } from '../find-by-name.ts';
import { cardsPerPageOf, sliceOf, waysThrough } from '../paging.ts';
import { button, buttonInPlace, reply, rowsOf } from '../reply.ts';

/** How many categories are offered where the words fit several, or beneath one; the rest is reached by name. */
const mostOffers = 30;

/** The posts of one category, in the catalog's order; without a name, all categories. */
export const category: CommandDefinition = {
  name: 'category',
  chinese: ['分类'],
  listed: false,

  answer(asking, command) {
    const { say, view } = asking;
    const words = command.argument;
    if (!words) return categoryListView(asking, command);

    const meant = findByName(namedCategories(view.categories()), words);
    if (meant.kind === 'found') return postsOf(asking, meant.item, command.page);
    if (meant.kind === 'several') {
      return reply(say('category-several', { words }), {
        actions: openers(meant.items),
        ...moreOf(asking, meant.items),
      });
    }
    const ways = [
      button(say('button-categories'), 'categories'),
      button(say('button-search', { query: words }), 'search', words),
    ];
    return reply(say('category-unknown', { words }), { actions: rowsOf(ways) });
  },
};

function postsOf(asking: Asking, { name, title, posts, children }: Category, index: number): Message {
  const { say } = asking;
  const size = cardsPerPageOf(asking);
  const { offset, page } = sliceOf({ name: 'category', argument: name, page: index }, posts.length, size);
  return reply(say('category-lead', { category: title, count: posts.length }), {
    cards: posts.slice(offset, offset + size).map((post) => cardWithin(name, post)),
    introduces: true,
    firstRank: offset + 1,
    actions: [
      ...openers(children, leafOf),
      [...follow(asking, name), buttonInPlace(say('button-categories'), 'categories')],
    ],
    ...moreOf(asking, children),
    ...waysThrough(asking, { name: 'category', argument: name }, { page, total: posts.length }),
  });
}

/** Buttons that open categories. */
function openers(categories: readonly Category[], labelOf = (title: string) => title): Action[][] {
  return rowsOf(
    categories.slice(0, mostOffers).map(({ name, title }) => buttonInPlace(labelOf(title), 'category', name)),
  );
}

/** Of `A / B` the `B`: beneath A it need not be said again. */
function leafOf(title: string): string {
  return title.split(' / ').at(-1) || title;
}

function moreOf({ say }: Asking, { length }: readonly Category[]): { readonly footer?: string } {
  return length > mostOffers ? { footer: say('category-more', { count: length - mostOffers }) } : {};
}

/** Offers to subscribe, to those who may say so and are not subscribed yet. */
function follow({ incoming, say, subscriber }: Asking, name: string): Action[] {
  const subscribed = subscriber?.subscriptions.some((one) =>
    sameSubscription(one, { kind: 'category', category: name }),
  );
  return incoming.mayManage && !subscribed ? [button(say('button-follow-category'), 'subscribe', name)] : [];
}
