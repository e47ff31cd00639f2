import { LRUCache } from 'lru-cache';
import type { Clock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { AskedQuery, CountedQuery, QueryCounts } from '../posts/query-counts.ts';
import type { SearchIndex, SearchQuery } from '../search/search-index.ts';
import { seemsPersonal } from './seems-personal.ts';

/**
 * What people look for: no person, and no time but the day. Counted in memory, where of very many different queries
 * those that were not asked for longest are forgotten; what was asked more than once is kept over restarts.
 */
export interface QueryLog {
  asked(query: string, total: number): void;
  /** The same index, whose searches are counted; turning a page is no new question. */
  watch(index: () => SearchIndex): () => SearchIndex;
  /** The most frequent ones. */
  top(limit: number): Promise<readonly CountedQuery[]>;
  /** The most frequent ones that nothing answers: what an author might write about. */
  unanswered(limit: number): Promise<readonly CountedQuery[]>;
  /** Takes what was counted to the database, once a minute and when the signal aborts; then resolves. */
  run(signal: AbortSignal): Promise<void>;
}

export interface QueryLogParts {
  readonly kept: QueryCounts;
  /** For how many days what was asked is kept; with 0 nothing is, and all of it is forgotten at the end. */
  readonly days: number;
  readonly clock: Clock;
  readonly log: Log;
}

const mostQueries = 2_000;
const longest = 100;
/** What was asked once may be of one person alone. */
const timesToBeKept = 2;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

interface Counted extends AskedQuery {
  /** How many of them the database has. */
  readonly written: number;
}

export function createQueryLog({ kept, days, clock, log }: QueryLogParts): QueryLog {
  const counts = new LRUCache<string, Counted>({ max: mostQueries });
  const watched = new WeakMap<SearchIndex, SearchIndex>();
  const dayBefore = (daysAgo: number) => new Date(clock.now().getTime() - daysAgo * dayMs).toISOString().slice(0, 10);

  const asked = (text: string, total: number) => {
    const query = text.replace(/\s+/g, ' ').trim().slice(0, longest);
    if (query === '') return;
    const key = query.normalize('NFKC').toLowerCase();
    const { count = 0, written = 0 } = counts.get(key) ?? {};
    counts.set(key, { key, query, total, count: count + 1, written });
  };

  const isToBeKept = ({ query, count, written }: Counted) =>
    days > 0 && count >= timesToBeKept && count > written && !seemsPersonal(query);

  const write = async (): Promise<void> => {
    const unwritten = [...counts.values()].filter(isToBeKept);
    if (unwritten.length === 0) return;
    const more = unwritten.map(({ written, ...one }) => ({ ...one, count: one.count - written }));
    await kept.add(more, dayBefore(0));
    // Some may have been asked again meanwhile.
    for (const { key, count } of unwritten) {
      const now = counts.peek(key);
      if (now) counts.set(key, { ...now, written: Math.min(count, now.count) });
    }
  };
  // One after the other: two at once would both take the same counts there.
  let writing: Promise<void> = Promise.resolve();
  const writeNext = (): Promise<void> => {
    writing = writing.then(write).catch((fault: unknown) => {
      log.warn({ fault: messageOf(fault) }, 'what readers look for could not be kept; it is tried again');
    });
    return writing;
  };

  const ranked = async (wanted: (query: CountedQuery) => boolean, limit: number): Promise<readonly CountedQuery[]> => {
    await writeNext();
    const all = new Map<string, AskedQuery>();
    if (days > 0) for (const one of await kept.most(dayBefore(days - 1), mostQueries)) all.set(one.key, one);
    for (const { written, ...one } of counts.values()) {
      all.set(one.key, { ...one, count: (all.get(one.key)?.count ?? 0) + one.count - written });
    }
    return [...all.values()]
      .filter(wanted)
      .sort((one, other) => other.count - one.count)
      .slice(0, limit)
      .map(({ query, count, total }) => ({ query, count, total }));
  };

  const watch = (index: SearchIndex): SearchIndex => ({
    ...index,
    search(query: SearchQuery) {
      const page = index.search(query);
      if (query.offset === 0) asked(query.text, page.nearest ? 0 : page.total);
      return page;
    },
  });

  return {
    asked,
    watch: (index) => () => {
      const current = index();
      const known = watched.get(current) ?? watch(current);
      watched.set(current, known);
      return known;
    },
    top: (limit) => ranked(() => true, limit),
    unanswered: (limit) => ranked(({ total }) => total === 0, limit),
    async run(signal) {
      while (!signal.aborted) {
        // Also what was kept while more days were wanted, or any.
        await kept.forgetBefore(dayBefore(days - 1)).catch((fault: unknown) => {
          log.warn(
            { fault: messageOf(fault) },
            'what readers once looked for could not be forgotten; it is tried again',
          );
        });
        await clock.sleep(minuteMs, signal);
        await writeNext();
      }
    },
  };
}
