import type { CommandDefinition } from '../asking.ts';
import { button, reply } from '../reply.ts';

/** Greets, and says in a breath what one can do. */
export const start: CommandDefinition = {
  name: 'start',
  chinese: ['开始'],
  listed: false,

  answer({ incoming, say, view }) {
    const count = view.catalog.posts.length;
    const subscribe = incoming.mayManage ? [button(say('button-subscribe-everything'), 'subscribe')] : [];
    return reply(say('start', { count, place: incoming.place }), {
      actions: [
        [button(say('button-latest'), 'latest'), button(say('button-categories'), 'categories')],
        [...subscribe, button(say('button-help'), 'help')],
      ],
    });
  },
};
