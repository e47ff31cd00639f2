import { useRef } from 'preact/hooks';
import { CloseIcon, SearchIcon } from '../chat/icons.tsx';
import type { Words } from '../words/words.ts';

/** Finds while one types. What an input method is still putting together is no query yet. */
export function SearchBox({
  words,
  text,
  write,
  search,
}: {
  readonly words: Words;
  readonly text: string;
  readonly write: (text: string) => void;
  /** The words are complete as far as they go. */
  readonly search: (query: string) => void;
}) {
  const box = useRef<HTMLInputElement>(null);
  const clear = () => {
    write('');
    search('');
    box.current?.focus();
  };
  return (
    <search class="search">
      <SearchIcon />
      <input
        ref={box}
        type="text"
        inputMode="search"
        enterkeyhint="search"
        autocomplete="off"
        maxLength={200}
        value={text}
        placeholder={words.placeholder}
        aria-label={words.placeholder}
        onInput={(event) => {
          write(event.currentTarget.value);
          if (!event.isComposing) search(event.currentTarget.value);
        }}
        onCompositionEnd={(event) => search(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.isComposing || event.keyCode === 229) return;
          if (event.key === 'Escape') clear();
          // Phones keep their keyboard over the results until the box is left.
          if (event.key === 'Enter') box.current?.blur();
        }}
      />
      {text !== '' && (
        <button type="button" aria-label={words.app.clearSearch} onClick={clear}>
          <CloseIcon />
        </button>
      )}
    </search>
  );
}
