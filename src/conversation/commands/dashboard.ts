import type { CommandDefinition } from '../asking.ts';
import { reply } from '../reply.ts';

/** For admins: a link that opens the dashboard once. Told in private alone, since whoever holds it gets in. */
export const dashboard: CommandDefinition = {
  name: 'dashboard',
  chinese: ['后台'],
  listed: false,
  audience: 'admins',

  async answer({ desk, incoming, say }) {
    if (!desk?.signInLink) return reply(say('dashboard-none'));
    if (incoming.place !== 'private') return reply(say('dashboard-private'));
    const url = await desk.signInLink();
    // Platforms take a button to an https address alone. Other addresses are this machine's own.
    if (!url.startsWith('https://')) return reply(`${say('dashboard-link')}\n${url}`);
    return reply(say('dashboard-link'), { actions: [[{ label: say('button-dashboard'), url }]] });
  },
};
