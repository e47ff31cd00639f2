import type { Post } from '../../posts/post.ts';
import { postWithId } from '../../posts/post-with-id.ts';
import type { Asking, CommandDefinition } from '../asking.ts';
import { hitCard } from '../card-of.ts';
import { cleanLine, cut } from '../clean-text.ts';
import { cardsPerPageOf } from '../paging.ts';
import { button, reply } from '../reply.ts';

/** Characters of a title within a sentence. */
const longestTitle = 80;

/** Posts like one post, which is given by its id or by words that find it. */
export const related: CommandDefinition = {
  name: 'related',
  chinese: ['相关'],
  listed: true,

  answer(asking, { argument }) {
    const { index, say } = asking;
    const ways = [[button(say('button-latest'), 'latest'), button(say('button-categories'), 'categories')]];
    if (!argument) return reply(say('related-empty'), { actions: ways });

    const post = postMeant(asking, argument);
    if (!post) return reply(say('search-nothing', { query: argument }), { actions: ways });
    const title = cut(cleanLine(post.title), longestTitle);
    const hits = index.related(post.id, cardsPerPageOf(asking));
    if (hits.length === 0) return reply(say('related-none', { title }), { actions: ways });
    return reply(say('related-lead', { title }), {
      cards: hits.map(hitCard),
      firstRank: 1,
      inApp: { label: say('button-in-app'), command: { name: 'post', argument: post.id, page: 0 } },
    });
  },
};

function postMeant({ index, view }: Asking, words: string): Post | undefined {
  const [best] = index.search({ text: words, limit: 1, offset: 0 }).hits;
  return postWithId(view.catalog, words) ?? best?.post;
}
