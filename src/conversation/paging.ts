import type { Command } from '../message/command.ts';
import type { Message, Page } from '../message/message.ts';
import type { Asking } from './asking.ts';

/** How many cards one message shows where nothing was chosen. */
export const usualCardsPerPage = 5;

/** More cards than this are no page but a scroll, and few of their numbers fit beside each other. */
export const mostCardsPerPage = 10;

/** How many cards one message shows to whoever asks: what the place wants, else what the reader chose. */
export function cardsPerPageOf({ incoming, subscriber }: Pick<Asking, 'incoming' | 'subscriber'>): number {
  return incoming.cardsPerPage ?? subscriber?.settings?.cardsPerPage ?? usualCardsPerPage;
}

/** One page of a list, always one that exists: a page number beyond the end means the last page. */
export interface Slice {
  readonly offset: number;
  readonly page: Page;
}

export function sliceOf(command: Command, total: number, size: number): Slice {
  const count = Math.max(Math.ceil(total / size), 1);
  const index = Math.min(command.page, count - 1);
  return {
    offset: index * size,
    page: {
      index,
      count,
      ...(index > 0 && { previous: { ...command, page: index - 1 } }),
      ...(index < count - 1 && { next: { ...command, page: index + 1 } }),
    },
  };
}

/** The ways through a list of posts that has more than one page: page by page, or the whole of it in an app of ours. */
export function waysThrough(
  { say }: Pick<Asking, 'say'>,
  { name, argument }: Pick<Command, 'name' | 'argument'>,
  { page, total }: { readonly page: Page; readonly total: number },
): Pick<Message, 'page' | 'inApp'> {
  if (page.count <= 1) return {};
  return { page, inApp: { label: say('button-all-in-app', { count: total }), command: { name, argument, page: 0 } } };
}
