import type { Trace } from '../kernel/log.ts';
import type { Command } from '../message/command.ts';
import type { Message } from '../message/message.ts';
import type { Address } from '../subscribers/address.ts';
import type { Language } from '../subscribers/subscriber.ts';

/** What a person sent, with nothing of the platform left in it. */
export interface Incoming {
  /** Where the answer goes, and who subscribes. */
  readonly address: Address;
  /** A group is shared by many: a subscription there is everybody's. */
  readonly place: 'private' | 'group' | 'channel';
  /** The platform's guess at the person's language. */
  readonly language?: Language;
  /** Whether this person may change the subscriptions of the address; in private chats always true. */
  readonly mayManage: boolean;
  /** Whether a Chinese command word counts without a slash, as on platforms where nobody types one. Off by default. */
  readonly bareWords?: boolean;
  /** How many cards the place shows at a time, where that is not the reader's to choose. */
  readonly cardsPerPage?: number;
  /** Whether the channel also keeps where the reader takes notifications, for those who switched them on. */
  readonly keepsNotifications?: boolean;
  /** Whether the channel keeps for a while which message was answered by which, so that an edit changes the answer. */
  readonly keepsAnswers?: boolean;
  /** Whether it waited so long that it is no longer answered: the answer says so, and offers to do it now. */
  readonly late?: boolean;
  /** What the log calls this message. */
  readonly trace?: Trace;
  /** Typed words, or the command of a pressed button. The channel passes on only what is meant for the bot. */
  readonly input: { readonly text: string } | { readonly command: Command };
}

/** Answers people. Exactly one message for each incoming one, whatever it holds; it rejects only on faults of ours. */
export interface Conversation {
  answer(incoming: Incoming, signal: AbortSignal): Promise<Message>;
}
