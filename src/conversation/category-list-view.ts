import type { Command } from '../message/command.ts';
import type { Message } from '../message/message.ts';
import type { Asking } from './asking.ts';
import { cut } from './clean-text.ts';
import { sliceOf } from './paging.ts';
import { button, buttonInPlace, reply, rowsOf } from './reply.ts';

/** Platforms draw at most 100 buttons, and people read far fewer. */
const categoriesPerPage = 20;

/** Characters of a name on a button that has a number and a count beside it. */
const longestName = 34;

/** The top categories with their counts, as buttons that open them. */
export function categoryListView({ say, view }: Asking, { page: index }: Command): Message {
  const { top } = view.categories();
  if (top.length === 0) return reply(say('categories-none'), { actions: [[button(say('button-latest'), 'latest')]] });

  const { offset, page } = sliceOf({ name: 'categories', argument: '', page: index }, top.length, categoriesPerPage);
  const buttons = top.slice(offset, offset + categoriesPerPage).map(({ name, title, posts }, at) => {
    const values = { number: offset + at + 1, category: cut(title, longestName), count: posts.length };
    return buttonInPlace(say('button-category-count', values), 'category', name);
  });
  return reply(say('categories-lead', { count: top.length }), {
    actions: rowsOf(buttons),
    ...(page.count > 1 && { page }),
  });
}
