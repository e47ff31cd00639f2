import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { Suggestion } from '../../search/search-index.ts';
import { BellMark } from '../chat/bell-mark.tsx';
import { PreviousIcon } from '../chat/icons.tsx';
import type { Words } from '../words/words.ts';
import type { Library } from './library.ts';
import { PostList } from './post-list.tsx';
import { PostView } from './post-view.tsx';
import { BellToggle, CategoryRows, SeriesRows, SubscriptionRows } from './rows.tsx';
import { SearchBox } from './search-box.tsx';
import type { Place } from './starting-place.ts';
import { useSubscriptions } from './subscriptions.ts';
import type { Telegram } from './telegram.ts';
import { useTrail } from './use-trail.ts';

const tabs = ['latest', 'categories', 'series', 'subscriptions'] as const;
type Tab = (typeof tabs)[number];

interface AppProps {
  readonly library: Library;
  readonly words: Words;
  readonly telegram: Telegram | undefined;
  /** Where a link has led. */
  readonly place: Place;
}

/** The Mini App: search above all; below it the newest posts, categories, series, and what one subscribes to. */
export function App({ library, words, telegram, place }: AppProps) {
  const [tab, setTab] = useState<Tab>('latest');
  const { here, go, change, back } = useTrail(place, !telegram);
  const { query, category, series, post } = here;
  const [text, setText] = useState(query ?? '');
  const subscribing = useSubscriptions(library, telegram, words);
  const inner = category ?? series ?? post;
  const atRoot = query === undefined && inner === undefined;
  const ask = (next: string) => {
    if (next === (query ?? '')) return;
    if (next === '') back?.();
    else if (query === undefined) go({ query: next });
    else change({ query: next });
  };
  const follow = (suggestion: Suggestion) => {
    if (suggestion.kind === 'query') change({ query: suggestion.query });
    else go({ category: suggestion.category });
  };

  // Together with the view: Telegram's button never stands above one that it does not belong to.
  useLayoutEffect(() => telegram?.back(back), [telegram, here]);
  useEffect(() => window.scrollTo(0, 0), [tab, inner, query === undefined]);
  // What stands in the box is of this place, unless its words are still being typed: seen before the next letter comes,
  // which an effect after painting would take back.
  useLayoutEffect(() => setText((now) => (now.trim() === (query ?? '') ? now : (query ?? ''))), [query]);

  const rows = { library, words, subscribing, open: go };
  return (
    <div class="app">
      <header>
        <h1 class="unseen">Postbell</h1>
        <div class="search-line">
          {!telegram && (
            <a class="home" href="/" aria-label={words.app.toChat}>
              <BellMark />
            </a>
          )}
          <SearchBox words={words} text={text} write={setText} search={(next) => ask(next.trim())} />
        </div>
        {atRoot && (
          <nav class="tabs" aria-label={words.app.views}>
            {tabs.map((one) => (
              <button
                type="button"
                key={one}
                aria-current={one === tab ? 'page' : undefined}
                onClick={() => setTab(one)}
              >
                {words.app.tabs[one]}
              </button>
            ))}
          </nav>
        )}
      </header>
      <main>
        {back && !telegram && (
          <button type="button" class="back" onClick={back}>
            <PreviousIcon />
            {words.app.back}
          </button>
        )}
        {query !== undefined ? (
          <>
            <div class="heading">
              <h2>“{query}”</h2>
              <BellToggle
                subscription={{ kind: 'query', query }}
                name={query}
                subscribing={subscribing}
                words={words}
              />
            </div>
            <PostList library={library} choice={{ query }} words={words} follow={follow} />
          </>
        ) : inner !== undefined ? (
          <>
            <div class="heading">
              <h2>{here.title ?? category ?? series ?? words.app.post}</h2>
              {category !== undefined && (
                <BellToggle
                  subscription={{ kind: 'category', category }}
                  name={category}
                  subscribing={subscribing}
                  words={words}
                />
              )}
            </div>
            {post === undefined ? (
              <PostList key={inner} library={library} choice={here} words={words} follow={follow} />
            ) : (
              <PostView library={library} id={post} words={words} />
            )}
          </>
        ) : (
          <>
            <h2 class="unseen">{words.app.tabs[tab]}</h2>
            {tab === 'latest' && <PostList library={library} choice={{}} words={words} follow={follow} />}
            {tab === 'categories' && <CategoryRows {...rows} />}
            {tab === 'series' && <SeriesRows {...rows} />}
            {tab === 'subscriptions' && <SubscriptionRows {...rows} />}
          </>
        )}
      </main>
      <p class={subscribing?.said ? 'said-now' : 'said-now quiet'} role="status">
        {subscribing?.said}
      </p>
    </div>
  );
}
