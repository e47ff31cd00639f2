import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Subscription } from '../../subscribers/subscriber.ts';
import type { Words } from '../words/words.ts';
import { type Library, UnknownPersonError } from './library.ts';
import type { Telegram } from './telegram.ts';

/** What one subscribes to, and how that is changed. */
export interface Subscribing {
  readonly subscriptions: readonly Subscription[];
  has(subscription: Subscription): boolean;
  toggle(subscription: Subscription): void;
  /** What is to be said to the reader just now. */
  readonly said: string;
}

const saidForMs = 4_000;

/** Undefined where nobody vouches for who this is. */
export function useSubscriptions(
  library: Library,
  telegram: Telegram | undefined,
  words: Words,
): Subscribing | undefined {
  const [subscriptions, setSubscriptions] = useState<readonly Subscription[]>([]);
  const [said, setSaid] = useState('');
  const nobody = telegram?.initData === '';

  useEffect(() => {
    if (!nobody) void library.subscriptions().then(setSubscriptions, () => {});
  }, [library, nobody]);
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), saidForMs);
    return () => clearTimeout(timer);
  }, [said]);

  const has = (subscription: Subscription) => subscriptions.some((one) => isSame(one, subscription));
  const toggle = useCallback(
    async (subscription: Subscription, wanted: boolean) => {
      telegram?.tap();
      if (wanted) telegram?.askToWrite();
      try {
        const changed = await library.change(subscription, wanted);
        setSubscriptions(changed.subscriptions);
        // The first line; what follows are hints for a chat.
        setSaid(changed.said.split('\n')[0] ?? '');
      } catch (thrown) {
        setSaid(thrown instanceof UnknownPersonError ? words.app.openAgain : words.faults.server);
      }
    },
    [library, telegram, words],
  );
  if (nobody) return undefined;
  return { subscriptions, has, said, toggle: (one) => void toggle(one, !has(one)) };
}

function isSame(one: Subscription, other: Subscription): boolean {
  return keyOf(one) === keyOf(other);
}

/** As the server compares them: saved queries without regard to case and white space. */
function keyOf(subscription: Subscription): string {
  if (subscription.kind === 'category') return `category ${subscription.category}`;
  if (subscription.kind === 'everything') return 'everything';
  return `query ${subscription.query.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()}`;
}
