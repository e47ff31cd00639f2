import type { CommandDefinition } from '../asking.ts';
import { cardOf } from '../card-of.ts';
import { cardsPerPageOf, sliceOf, waysThrough } from '../paging.ts';
import { button, reply } from '../reply.ts';

/** The newest posts; what counts as new says `newestFirst`. */
export const latest: CommandDefinition = {
  name: 'latest',
  chinese: ['最新'],
  listed: true,

  answer(asking, command) {
    const { arrivals, now, say, view } = asking;
    const posts = view.latest(arrivals, now);
    if (posts.length === 0) return reply(say('catalog-empty'));

    const size = cardsPerPageOf(asking);
    const { offset, page } = sliceOf(command, posts.length, size);
    return reply(say('latest-lead', { count: posts.length }), {
      cards: posts.slice(offset, offset + size).map((post) => cardOf(post)),
      introduces: true,
      firstRank: offset + 1,
      actions: [[button(say('button-categories'), 'categories')]],
      ...waysThrough(asking, { name: 'latest', argument: '' }, { page, total: posts.length }),
    });
  },
};
