import type { Action } from '../../message/message.ts';
import type { Post } from '../../posts/post.ts';
import { postWithId } from '../../posts/post-with-id.ts';
import type { CommandDefinition } from '../asking.ts';
import { cardOf, hitCard } from '../card-of.ts';
import { cleanLine, cut } from '../clean-text.ts';
import type { Say } from '../phrases/phrases.ts';
import { button, buttonInPlace, reply, rowsOf } from '../reply.ts';
import { type Series, seriesOf } from '../series-list.ts';
import { search } from './search.ts';

/** Posts like it that are shown below a post. */
const mostRelatives = 4;

/** Characters of a title on a button that has a sign behind it. */
const longestTitle = 40;

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
        actions: series ? [...neighbours(series, found), [wholeSeries(series, say)]] : [],
      });
    }
    if (words.length > 0) return search.answer(asking, { name: 'search', argument: words.join(' '), page: 0 });
    const ways = [button(say('button-latest'), 'latest'), button(say('button-categories'), 'categories')];
    return reply(say('post-unknown'), { actions: rowsOf(ways) });
  },
};

/** The posts before and behind this one in its series, in one row. */
function neighbours({ posts }: Series, found: Post): Action[][] {
  const at = posts.indexOf(found);
  const [before, behind] = [posts[at - 1], posts[at + 1]];
  const row = [
    ...(before ? [buttonInPlace(`‹ ${cleanLine(before.title)}`, 'post', before.id)] : []),
    ...(behind ? [buttonInPlace(`${cut(cleanLine(behind.title), longestTitle)} ›`, 'post', behind.id)] : []),
  ];
  return row.length > 0 ? [row] : [];
}

function wholeSeries({ title, name }: Series, say: Say): Action {
  return button(say('button-series', { series: title }), 'series', name);
}
