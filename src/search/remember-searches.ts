import { LRUCache } from 'lru-cache';
import type { SearchIndex, SearchPage } from './search-index.ts';

/** A page of hits points to posts that the catalog holds anyway: a thousand of them take a few megabytes. */
const kept = 1_000;
/** Longer pages are asked for by no reader. */
const longestPage = 50;

/**
 * The same index, which answers from memory what it was asked before: readers turn pages to and fro and ask for the
 * same few things. An index is immutable, so nothing can be out of date.
 */
export function rememberSearches<Index extends SearchIndex>(index: Index): Index {
  const pages = new LRUCache<string, SearchPage>({ max: kept });
  return {
    ...index,
    search: (query) => {
      if (query.limit > longestPage) return index.search(query);
      const key = JSON.stringify(query);
      const known = pages.get(key);
      if (known) return known;
      const page = index.search(query);
      pages.set(key, page);
      return page;
    },
  };
}
