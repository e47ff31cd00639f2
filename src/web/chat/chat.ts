import type { Command } from '../../message/command.ts';
import type { Message } from '../../message/message.ts';
import type { PageLanguage } from '../words/words.ts';
import type { Api, Input } from './api.ts';
import type { Announcement } from './event-stream.ts';
import type { Entry, History, Note } from './history.ts';

/** What the page shows. */
export interface ChatState {
  readonly entries: readonly Entry[];
  /** Whether an answer is awaited, and which message it will replace. */
  readonly waiting?: { readonly replaces?: string };
}

/** The chat without its looks: what was said, and what can be done. */
export interface Chat {
  state(): ChatState;
  onChange(changed: () => void): void;
  /** Sends typed words and shows them as the reader's. */
  say(text: string): void;
  /**
   * Does a button's command; the answer replaces the message `inPlaceOf`, else `label` shows as the reader's words.
   * Resolves when it was answered.
   */
  press(command: Command, how: { readonly label: string } | { readonly inPlaceOf: string }): Promise<void>;
  /** Says something of the page's own. */
  note(note: Note): void;
  /** Calls back with what was asked, when it has been answered. */
  onAnswer(answered: (input: Input) => void): void;
  /** Asks without showing the question, as on the first visit or for a link. */
  greet(command: Command): void;
  /** Sends again what failed. */
  tryAgain(id: string): void;
  announce(announcement: Announcement): void;
  clear(): void;
}

/** What the bot is asked when the chat is empty. */
export const greeting: Command = { name: 'start', argument: '', page: 0 };

export function createChat(parts: {
  readonly api: Api;
  readonly history: History;
  readonly language: () => PageLanguage;
  /** The visitor asked to be forgotten, and was. */
  readonly forgotten: () => void;
}): Chat {
  const { api, history, language, forgotten } = parts;
  let state: ChatState = { entries: history.read() };
  let changed = () => {};
  let answered: (input: Input) => void = () => {};
  /** One question at a time: what is sent while one is open waits for its answer, so that answers keep their order. */
  let queue = Promise.resolve();

  const set = (next: ChatState) => {
    state = next;
    changed();
  };
  const write = (entries: readonly Entry[]) => {
    history.write(entries);
    set({ ...state, entries });
  };
  const add = (entry: Entry) => write([...state.entries, entry]);
  const replace = (id: string, message: Message) =>
    write(state.entries.map((entry) => (entry.id === id && entry.from === 'bot' ? { ...entry, message } : entry)));

  const ask = (input: Input, replaces?: string) => {
    queue = queue.then(async () => {
      set({ ...state, waiting: replaces === undefined ? {} : { replaces } });
      const answer = await api.ask(input, language());
      set({ entries: state.entries });
      if ('message' in answer && answer.message.forgotten) return forget(answer.message);
      if ('fault' in answer) add({ ...stamp(), from: 'page', fault: answer.fault, input });
      else if (replaces !== undefined && !answer.message.aside) replace(replaces, answer.message);
      else add({ ...stamp(), from: 'bot', message: answer.message });
      if ('message' in answer) answered(input);
    });
    return queue;
  };

  /** Whoever is forgotten over there is forgotten here too: what was said goes, and so does the name of this browser. */
  const forget = (message: Message) => {
    write([{ ...stamp(), from: 'bot', message }]);
    history.heard(0);
    forgotten();
  };

  history.onOtherTab(() => set({ ...state, entries: history.read() }));

  return {
    state: () => state,
    onChange: (callback) => {
      changed = callback;
    },
    say(text) {
      add({ ...stamp(), from: 'reader', text });
      void ask({ text });
    },
    press(command, how) {
      if ('inPlaceOf' in how) return ask({ command }, how.inPlaceOf);
      add({ ...stamp(), from: 'reader', text: how.label });
      return ask({ command });
    },
    note: (note) => add({ ...stamp(), from: 'note', note }),
    onAnswer(callback) {
      answered = callback;
    },
    greet: (command) => void ask({ command }),
    tryAgain(id) {
      const failed = state.entries.find((entry) => entry.id === id);
      if (failed?.from !== 'page') return;
      write(state.entries.filter((entry) => entry !== failed));
      void ask(failed.input);
    },
    announce({ number, at, message }) {
      // Numbers begin anew when the visitor was forgotten; the instant tells such announcements apart.
      const id = `news-${number}-${at}`;
      history.heard(number);
      if (state.entries.some((entry) => entry.id === id)) return;
      add({ id, at: Date.parse(at), from: 'bot', message, news: true });
    },
    clear: () => write([]),
  };
}

function stamp(): { id: string; at: number } {
  const random = crypto.getRandomValues(new Uint32Array(2));
  return { id: random.join('-'), at: Date.now() };
}
