import type { Message } from '../../message/message.ts';
import { type Subscription, sameSubscription } from '../../subscribers/subscriber.ts';
import type { Asking, CommandDefinition } from '../asking.ts';
import type { CategoryTree } from '../category-tree.ts';
import { changeSubscriptions } from '../change-subscriber.ts';
import { refusalOf } from '../refusal-of.ts';
import { button, buttonInPlace, reply, rowsOf } from '../reply.ts';
import { argumentOf, subscriptionNamed, titleOf } from '../subscription-words.ts';
import { categoryOffers, subscriptionsView } from '../subscriptions-view.ts';

/** What one address may have; each is matched against each new post. */
const mostSubscriptions = 50;

/** `/subscribe only LLM`: in place of everything. */
const only = /^(?:only\s+|只要\s*|只订阅\s*)(?=\S)/iu;

/** To everything at once, to the category of a name, else to a saved query. */
export const subscribe: CommandDefinition = {
  name: 'subscribe',
  chinese: ['订阅'],
  listed: true,

  async answer(asking, { argument }) {
    const { say, shortened, view } = asking;
    const refusal = refusalOf(asking);
    if (refusal) return refusal;
    if (shortened) return reply(say('subscribe-too-long'));

    const { wanted, instead } = wishOf(argument, view.categories());
    const has = (all: readonly Subscription[]) => all.some((one) => sameSubscription(one, wanted));
    const { before, after } = await changeSubscriptions(asking, (current) => {
      const kept = instead ? current.filter(({ kind }) => kind !== 'everything') : current;
      return has(kept) || kept.length >= mostSubscriptions ? kept : [...kept, wanted];
    });

    if (!has(after)) return subscriptionsView(asking, say('subscribe-too-many', { count: mostSubscriptions }), after);
    if (wanted.kind === 'everything') return everythingAnswer(asking, has(before), after);
    return narrowAnswer(asking, wanted, has(before) && before.length === after.length, after);
  },
};

/** What is wanted, and whether in place of everything. A category may itself be named “Only …”. */
function wishOf(words: string, tree: CategoryTree): { readonly wanted: Subscription; readonly instead: boolean } {
  const literal = subscriptionNamed(words, tree);
  if (literal.kind !== 'query' || !only.test(words)) return { wanted: literal, instead: false };
  const wanted = subscriptionNamed(words.replace(only, ''), tree);
  return { wanted, instead: wanted.kind !== 'everything' };
}

function everythingAnswer(asking: Asking, already: boolean, subscriptions: readonly Subscription[]): Message {
  const { say } = asking;
  const offers = categoryOffers(asking, subscriptions);
  const lines = [
    say(already ? 'subscribe-everything-already' : 'subscribe-everything-done'),
    ...(offers.length > 0 ? [say('subscribe-narrow-hint')] : []),
  ];
  return reply(lines.join('\n'), {
    actions: [...rowsOf(offers), [button(say('button-subscriptions'), 'subscriptions')]],
  });
}

function narrowAnswer(
  asking: Asking,
  wanted: Subscription,
  already: boolean,
  subscriptions: readonly Subscription[],
): Message {
  const { say } = asking;
  const subscription = titleOf(wanted, say);
  const lead = say(already ? 'subscribe-already' : 'subscribe-done', { subscription });

  if (subscriptions.some(({ kind }) => kind === 'everything')) {
    const instead = buttonInPlace(say('button-only', { subscription }), 'subscribe', `only ${argumentOf(wanted)}`);
    return reply(`${lead}\n${say('subscribe-everything-too', { subscription })}`, {
      actions: [[instead], [button(say('button-subscriptions'), 'subscriptions')]],
    });
  }
  const found = wanted.kind === 'query' ? countOf(asking, wanted.query) : 0;
  const preview = found > 0 ? [say('subscribe-found-now', { count: found })] : [];
  return subscriptionsView(
    asking,
    [lead, ...preview].join('\n'),
    subscriptions,
    wanted.kind === 'category' ? 'categories' : 'nothing',
  );
}

function countOf({ index }: Asking, text: string): number {
  const { total, nearest } = index.search({ text, limit: 1, offset: 0 });
  return nearest ? 0 : total;
}
