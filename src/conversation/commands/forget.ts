import type { CommandDefinition } from '../asking.ts';
import { reply } from '../reply.ts';

/** Deletes all that is stored about whoever asks, at once. */
export const forget: CommandDefinition = {
  name: 'forget',
  chinese: ['忘记我'],
  listed: true,

  async answer({ book, incoming, say }) {
    if (!incoming.mayManage) return reply(say('manage-refused', { place: incoming.place }), { aside: true });
    await book.remove(incoming.address);
    return reply(say('forget-done'), { forgotten: true });
  },
};
