import type { CommandDefinition } from '../asking.ts';
import { subscriptionsView } from '../subscriptions-view.ts';

/** All that one is subscribed to, with a button to drop each. */
export const subscriptions: CommandDefinition = {
  name: 'subscriptions',
  chinese: ['我的订阅'],
  listed: true,

  answer(asking) {
    const all = asking.subscriber?.subscriptions ?? [];
    return subscriptionsView(
      asking,
      undefined,
      all,
      all.some(({ kind }) => kind === 'category') ? 'categories' : 'nothing',
    );
  },
};
