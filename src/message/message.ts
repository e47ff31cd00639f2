import type { Card } from './card.ts';
import type { Command } from './command.ts';

/** A button: does a command, or opens an address. */
export type Action =
  | {
      readonly label: string;
      readonly command: Command /** The answer replaces the message that the button belongs to. */;
      readonly inPlace: boolean;
    }
  | { readonly label: string; readonly url: string };

/** Where a message stands in a paged answer; `previous` and `next` are what the page buttons do. */
export interface Page {
  /** From 0. */
  readonly index: number;
  readonly count: number;
  readonly previous?: Command;
  readonly next?: Command;
}

/**
 * What the bot says, before a platform shapes it. Read from top to bottom: text, cards, footer, actions.
 * All strings are plain text; the channel escapes them.
 */
export interface Message {
  /** The sentence above the cards, or the whole answer; lines are parted by `\n`. May be empty beside cards. */
  readonly text: string;
  readonly cards: readonly Card[];
  /** The text only introduces the cards, such as by their number: beside a single card shown as a picture it is not needed. */
  readonly introduces?: true;
  /** The rank of the first card, from 1, where cards are numbered over pages. */
  readonly firstRank?: number;
  /** The sentence below the cards. */
  readonly footer?: string;
  /** Rows of buttons. */
  readonly actions: readonly (readonly Action[])[];
  readonly page?: Page;
  /** The same with more room: a whole list, a post with its relatives. For channels that have an app of ours. */
  readonly inApp?: { readonly label: string; readonly command: Command };
  /**
   * About the request rather than an answer to it, such as a refusal: where a button was pressed, it goes to
   * the one who pressed (a toast, or a new message) and the message with the button stays as it is.
   */
  readonly aside?: true;
  /** Said to someone who has just been forgotten: the channel, too, deletes what it keeps of them. */
  readonly forgotten?: true;
}
