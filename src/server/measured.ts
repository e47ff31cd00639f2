import type { Deliverer } from '../announce/deliverer.ts';
import type { Conversation } from '../conversation/conversation.ts';
import type { SearchIndex } from '../search/search-index.ts';
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

/** The current index, whose searches are timed and counted by what they found. */
export function measuredSearches(index: () => SearchIndex, metrics: Metrics): () => SearchIndex {
  const measured = new WeakMap<SearchIndex, SearchIndex>();
  const measure = (current: SearchIndex): SearchIndex => ({
    ...current,
    search(query) {
      const begin = performance.now();
      const page = current.search(query);
      metrics.searched(page, (performance.now() - begin) / 1000);
      return page;
    },
  });
  return () => {
    const current = index();
    const known = measured.get(current) ?? measure(current);
    measured.set(current, known);
    return known;
  };
}
