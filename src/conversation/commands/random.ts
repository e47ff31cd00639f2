import type { CommandDefinition } from '../asking.ts';
import { cardOf, longLead } from '../card-of.ts';
import { namedCategories } from '../category-tree.ts';
import { itemNamed } from '../find-by-name.ts';
import { button, buttonInPlace, reply } from '../reply.ts';

/** Any post; with the name of a category, any of that. */
export const random: CommandDefinition = {
  name: 'random',
  chinese: ['随便看看', '随机'],
  listed: true,

  answer({ random: draw, say, view }, { argument }) {
    const category = argument ? itemNamed(namedCategories(view.categories()), argument) : undefined;
    const { posts } = category ?? view.catalog;
    const post = posts[Math.floor(draw() * posts.length)];
    if (!post) return reply(say('catalog-empty'));
    return reply(say('random-lead'), {
      cards: [cardOf(post, longLead)],
      introduces: true,
      actions: [
        [{ label: say('button-open'), url: post.url }, button(say('button-related'), 'related', post.id)],
        [buttonInPlace(say('button-another'), 'random', category?.name ?? '')],
      ],
    });
  },
};
