import { readFileSync } from 'node:fs';
import { readCatalog } from '../../src/catalog/read-catalog.ts';
import { createSources } from '../../src/catalog/sources/create-sources.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import type { Catalog, Post } from '../../src/posts/post.ts';
import { createDictionary } from '../../src/search/dictionary/dictionary.ts';
import { readDefaultGlossary } from '../../src/search/glossary/default-glossary.ts';
import type { MatchingIndex } from '../../src/search/search-index.ts';
import { createSearchIndex, type SearchIndexOptions } from '../../src/search/search-indexer.ts';

/** The word lists are read once: they never change. */
const words = { dictionary: createDictionary(), defaultGlossary: readDefaultGlossary() };

/** A catalog of these posts; what is left out is empty, ids count from 0. */
export function catalogOf(posts: readonly (string | Partial<Post>)[], revision = '1'): Catalog {
  return {
    posts: posts.map((given, at) => ({
      id: String(at),
      title: typeof given === 'string' ? given : '',
      url: `https://example.org/${at}`,
      category: [],
      summary: '',
      links: [],
      tags: [],
      source: 'test',
      ...(typeof given === 'string' ? {} : given),
    })),
    problems: [],
    revision,
  };
}

export function indexOf(posts: readonly (string | Partial<Post>)[], options?: SearchIndexOptions): MatchingIndex {
  return createSearchIndex(catalogOf(posts), { ...words, ...options });
}

/** The ids of the posts that answer, in order; none where the posts found are only near. */
export function answers(index: Pick<MatchingIndex, 'search'>, text: string, limit = 50): string[] {
  const { hits, nearest } = index.search({ text, limit, offset: 0 });
  return nearest ? [] : hits.map(({ post }) => post.id);
}

export function titles(index: Pick<MatchingIndex, 'search'>, text: string, limit = 50): string[] {
  const { hits, nearest } = index.search({ text, limit, offset: 0 });
  return nearest ? [] : hits.map(({ post }) => post.title);
}

/** The default catalog, read as the app reads it. */
export async function foundingCatalog(): Promise<Catalog> {
  const sources = createSources('catalog', { folder: process.cwd(), clock: systemClock });
  return readCatalog(sources, new AbortController().signal);
}

export interface Judged {
  readonly kind: string;
  readonly query: string;
  readonly relevant: Readonly<Record<string, number>>;
}

export function fixture<Line>(name: string): Line[] {
  const text = readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
