import { LRUCache } from 'lru-cache';
import type { SearchIndex, SearchPage, SearchQuery } from '../search/search-index.ts';

/** A page of hits points to posts that the catalog holds anyway: a thousand of them take a few megabytes. */
const kept = 1_000;

/**
 * Searches that were asked before are answered from memory, as long as the index stays: readers page to and
 * fro, share links and ask for the same few things. One index answers one query always the same, so nothing
 * can be out of date.
 */
export function createRecentSearches(index: () => SearchIndex): (query: SearchQuery) => SearchPage {
  const pages = new LRUCache<string, SearchPage>({ max: kept });
  let of: SearchIndex | undefined;

  return (query) => {
    const current = index();
    if (of !== current) pages.clear();
    of = current;
    const { text, category = null, limit, offset } = query;
    const key = JSON.stringify([text, category, limit, offset]);
    const known = pages.get(key);
    if (known) return known;
    const page = current.search(query);
    pages.set(key, page);
    return page;
  };
}
