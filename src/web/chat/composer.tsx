import { useEffect, useRef, useState } from 'preact/hooks';
import type { CommandWords, Words } from '../words/words.ts';
import { SendIcon } from './icons.tsx';

interface ComposerProps {
  readonly words: Words;
  /** What stands in the box; the page may put something there. */
  readonly draft: Draft;
  readonly write: (text: string) => void;
  readonly say: (text: string) => void;
}

/** A new object with the same text is put into the box, and focused, again. */
export interface Draft {
  readonly text: string;
  /** Put there by the page rather than typed: the box then takes the focus. */
  readonly offered?: true;
}

/** Where one writes: Enter sends, Shift+Enter breaks the line, a slash offers the commands. */
export function Composer({ words, draft, write, say }: ComposerProps) {
  const { text } = draft;
  const [chosen, setChosen] = useState(0);
  const [closed, setClosed] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const offered = closed ? [] : matching(text, words.commands);
  const current = offered[Math.min(chosen, offered.length - 1)];

  useEffect(() => fitHeight(box.current), [text]);
  useEffect(() => {
    if (draft.offered) box.current?.focus();
  }, [draft]);
  useEffect(() => {
    const focusOnSlash = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.target instanceof HTMLTextAreaElement) return;
      event.preventDefault();
      box.current?.focus();
      if (text === '') write('/');
    };
    window.addEventListener('keydown', focusOnSlash);
    return () => window.removeEventListener('keydown', focusOnSlash);
  }, [text, write]);

  const change = (next: string) => {
    write(next);
    setChosen(0);
    setClosed(false);
  };
  const send = (words: string) => {
    if (words.trim() === '') return;
    say(words.trim());
    change('');
  };
  const take = ({ typed }: CommandWords) => {
    if (typed.endsWith(' ')) change(typed);
    else send(typed);
    box.current?.focus();
  };
  const keyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    const steps: Record<string, () => void> = {
      Enter: () => (current ? take(current) : send(text)),
      ...(current && {
        ArrowDown: () => setChosen((offered.indexOf(current) + 1) % offered.length),
        ArrowUp: () => setChosen((offered.indexOf(current) + offered.length - 1) % offered.length),
        Tab: () => change(current.typed),
        Escape: () => setClosed(true),
      }),
    };
    const step = event.shiftKey ? undefined : steps[event.key];
    if (!step) return;
    event.preventDefault();
    step();
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send(text);
      }}
    >
      {offered.length > 0 && (
        <div class="offered" role="listbox" id="offered" aria-label={words.quickReplies}>
          {offered.map((command) => (
            <div
              key={command.typed}
              id={`offered-${command.typed.slice(1).trim()}`}
              role="option"
              tabIndex={-1}
              aria-selected={command === current}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(command)}
              onKeyDown={() => {}}
            >
              <b>{command.typed}</b> <span>{command.help}</span>
            </div>
          ))}
        </div>
      )}
      <textarea
        ref={box}
        rows={1}
        value={text}
        maxLength={60000}
        placeholder={words.placeholder}
        aria-label={words.messageLabel}
        enterkeyhint="send"
        autocomplete="off"
        aria-autocomplete="list"
        aria-controls={current ? 'offered' : undefined}
        aria-activedescendant={current ? `offered-${current.typed.slice(1).trim()}` : undefined}
        onInput={(event) => change(event.currentTarget.value)}
        onKeyDown={keyDown}
      />
      <button type="submit" class="send" aria-label={words.send} aria-disabled={text.trim() === ''}>
        <SendIcon />
      </button>
    </form>
  );
}

/**
 * Whether the key belongs to an input method, which takes Enter to end its own composition. Safari says
 * so with the key code alone, since there the composition is over before the key arrives.
 */
function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

function matching(text: string, commands: readonly CommandWords[]): readonly CommandWords[] {
  if (!/^\/[a-z]*$/i.test(text)) return [];
  return commands.filter(({ typed }) => typed.startsWith(text.toLowerCase()) && typed.trim() !== text);
}

function fitHeight(box: HTMLTextAreaElement | null): void {
  if (!box) return;
  box.style.height = 'auto';
  box.style.height = `${Math.min(box.scrollHeight, 160)}px`;
}
