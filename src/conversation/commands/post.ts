import { postWithId } from '../../posts/post-with-id.ts';
import type { CommandDefinition } from '../asking.ts';
import { cardOf, hitCard } from '../card-of.ts';
import { button, reply, rowsOf } from '../reply.ts';
import { seriesOf } from '../series-list.ts';
import { search } from './search.ts';

/** Posts like it that are shown below a post. */
const mostRelatives = 4;

/**
 * One post and its relatives: where links and QR codes lead, `/post ID`. Words behind the id are searched for
 * where the catalog has no such post.
 */
export const post: CommandDefinition = {
  name: 'post',
  chinese: [],
  listed: false,

  answer(asking, { argument }) {
    const { index, say, view } = asking;
    const [id = '', ...words] = argument.split(' ');
    const found = postWithId(view.catalog, id);
    if (found) {
      const relatives = index.related(found.id, mostRelatives);
      const series = seriesOf(view.series(), found);
      return reply(say('post-lead', { count: relatives.length }), {
        cards: [cardOf(found), ...relatives.map(hitCard)],
        firstRank: 1,
        actions: series ? [[button(say('button-series', { series: series.title }), 'series', series.name)]] : [],
      });
    }
    if (words.length > 0) return search.answer(asking, { name: 'search', argument: words.join(' '), page: 0 });
    const ways = [button(say('button-latest'), 'latest'), button(say('button-categories'), 'categories')];
    return reply(say('post-unknown'), { actions: rowsOf(ways) });
  },
};
