import { type Subscription, sameSubscription } from '../subscribers/subscriber.ts';
import { type CategoryTree, namedCategories } from './category-tree.ts';
import { cleanLine, cut, fold } from './clean-text.ts';
import { itemNamed } from './find-by-name.ts';
import type { Say } from './phrases/phrases.ts';

/** What a reader names in `/subscribe …` and `/unsubscribe …` when it is the subscription to everything itself. */
const everythingItself = '*';

/** Characters of a name within a sentence or a list: fifty of them still fit one message. */
const longestTitle = 60;

const everythingWords = new Set(['everything', 'all', '全部', '所有', '一切']);

/** Whether the words mean everything there is. */
export function meansEverything(words: string): boolean {
  return words === '' || everythingWords.has(fold(words));
}

/** What `/subscribe` with these words subscribes to: everything, the category of that name, else a saved query. */
export function subscriptionNamed(words: string, tree: CategoryTree): Subscription {
  if (meansEverything(words) || words === everythingItself) return { kind: 'everything' };
  const category = itemNamed(namedCategories(tree), words);
  return category ? { kind: 'category', category: category.name } : { kind: 'query', query: words };
}

/** The one of `subscriptions` that `/unsubscribe` with these words drops: by its words, else by its number in the list. */
export function subscriptionMeant(
  words: string,
  subscriptions: readonly Subscription[],
  tree: CategoryTree,
): Subscription | undefined {
  const typed = subscriptions.find((one) => fold(argumentOf(one)) === fold(words));
  const named = subscriptions.find((one) => sameSubscription(one, subscriptionNamed(words, tree)));
  const numbered = /^\d{1,3}$/.test(words) ? subscriptions[Number(words) - 1] : undefined;
  return typed ?? named ?? numbered;
}

/** The argument by which a command names this subscription, whatever the language. */
export function argumentOf(subscription: Subscription): string {
  switch (subscription.kind) {
    case 'everything':
      return everythingItself;
    case 'category':
      return subscription.category;
    case 'query':
      return subscription.query;
  }
}

/** How people see it, within a sentence or a list. */
export function titleOf(subscription: Subscription, say: Say): string {
  switch (subscription.kind) {
    case 'everything':
      return say('subscription-everything');
    case 'category':
      return say('subscription-category', { category: cut(cleanLine(subscription.category), longestTitle) });
    case 'query':
      return say('subscription-query', { query: cut(cleanLine(subscription.query), longestTitle) });
  }
}
