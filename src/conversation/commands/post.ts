import type { Action, Message } from '../../message/message.ts';
import { categoryName, type Post } from '../../posts/post.ts';
import { postWithId } from '../../posts/post-with-id.ts';
import { sameSubscription } from '../../subscribers/subscriber.ts';
import type { Asking, CommandDefinition } from '../asking.ts';
import { cardOf, hitCard, longLead } from '../card-of.ts';
import { cleanLine, cut } from '../clean-text.ts';
import type { Say } from '../phrases/phrases.ts';
import { button, buttonInPlace, reply, rowsOf } from '../reply.ts';
import { type Series, seriesOf } from '../series-list.ts';
import { search } from './search.ts';

/** Posts like it that are shown below a post where there are no buttons. */
const mostRelatives = 4;

/** Characters of a title on a button that has a sign behind it. */
const longestTitle = 40;

/** Characters of a category on a button that says more than its name. */
const longestCategory = 24;

/**
 * One post, with what one may want next: where links and QR codes lead, `/post ID`. Words behind the id are searched
 * for where the catalog has no such post.
 */
export const post: CommandDefinition = {
  name: 'post',
  chinese: [],
  listed: false,

  answer(asking, { argument }) {
    const { incoming, say, view } = asking;
    const [id = '', ...words] = argument.split(' ');
    const found = postWithId(view.catalog, id);
    if (found) return incoming.bareWords ? withRelatives(asking, found) : alone(asking, found);
    if (words.length > 0) return search.answer(asking, { name: 'search', argument: words.join(' '), page: 0 });
    const ways = [button(say('button-latest'), 'latest'), button(say('button-categories'), 'categories')];
    return reply(say('post-unknown'), { actions: rowsOf(ways) });
  },
};

function alone(asking: Asking, found: Post): Message {
  const { index, say, view } = asking;
  const series = seriesOf(view.series(), found);
  const related = index.related(found.id, 1).length > 0 ? [button(say('button-related'), 'related', found.id)] : [];
  return reply('', {
    cards: [cardOf(found, longLead)],
    ...(series && { footer: placeIn(series, found, say) }),
    actions: [
      [{ label: say('button-open'), url: found.url }, ...related],
      ...follow(asking, found),
      ...(series ? around(series, found, say) : []),
    ],
  });
}

/** Whoever must send a number or words for each step sees the next ones at once. */
function withRelatives({ index, say, view }: Asking, found: Post): Message {
  const relatives = index.related(found.id, mostRelatives);
  const series = seriesOf(view.series(), found);
  return reply(say('post-lead', { count: relatives.length }), {
    cards: [cardOf(found), ...relatives.map(hitCard)],
    firstRank: 1,
    ...(series && { footer: placeIn(series, found, say) }),
    actions: series ? around(series, found, say) : [],
  });
}

function placeIn({ title, posts }: Series, found: Post, say: Say): string {
  return say('post-place', { series: title, place: posts.indexOf(found) + 1, count: posts.length });
}

/** Offers the post's category, to those who may subscribe and do not hear of it anyway. */
function follow({ incoming, say, subscriber }: Asking, { category }: Post): Action[][] {
  const title = cleanLine(category.at(-1) ?? '');
  const name = categoryName(category);
  const hears = subscriber?.subscriptions.some(
    (one) => one.kind === 'everything' || sameSubscription(one, { kind: 'category', category: name }),
  );
  if (!title || hears || !incoming.mayManage) return [];
  return [[button(say('button-follow-named', { category: cut(title, longestCategory) }), 'subscribe', name)]];
}

/** The posts before and behind this one in its series, beside each other where their titles are short, and all of them. */
function around({ title, name, posts }: Series, found: Post, say: Say): Action[][] {
  const at = posts.indexOf(found);
  const [before, behind] = [posts[at - 1], posts[at + 1]];
  const neighbours = [
    ...(before ? [buttonInPlace(`‹ ${cleanLine(before.title)}`, 'post', before.id)] : []),
    ...(behind ? [buttonInPlace(`${cut(cleanLine(behind.title), longestTitle)} ›`, 'post', behind.id)] : []),
  ];
  const whole = button(say('button-series', { series: title }), 'series', name);
  return [...rowsOf(neighbours), [whole]];
}
