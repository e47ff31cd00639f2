import type { Deliverer } from '../announce/deliverer.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { Metrics } from './metrics.ts';

/** A conversation whose answers are counted and timed. */
export function measuredConversation(conversation: Conversation, metrics: Metrics): Conversation {
  return {
    async answer(incoming, signal) {
      const begin = performance.now();
      const { channel } = incoming.address;
      try {
        const message = await conversation.answer(incoming, signal);
        metrics.answered(channel, (performance.now() - begin) / 1000);
        return message;
      } catch (fault) {
        metrics.answerFailed(channel);
        throw fault;
      }
    },
  };
}

/** A deliverer whose outcomes are counted. */
export function measuredDeliverer(deliverer: Deliverer, metrics: Metrics): Deliverer {
  return {
    ...deliverer,
    async deliver(delivery, signal) {
      const outcome = await deliverer.deliver(delivery, signal);
      metrics.delivered(deliverer.channel, outcome.kind);
      return outcome;
    },
  };
}
