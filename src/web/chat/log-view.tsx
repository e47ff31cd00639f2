import type { ComponentChild, ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PageLanguage, Words } from '../words/words.ts';
import { BellMark } from './bell-mark.tsx';
import type { Chat, ChatState } from './chat.ts';
import type { Entry } from './history.ts';
import { DownIcon } from './icons.tsx';
import { MessageView } from './message-view.tsx';

interface LogProps {
  readonly chat: Chat;
  readonly state: ChatState;
  readonly words: Words;
  readonly language: PageLanguage;
  /** Does what a pressed word of the bot says. */
  readonly say: (text: string) => void;
  /** Stands below all that was said. */
  readonly children?: ComponentChildren;
}

/** How far from its end the log may stand and still count as read to the end, in CSS pixels. */
const nearEnd = 80;

/** What was said so far, day by day. */
export function LogView(props: LogProps) {
  const { state, words, language } = props;
  const log = useRef<HTMLDivElement>(null);
  const { atEnd, toEnd } = useScrolling(log, state);
  const lines: ComponentChild[] = [];
  let day = '';
  for (const entry of state.entries) {
    const today = dayName(entry.at, words, language);
    if (today !== day) {
      lines.push(
        <li key={`${entry.id}-day`} class="day">
          <span>{today}</span>
        </li>,
      );
    }
    day = today;
    lines.push(<EntryView key={entry.id} entry={entry} {...props} />);
  }
  return (
    <div class="log-frame">
      <div class="log" role="log" aria-label={words.chat} ref={log}>
        <ol>{lines}</ol>
        {state.waiting && state.waiting.replaces === undefined && (
          <div class="entry bot">
            <BellMark />
            <div class="typing">
              <i />
              <i />
              <i />
              <span class="unseen">{words.typing}</span>
            </div>
          </div>
        )}
        {props.children}
      </div>
      {!atEnd && (
        <button type="button" class="to-end" aria-label={words.toNewest} onClick={toEnd}>
          <DownIcon />
        </button>
      )}
    </div>
  );
}

function EntryView({ entry, chat, state, words, language, say }: { readonly entry: Entry } & LogProps) {
  const time = (
    <time class="time" dateTime={new Date(entry.at).toISOString()}>
      {new Date(entry.at).toLocaleTimeString(regionOf(language), { hour: 'numeric', minute: '2-digit' })}
    </time>
  );
  if (entry.from === 'reader') {
    return (
      <li class="entry reader" data-id={entry.id}>
        <span class="unseen">{words.you}: </span>
        <div class="bubble">
          <p>{entry.text}</p>
        </div>
        {time}
      </li>
    );
  }
  if (entry.from === 'page') {
    return (
      <li class="entry fault" data-id={entry.id}>
        <p>{words.faults[entry.fault]}</p>
        <button type="button" class="action" onClick={() => chat.tryAgain(entry.id)}>
          {words.tryAgain}
        </button>
      </li>
    );
  }
  if (entry.from === 'note') {
    return (
      <li class="entry note" data-id={entry.id}>
        <p>{words.notes[entry.note]}</p>
      </li>
    );
  }
  return (
    <li class={entry.news ? 'entry bot news' : 'entry bot'} data-id={entry.id}>
      <BellMark />
      <span class="unseen">{words.bot}: </span>
      <div class="said">
        {entry.news && !entry.message.text && (
          <p class="news-label">
            <BellMark />
            {words.news}
          </p>
        )}
        <MessageView
          message={entry.message}
          words={words}
          busy={state.waiting?.replaces === entry.id}
          say={say}
          press={(command, label) =>
            void chat.press(command, label === undefined ? { inPlaceOf: entry.id } : { label })
          }
        />
        {time}
      </div>
    </li>
  );
}

/**
 * Keeps the reader where reading goes on: at the beginning of an answer, at the end of what one says
 * oneself, and where one is if one scrolled back to read.
 */
function useScrolling(log: { readonly current: HTMLDivElement | null }, state: ChatState) {
  const [atEnd, setAtEnd] = useState(true);
  const wasAtEnd = useRef(true);
  const shown = useRef<string | undefined>(undefined);
  const newest = state.entries[state.entries.length - 1];

  useEffect(() => {
    const element = log.current;
    if (!element) return;
    const scrolled = () => {
      wasAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd;
      setAtEnd(wasAtEnd.current);
    };
    element.addEventListener('scroll', scrolled, { passive: true });
    return () => element.removeEventListener('scroll', scrolled);
  }, []);

  useLayoutEffect(() => {
    const element = log.current;
    if (!element) return;
    const first = shown.current === undefined;
    const isNew = newest !== undefined && newest.id !== shown.current;
    shown.current = newest?.id ?? '';
    if (first || newest?.from === 'reader' || (state.waiting && state.waiting.replaces === undefined)) {
      element.scrollTop = element.scrollHeight;
    } else if (isNew && wasAtEnd.current) {
      const line = element.querySelector<HTMLElement>(`[data-id="${newest.id}"]`);
      const question = line?.previousElementSibling;
      const from = question?.classList.contains('reader') ? (question as HTMLElement) : line;
      if (from) element.scrollTop = from.offsetTop - 12;
    }
  }, [newest?.id, state.waiting]);

  const toEnd = () => log.current?.scrollTo({ top: log.current.scrollHeight, behavior: 'smooth' });
  return { atEnd, toEnd };
}

/** Days are the reader's own: cut at midnight where the browser is. */
function dayName(at: number, words: Words, language: PageLanguage): string {
  const day = new Date(at).toDateString();
  const now = new Date();
  if (day === now.toDateString()) return words.today;
  now.setDate(now.getDate() - 1);
  if (day === now.toDateString()) return words.yesterday;
  return new Date(at).toLocaleDateString(regionOf(language), { year: 'numeric', month: 'long', day: 'numeric' });
}

/** The language as the reader's region writes it: 16:12 in Britain, 4:12 PM in the United States. */
function regionOf(language: PageLanguage): string {
  return navigator.languages.find((tag) => tag.startsWith(language)) ?? language;
}
