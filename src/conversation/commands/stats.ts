import type { CountedQuery } from '../../posts/query-counts.ts';
import type { CommandDefinition } from '../asking.ts';
import { countByDay } from '../by-day.ts';
import { cleanLine } from '../clean-text.ts';
import type { Say } from '../phrases/phrases.ts';
import { reply } from '../reply.ts';

const dayMs = 24 * 60 * 60_000;

/** Queries that are listed, of each kind. */
const mostQueries = 5;

/** For admins: how many posts, subscribers and deliveries there are, and what people look for. */
export const stats: CommandDefinition = {
  name: 'stats',
  chinese: ['统计'],
  listed: false,
  audience: 'admins',

  async answer({ book, desk, language, say, timezone, view, now }) {
    const channels = new Map<string, number>();
    const kinds = { everything: 0, category: 0, query: 0 };
    const fresh = { day: 0, week: 0, month: 0 };
    const began: Date[] = [];
    let suspended = 0;
    for await (const { address, state, subscriptions, since } of book.all()) {
      if (subscriptions.length === 0) continue;
      if (state === 'suspended') suspended += 1;
      else channels.set(address.channel, (channels.get(address.channel) ?? 0) + 1);
      began.push(since);
      const days = (now.getTime() - since.getTime()) / dayMs;
      if (days < 1) fresh.day += 1;
      if (days < 7) fresh.week += 1;
      if (days < 30) fresh.month += 1;
      for (const { kind } of subscriptions) kinds[kind] += 1;
    }
    const active = [...channels.values()].reduce((sum, count) => sum + count, 0);
    const { posts, problems } = view.catalog;
    const lines = [
      say('stats-catalog', { posts: posts.length, categories: view.categories().all.size, problems: problems.length }),
      say('stats-subscribers', { count: active, suspended }),
      ...[...channels].map(([channel, count]) => say('stats-channel', { channel, count })),
      say('stats-fresh', fresh),
      say('stats-days', {
        days: countByDay(began, { now, timezone, days: 7, language })
          .map(({ day, count }) => `${day} ${count}`)
          .join(say('list-separator')),
      }),
      say('stats-subscriptions', kinds),
      ...(desk ? [say('stats-deliveries', { ...(await desk.deliveries()) })] : []),
    ];
    const { top, unanswered } = (await desk?.queries(mostQueries)) ?? { top: [], unanswered: [] };
    return reply(
      [...lines, ...ranking(say('stats-queries'), top, say), ...ranking(say('stats-unanswered'), unanswered, say)].join(
        '\n',
      ),
    );
  },
};

function ranking(heading: string, queries: readonly CountedQuery[], say: Say): string[] {
  if (queries.length === 0) return [];
  return [heading, ...queries.map(({ query, count }) => say('stats-query', { query: cleanLine(query), count }))];
}
