import { LRUCache } from 'lru-cache';
import type { SearchIndex, SearchQuery } from '../search/search-index.ts';

/** A query, how often it was asked, and how many posts answered it the last time. */
export interface CountedQuery {
  readonly query: string;
  readonly count: number;
  readonly total: number;
}

/**
 * What people look for, counted since the process started and kept in memory only: no person, no time. Of very
 * many different queries those that were not asked for longest are forgotten.
 */
export interface QueryLog {
  asked(query: string, total: number): void;
  /** The same index, whose searches are counted; turning a page is no new question. */
  watch(index: () => SearchIndex): () => SearchIndex;
  /** The most frequent ones. */
  top(limit: number): readonly CountedQuery[];
  /** The most frequent ones that nothing answers: what an author might write about. */
  unanswered(limit: number): readonly CountedQuery[];
}

const kept = 2_000;
const longest = 100;

export function createQueryLog(): QueryLog {
  const counts = new LRUCache<string, CountedQuery>({ max: kept });
  const watched = new WeakMap<SearchIndex, SearchIndex>();

  const asked = (text: string, total: number) => {
    const query = text.replace(/\s+/g, ' ').trim().slice(0, longest);
    if (query === '') return;
    const key = query.normalize('NFKC').toLowerCase();
    counts.set(key, { query, total, count: (counts.get(key)?.count ?? 0) + 1 });
  };
  const ranked = (wanted: (query: CountedQuery) => boolean, limit: number) =>
    [...counts.values()]
      .filter(wanted)
      .sort((one, other) => other.count - one.count)
      .slice(0, limit);

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
  };
}
