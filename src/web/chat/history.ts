import type { Message } from '../../message/message.ts';
import type { Fault, Input } from './api.ts';
import type { Storage } from './storage.ts';

/** What the page itself tells of what was pressed. */
export type Note = 'notifyOn' | 'notifyOff' | 'notifyBlocked' | 'notifyFailed' | 'homeScreen';

/** One line of the chat. `at` is milliseconds since 1970. */
export type Entry = { readonly id: string; readonly at: number } & (
  | { readonly from: 'reader'; readonly text: string }
  | { readonly from: 'bot'; readonly message: Message /** It came by itself. */; readonly news?: true }
  | { readonly from: 'page'; readonly fault: Fault; readonly input: Input }
  | { readonly from: 'note'; readonly note: Note }
);

const historyKey = 'postbell.history';
const heardKey = 'postbell.heard';
const kept = 200;

/** The chat as kept in the browser, shared by its tabs. */
export interface History {
  read(): readonly Entry[];
  write(entries: readonly Entry[]): void;
  /** The number of the last announcement that was shown. */
  lastHeard(): number;
  heard(number: number): void;
  /** Calls back when another tab has written. */
  onOtherTab(changed: () => void): void;
}

export function createHistory(storage: Storage): History {
  return {
    read() {
      try {
        const entries: unknown = JSON.parse(storage.get(historyKey) ?? '[]');
        return Array.isArray(entries) ? entries : [];
      } catch {
        return [];
      }
    },
    write: (entries) => storage.put(historyKey, JSON.stringify(entries.slice(-kept))),
    lastHeard: () => Number(storage.get(heardKey)) || 0,
    heard: (number) => storage.put(heardKey, String(number)),
    onOtherTab(changed) {
      window.addEventListener('storage', (event) => {
        if (event.key === historyKey) changed();
      });
    },
  };
}
