import { useEffect, useState } from 'preact/hooks';
import { CardView } from '../chat/card-view.tsx';
import type { Words } from '../words/words.ts';
import type { Choice, Library, Shelf } from './library.ts';

/** Lets somebody type on before the server is asked. */
const typingPauseMs = 120;

/** Posts of one choice, a page at a time; of a query while it is typed. */
export function PostList({
  library,
  choice,
  words,
}: {
  readonly library: Library;
  readonly choice: Choice;
  readonly words: Words;
}) {
  const { query, category, series } = choice;
  const [shelf, setShelf] = useState<Shelf>();
  const [failed, setFailed] = useState(false);

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
  }, [library, query, category, series]);

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
      {failed && (
        <p class="hint" role="alert">
          {words.faults.offline}
        </p>
      )}
      {query !== undefined && shelf && (
        <p class="hint" role="status">
          {shelf.nearest || shelf.total === 0 ? words.app.nothing(query) : words.app.found(shelf.total)}
          {shelf.nearest && ` ${words.app.near}`}
        </p>
      )}
      {shelf && shelf.cards.length > 0 && (
        <ol class="cards">
          {shelf.cards.map((card) => (
            <li key={card.postId}>
              <CardView card={card} words={words} />
            </li>
          ))}
        </ol>
      )}
      {shelf && shelf.cards.length < shelf.total && (
        <button type="button" class="action more" onClick={() => void more()}>
          {words.app.more}
        </button>
      )}
    </>
  );
}
