import type { Catalog } from '../../src/posts/post.ts';
import type { SearchIndex } from '../../src/search/search-index.ts';
import { createSearchIndex } from '../../src/search/search-indexer.ts';

/**
 * The real index without the word lists that come with it: reading those takes seconds, and they are not what
 * most tests are about.
 */
export function createQuickIndex(catalog: Catalog): SearchIndex {
  return createSearchIndex(catalog, {
    defaultGlossary: { concepts: [] },
    dictionary: { toEnglish: () => [], toChinese: () => [] },
  });
}
