import type { CategoryDocument } from '../../server/category-list.ts';
import type { SeriesDocument } from '../../server/series-document.ts';
import type { Subscription } from '../../subscribers/subscriber.ts';
import { BellIcon, BellRingingIcon, NextIcon } from '../chat/icons.tsx';
import type { Words } from '../words/words.ts';
import type { Library } from './library.ts';
import { OutOfReach } from './out-of-reach.tsx';
import type { Subscribing } from './subscriptions.ts';
import { useLoaded } from './use-loaded.ts';
import type { View } from './use-trail.ts';

interface RowsProps {
  readonly library: Library;
  readonly words: Words;
  readonly subscribing: Subscribing | undefined;
  readonly open: (view: View) => void;
}

/** A bell that is on or off. */
export function BellToggle({
  subscription,
  name,
  subscribing,
  words,
}: {
  readonly subscription: Subscription;
  /** What one would hear of. */
  readonly name: string;
  readonly subscribing: Subscribing | undefined;
  readonly words: Words;
}) {
  if (!subscribing) return null;
  const on = subscribing.has(subscription);
  return (
    <button
      type="button"
      class={on ? 'bell-toggle notify on' : 'bell-toggle notify'}
      aria-pressed={on}
      aria-label={words.app.subscribeTo(name)}
      onClick={() => subscribing.toggle(subscription)}
    >
      {on ? <BellRingingIcon /> : <BellIcon />}
    </button>
  );
}

export function CategoryRows({ library, words, subscribing, open }: RowsProps) {
  const { value, failed, tryAgain } = useLoaded<readonly CategoryDocument[]>(() => library.categories(), [library]);
  if (failed) return <OutOfReach words={words} tryAgain={tryAgain} />;
  const categories = value ?? [];
  if (value?.length === 0) return <p class="hint">{words.app.noCategories}</p>;
  return (
    <ul class="rows">
      {categories.map(({ name, count }) => (
        <li key={name}>
          <button type="button" class="row" onClick={() => open({ category: name })}>
            <span>{name}</span>
            <span class="count">{count}</span>
          </button>
          <BellToggle
            subscription={{ kind: 'category', category: name }}
            name={name}
            subscribing={subscribing}
            words={words}
          />
        </li>
      ))}
    </ul>
  );
}

export function SeriesRows({ library, words, open }: RowsProps) {
  const { value: series, failed, tryAgain } = useLoaded<readonly SeriesDocument[]>(() => library.series(), [library]);
  if (failed) return <OutOfReach words={words} tryAgain={tryAgain} />;
  if (series?.length === 0) return <p class="hint">{words.app.noSeries}</p>;
  return (
    <ul class="rows">
      {(series ?? []).map(({ name, title, count }) => (
        <li key={name}>
          <button type="button" class="row" onClick={() => open({ series: name, title })}>
            <span>{title}</span>
            <span class="count">{count}</span>
            <NextIcon />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** All that one subscribes to, with everything at the top. */
export function SubscriptionRows({ words, subscribing, open }: RowsProps) {
  if (!subscribing) return <p class="hint">{words.app.openFromBot}</p>;
  const narrow = subscribing.subscriptions.filter(({ kind }) => kind !== 'everything');
  return (
    <>
      <ul class="rows">
        <li>
          <span class="row">{words.app.everything}</span>
          <BellToggle
            subscription={{ kind: 'everything' }}
            name={words.app.everything}
            subscribing={subscribing}
            words={words}
          />
        </li>
        {narrow.map((subscription) => {
          const name = subscription.kind === 'category' ? subscription.category : nameOf(subscription);
          return (
            <li key={`${subscription.kind} ${name}`}>
              {subscription.kind === 'category' ? (
                <button type="button" class="row" onClick={() => open({ category: name })}>
                  <span>{name}</span>
                </button>
              ) : (
                <span class="row">“{name}”</span>
              )}
              <BellToggle subscription={subscription} name={name} subscribing={subscribing} words={words} />
            </li>
          );
        })}
      </ul>
      <p class="hint">{words.app.subscriptionsHint}</p>
    </>
  );
}

function nameOf(subscription: Subscription): string {
  return subscription.kind === 'query' ? subscription.query : '';
}
