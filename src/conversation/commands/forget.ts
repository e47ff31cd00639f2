import type { CommandDefinition } from '../asking.ts';
import { refusalOf } from '../refusal-of.ts';
import { reply } from '../reply.ts';

/** Deletes all that is stored about whoever asks, at once. */
export const forget: CommandDefinition = {
  name: 'forget',
  chinese: ['忘记我'],
  listed: true,

  async answer(asking) {
    const { book, incoming, say } = asking;
    const refusal = refusalOf(asking);
    if (refusal) return refusal;
    await book.remove(incoming.address);
    return reply(say('forget-done'), { forgotten: true });
  },
};
