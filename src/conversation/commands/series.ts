import type { Message } from '../../message/message.ts';
import { categoryName } from '../../posts/post.ts';
import type { Asking, CommandDefinition } from '../asking.ts';
import { cardWithin } from '../card-of.ts';
import { cut } from '../clean-text.ts';
import { findByName } from '../find-by-name.ts';
import { cardsPerPageOf, sliceOf, waysThrough } from '../paging.ts';
import { button, buttonInPlace, reply, rowsOf } from '../reply.ts';
import { namedSeries, type Series } from '../series-list.ts';

/** How many series are offered on one page. */
const seriesPerPage = 20;

/** Characters of a name on a button that has a count beside it. */
const longestName = 38;

/** The series there are; with a name, its posts in their own order. */
export const series: CommandDefinition = {
  name: 'series',
  chinese: ['系列'],
  listed: true,

  answer(asking, command) {
    const { say, view } = asking;
    const words = command.argument;
    const all = view.series();
    if (all.length === 0) return reply(say('series-none'), { actions: [[button(say('button-latest'), 'latest')]] });
    if (!words) return listOf(asking, say('series-lead', { count: all.length }), all, command.page);

    const meant = findByName(namedSeries(all), words);
    switch (meant.kind) {
      case 'found':
        return postsOf(asking, meant.item, command.page);
      case 'several':
        return listOf(asking, say('series-several', { words }), meant.items, 0);
      case 'none':
        return reply(say('series-unknown', { words }), {
          actions: [
            [button(say('button-search', { query: words }), 'search', words)],
            [button(say('button-all-series'), 'series')],
          ],
        });
    }
  },
};

function listOf({ say }: Asking, lead: string, list: readonly Series[], index: number): Message {
  const { offset, page } = sliceOf({ name: 'series', argument: '', page: index }, list.length, seriesPerPage);
  const buttons = list.slice(offset, offset + seriesPerPage).map(({ name, title, posts }) => {
    const values = { series: cut(title, longestName), count: posts.length };
    return buttonInPlace(say('button-series-count', values), 'series', name);
  });
  return reply(lead, { actions: rowsOf(buttons), ...(page.count > 1 && { page }) });
}

function postsOf(asking: Asking, { name, title, posts }: Series, index: number): Message {
  const { say, view } = asking;
  const size = cardsPerPageOf(asking);
  const { offset, page } = sliceOf({ name: 'series', argument: name, page: index }, posts.length, size);
  const all = view.series().length > 1 ? [[buttonInPlace(say('button-all-series'), 'series')]] : [];
  return reply(say('series-posts', { series: title, count: posts.length }), {
    cards: posts.slice(offset, offset + size).map((post) => cardWithin(categoryName(post.category), post)),
    firstRank: offset + 1,
    actions: all,
    ...waysThrough(asking, { name: 'series', argument: name }, { page, total: posts.length }),
  });
}
