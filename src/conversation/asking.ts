import type { Command, CommandName } from '../message/command.ts';
import type { Message } from '../message/message.ts';
import type { SearchIndex } from '../search/search-index.ts';
import type { Language, Subscriber } from '../subscribers/subscriber.ts';
import type { SubscriberBook } from '../subscribers/subscriber-book.ts';
import type { AdminDesk } from './admin-desk.ts';
import type { CatalogView } from './catalog-views.ts';
import type { Incoming } from './conversation.ts';
import type { Arrivals } from './newest-first.ts';
import type { Say } from './phrases/phrases.ts';

/** All that an answer may look at: one consistent picture, taken when the message came. */
export interface Asking {
  readonly incoming: Incoming;
  readonly language: Language;
  readonly say: Say;
  /** The phrases of a language, with commands named as they are typed here; `say` is that of `language`. */
  readonly sayIn: (language: Language) => Say;
  readonly view: CatalogView;
  readonly index: SearchIndex;
  readonly arrivals: Arrivals;
  readonly book: SubscriberBook;
  /** What admins decide on; absent where nothing is announced. */
  readonly desk: AdminDesk | undefined;
  /** Whoever asks, if the book has them. */
  readonly subscriber: Subscriber | undefined;
  /** The commands there are for whoever asks, in the order of the help. */
  readonly definitions: readonly CommandDefinition[];
  readonly now: Date;
  /** The IANA name of the timezone of those who have not chosen one. */
  readonly timezone: string;
  /** From 0 up to but without 1. */
  readonly random: () => number;
  /** Whether the words were more than are looked at, so that the command's argument is only their beginning. */
  readonly shortened: boolean;
  /** Aborts when the process is told to end. */
  readonly signal: AbortSignal;
}

/** One thing that a reader can ask for. */
export interface CommandDefinition {
  /** Typed with a slash; also the key of its phrases, `describe-<name>` and `usage-<name>`. */
  readonly name: CommandName;
  /** The Chinese words for it, the one that help shows first. */
  readonly chinese: readonly string[];
  /** Whether help and the platforms' command menus show it to everyone. */
  readonly listed: boolean;
  /** For others than admins it does not exist. */
  readonly audience?: 'admins';
  answer(asking: Asking, command: Command): Message | Promise<Message>;
}
