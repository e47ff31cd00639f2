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

const tabs = ['latest', 'categories', 'series', 'subscriptions'] as const;
type Tab = (typeof tabs)[number];

/** A category, a series or a post, looked into. */
interface Inner extends Omit<Place, 'query'> {
  readonly title: string;
}

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
  const [inner, setInner] = useState(innerOf(place, words));
  const [text, setText] = useState(place.query ?? '');
  const [query, setQuery] = useState(place.query ?? '');
  const subscribing = useSubscriptions(library, telegram, words);
  const searching = query !== '';
  const ask = (next: string) => {
    setText(next);
    setQuery(next);
  };
  const follow = (suggestion: Suggestion) => {
    if (suggestion.kind === 'query') return ask(suggestion.query);
    setInner({ category: suggestion.category, title: suggestion.category });
    ask('');
  };
  const back = searching ? () => ask('') : inner ? () => setInner(undefined) : undefined;

  // Together with the view: Telegram's button never stands above one that it does not belong to.
  useLayoutEffect(() => telegram?.back(back), [telegram, searching, inner]);
  useEffect(() => window.scrollTo(0, 0), [tab, inner, searching]);

  const rows = { library, words, subscribing, open: setInner };
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
          <SearchBox words={words} text={text} write={setText} search={(next) => setQuery(next.trim())} />
        </div>
        {!searching && !inner && (
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
        {searching ? (
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
        ) : inner ? (
          <>
            <div class="heading">
              <h2>{inner.title}</h2>
              {inner.category !== undefined && (
                <BellToggle
                  subscription={{ kind: 'category', category: inner.category }}
                  name={inner.title}
                  subscribing={subscribing}
                  words={words}
                />
              )}
            </div>
            {inner.post === undefined ? (
              <PostList key={inner.title} library={library} choice={inner} words={words} follow={follow} />
            ) : (
              <PostView library={library} id={inner.post} words={words} />
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

function innerOf({ category, series, post }: Place, words: Words): Inner | undefined {
  if (category !== undefined) return { category, title: category };
  if (series !== undefined) return { series, title: series };
  return post === undefined ? undefined : { post, title: words.app.post };
}
