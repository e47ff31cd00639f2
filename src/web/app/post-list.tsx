import { useEffect, useState } from 'preact/hooks';
import type { Suggestion } from '../../search/search-index.ts';
import type { Words } from '../words/words.ts';
import { CardList } from './card-list.tsx';
import type { Choice, Library, Shelf } from './library.ts';
import { OutOfReach } from './out-of-reach.tsx';

/** Lets somebody type on before the server is asked. */
const typingPauseMs = 120;

/** Posts of one choice, a page at a time; of a query while it is typed. */
export function PostList({
  library,
  choice,
  words,
  follow,
}: {
  readonly library: Library;
  readonly choice: Choice;
  readonly words: Words;
  /** Goes where a suggestion leads. */
  readonly follow: (suggestion: Suggestion) => void;
}) {
  const { query, category, series } = choice;
  const [shelf, setShelf] = useState<Shelf>();
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const stop = new AbortController();
    const load = async () => {
      try {
        // What was found last stays until the next is there, so that nothing flickers while one types.
        setShelf(await library.posts(choice, 0, stop.signal));
        setFailed(false);
      } catch {
        if (!stop.signal.aborted) setFailed(true);
      }
    };
    const timer = setTimeout(() => void load(), query === undefined ? 0 : typingPauseMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [library, query, category, series, attempt]);

  const more = async () => {
    if (!shelf) return;
    try {
      const next = await library.posts(choice, shelf.cards.length);
      setShelf({ ...shelf, cards: [...shelf.cards, ...next.cards] });
    } catch {
      setFailed(true);
    }
  };
  return (
    <>
      {failed && <OutOfReach words={words} tryAgain={() => setAttempt(attempt + 1)} />}
      {query !== undefined && shelf && (
        <p class="hint" role="status">
          {shelf.nearest || shelf.total === 0 ? words.app.nothing(query) : words.app.found(shelf.total)}
          {shelf.nearest && ` ${words.app.near}`}
        </p>
      )}
      {query === undefined && shelf?.total === 0 && <p class="hint">{words.app.noPosts}</p>}
      {shelf && <CardList cards={shelf.cards} words={words} />}
      {shelf?.suggestions && <Suggestions suggestions={shelf.suggestions} words={words} follow={follow} />}
      {shelf && shelf.cards.length < shelf.total && (
        <button type="button" class="action more" onClick={() => void more()}>
          {words.app.more}
        </button>
      )}
    </>
  );
}

function Suggestions({
  suggestions,
  words,
  follow,
}: {
  readonly suggestions: readonly Suggestion[];
  readonly words: Words;
  readonly follow: (suggestion: Suggestion) => void;
}) {
  return (
    <>
      <p class="hint">{words.app.tryInstead}</p>
      <div class="actions">
        {suggestions.map((suggestion) => {
          const name = suggestion.kind === 'query' ? suggestion.query : suggestion.category;
          return (
            <button type="button" class="action" key={`${suggestion.kind} ${name}`} onClick={() => follow(suggestion)}>
              {suggestion.kind === 'query' ? `“${name}”` : name}
            </button>
          );
        })}
      </div>
    </>
  );
}
