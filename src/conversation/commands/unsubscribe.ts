import type { Subscription } from '../../subscribers/subscriber.ts';
import type { CommandDefinition } from '../asking.ts';
import { changeSubscriptions } from '../change-subscriber.ts';
import { refusalOf } from '../refusal-of.ts';
import { meansEverything, subscriptionMeant, titleOf } from '../subscription-words.ts';
import { subscriptionsView } from '../subscriptions-view.ts';

/** From all there is, or from the one subscription that is named. */
export const unsubscribe: CommandDefinition = {
  name: 'unsubscribe',
  chinese: ['退订'],
  listed: true,

  async answer(asking, { argument }) {
    const { say, view } = asking;
    const refusal = refusalOf(asking);
    if (refusal) return refusal;

    let dropped: Subscription | undefined;
    const { before, after } = await changeSubscriptions(asking, (current) => {
      if (meansEverything(argument)) return [];
      dropped = subscriptionMeant(argument, current, view.categories());
      return current.filter((one) => one !== dropped);
    });

    if (before.length === 0) return subscriptionsView(asking, say('unsubscribe-nothing'), after);
    if (meansEverything(argument)) return subscriptionsView(asking, say('unsubscribe-all-done'), after);
    if (!dropped) return subscriptionsView(asking, say('unsubscribe-unknown', { words: argument }), after);
    const done = say('unsubscribe-done', { subscription: titleOf(dropped, say) });
    return subscriptionsView(asking, after.length > 0 ? done : `${done}\n${say('subscriptions-none-left')}`, after);
  },
};
