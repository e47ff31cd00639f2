import type { Command } from '../message/command.ts';
import type { Page } from '../message/message.ts';

/** How many cards one message shows. */
export const cardsPerPage = 5;

/** One page of a list, always one that exists: a page number beyond the end means the last page. */
export interface Slice {
  readonly offset: number;
  readonly page: Page;
}

export function sliceOf(command: Command, total: number, size: number = cardsPerPage): Slice {
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
