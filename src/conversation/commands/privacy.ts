import { formatAddress } from '../../subscribers/address.ts';
import type { CommandDefinition } from '../asking.ts';
import { button, reply } from '../reply.ts';

/** Says what is stored about whoever asks. */
export const privacy: CommandDefinition = {
  name: 'privacy',
  chinese: ['隐私'],
  listed: true,

  answer({ incoming, say, subscriber }) {
    const stored = subscriber
      ? say('privacy-stored', {
          address: formatAddress(subscriber.address),
          count: subscriber.subscriptions.length,
          since: subscriber.since.toISOString().slice(0, 10),
        })
      : say('privacy-nothing');
    const forget = subscriber && incoming.mayManage ? [[button(say('button-forget'), 'forget')]] : [];
    const list = incoming.bareWords ? [say('privacy-list')] : [];
    const notified = subscriber && incoming.keepsNotifications ? [say('privacy-notifications')] : [];
    const answers = incoming.keepsAnswers ? [say('privacy-answers')] : [];
    return reply([stored, ...notified, ...list, ...answers, say('privacy-searches')].join('\n'), { actions: forget });
  },
};
