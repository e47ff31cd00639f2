import type { Note } from '../chat/history.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

/** The page's own few words; what the bot says comes from the server. */
export interface Words {
  readonly tagline: string;
  readonly chat: string;
  readonly placeholder: string;
  readonly messageLabel: string;
  readonly send: string;
  readonly you: string;
  readonly bot: string;
  readonly news: string;
  readonly typing: string;
  readonly categories: string;
  readonly quickReplies: string;
  readonly follow: string;
  readonly clear: string;
  readonly reallyClear: string;
  readonly close: string;
  /** Names the other language, in that language. */
  readonly otherLanguage: string;
  readonly previousPage: string;
  readonly nextPage: string;
  /** Such as "page 2 of 5". */
  readonly page: (index: number, count: number) => string;
  readonly opensInNewTab: string;
  readonly toNewest: string;
  readonly today: string;
  readonly yesterday: string;
  readonly faults: { readonly offline: string; readonly busy: string; readonly server: string };
  readonly tryAgain: string;
  readonly notify: string;
  readonly notifyIsOn: string;
  readonly notifyOffer: string;
  readonly notNow: string;
  readonly notes: Readonly<Record<Note, string>>;
  readonly commands: readonly CommandWords[];
  readonly app: AppWords;
}

/** The words of the Mini App. */
export interface AppWords {
  readonly views: string;
  readonly tabs: Readonly<Record<'latest' | 'categories' | 'series' | 'subscriptions', string>>;
  readonly back: string;
  readonly clearSearch: string;
  readonly more: string;
  readonly found: (count: number) => string;
  readonly nothing: (query: string) => string;
  readonly near: string;
  /** Before what to try where nothing answers. */
  readonly tryInstead: string;
  readonly outOfReach: string;
  readonly post: string;
  readonly relatives: string;
  readonly noPost: string;
  readonly noPosts: string;
  readonly noCategories: string;
  readonly noSeries: string;
  readonly everything: string;
  readonly subscribeTo: (name: string) => string;
  readonly subscriptionsHint: string;
  readonly openFromBot: string;
  readonly openAgain: string;
  readonly toChat: string;
}

/** A command that the page offers, both as a quick reply and while a slash is typed. */
export interface CommandWords {
  /** What is sent, with a space at the end where words have to follow. */
  readonly typed: string;
  readonly label: string;
  readonly help: string;
  readonly quick?: true;
}

export const allWords = { zh, en } as const;
export type PageLanguage = keyof typeof allWords;

/** The first language of the browser that the page speaks; English for the rest of the world. */
export function browserLanguage(preferred: readonly string[]): PageLanguage {
  const known = preferred.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === 'zh' || tag === 'en');
  return known === 'zh' ? 'zh' : 'en';
}
