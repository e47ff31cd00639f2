import { create, insertMultiple, search as searchOrama } from '@orama/orama';
import Database from 'better-sqlite3';
import { Index } from 'flexsearch';
import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import type { Catalog } from '../src/posts/post.ts';
import { rememberSearches } from '../src/search/remember-searches.ts';
import type { SearchIndex } from '../src/search/search-index.ts';
import { createSearchIndex } from '../src/search/search-indexer.ts';

/** A search engine with the posts in it: places of the posts that answer, best first, and whether they answer. */
export interface Engine {
  search(query: string): readonly number[] | Promise<readonly number[]>;
}

export interface EngineMaker {
  readonly name: string;
  build(catalog: Catalog): Engine | Promise<Engine>;
}

const LIMIT = 10;

/** Words of letters, and pairs of Chinese characters: what makes each peer understand Chinese at all. */
function bigrams(text: string): string[] {
  const tokens: string[] = [];
  for (const [run] of text
    .normalize('NFKC')
    .toLowerCase()
    .matchAll(/\p{Script=Han}+|[\p{L}\p{N}]+/gu)) {
    if (!/\p{Script=Han}/u.test(run) || run.length === 1) tokens.push(run);
    else for (let at = 0; at + 1 < run.length; at++) tokens.push(run.slice(at, at + 2));
  }
  return tokens;
}

/** Postbell and its peers, each tuned as well as its options allow. */
export const engines: readonly EngineMaker[] = [
  { name: 'postbell', build: (catalog) => postbell(catalog, createSearchIndex(catalog)) },
  {
    name: 'minisearch',
    build: (catalog) => {
      const index = new MiniSearch({
        fields: ['title', 'category', 'summary'],
        tokenize: bigrams,
        searchOptions: {
          boost: { title: 4, category: 1.5 },
          prefix: (term) => /^[a-z]{3,}/.test(term),
          fuzzy: (term) => (/^[a-z]{5,}$/.test(term) ? 0.2 : false),
          weights: { fuzzy: 0.3, prefix: 0.5 },
        },
      });
      index.addAll(Array.from(catalog.posts.keys(), (id) => ({ id, ...fieldsOf(catalog, id) })));
      return {
        search: (text) =>
          index
            .search(text)
            .slice(0, LIMIT)
            .map(({ id }) => Number(id)),
      };
    },
  },
  {
    name: 'fuse',
    build: (catalog) => {
      const spaced = (text: string) => bigrams(text).join(' ');
      const fuse = new Fuse(
        catalog.posts.map((_, place) => {
          const { title, category, summary } = fieldsOf(catalog, place);
          return { place, title: spaced(title), category: spaced(category), summary: spaced(summary) };
        }),
        {
          keys: [
            { name: 'title', weight: 4 },
            { name: 'category', weight: 1.5 },
            { name: 'summary', weight: 1 },
          ],
          ignoreLocation: true,
          threshold: 0.3,
          useExtendedSearch: true,
          includeScore: true,
        },
      );
      return {
        search: (text) => {
          const tokens = bigrams(text).slice(0, 24);
          if (tokens.length === 0) return [];
          const all = fuse.search(tokens.map((token) => `'${token}`).join(' '), { limit: LIMIT });
          const found = all.length > 0 ? all : fuse.search(spaced(text), { limit: LIMIT });
          return found.map(({ item }) => item.place);
        },
      };
    },
  },
  {
    name: 'orama',
    build: async (catalog) => {
      const index = create({
        schema: { title: 'string', category: 'string', summary: 'string' },
        components: { tokenizer: { language: 'english', normalizationCache: new Map(), tokenize: bigrams } },
      });
      await insertMultiple(
        index,
        catalog.posts.map((_, place) => ({ id: String(place), ...fieldsOf(catalog, place) })),
        1000,
      );
      return {
        search: async (term) => {
          const { hits } = await searchOrama(index, {
            term,
            limit: LIMIT,
            threshold: 0.2,
            boost: { title: 4, category: 1.5 },
          });
          return hits.map(({ id }) => Number(id));
        },
      };
    },
  },
  {
    name: 'fts5',
    build: (catalog) => {
      const database = new Database(':memory:');
      database.exec('create virtual table post using fts5(title, category, summary)');
      const insert = database.prepare('insert into post (rowid, title, category, summary) values (?, ?, ?, ?)');
      database.transaction(() => {
        for (const place of catalog.posts.keys()) {
          const { title, category, summary } = fieldsOf(catalog, place);
          insert.run(place + 1, ...[title, category, summary].map((text) => bigrams(text).join(' ')));
        }
      })();
      const select = database
        .prepare<[string], number>('select rowid from post where post match ? order by bm25(post, 4, 1.5, 1) limit 10')
        .pluck();
      return {
        search: (text) => {
          const tokens = [...new Set(bigrams(text))].slice(0, 24).map((token) => `"${token}"`);
          if (tokens.length === 0) return [];
          const all = select.all(tokens.join(' AND '));
          return (all.length > 0 ? all : select.all(tokens.join(' OR '))).map((row) => row - 1);
        },
      };
    },
  },
  {
    name: 'flexsearch',
    build: (catalog) => {
      const index = new Index({ tokenize: 'strict', encode: bigrams });
      for (const place of catalog.posts.keys()) index.add(place, Object.values(fieldsOf(catalog, place)).join('\n'));
      return { search: (text) => index.search(text, { limit: LIMIT, suggest: true }) as number[] };
    },
  },
];

/**
 * Postbell asked in other ways, of which only the speed differs: as if no query nor any word of one had been asked
 * before; with every hit marked and its snippet cut, which no peer does; and as the app asks it, which answers from
 * memory what was asked before.
 */
export const variants: readonly EngineMaker[] = [
  {
    name: 'postbell, first time',
    build: (catalog) => postbell(catalog, createSearchIndex(catalog, { remembers: false })),
  },
  { name: 'postbell, marked', build: (catalog) => postbell(catalog, createSearchIndex(catalog), true) },
  {
    name: 'postbell, asked again',
    build: (catalog) => postbell(catalog, rememberSearches(createSearchIndex(catalog))),
  },
];

function postbell(catalog: Catalog, index: SearchIndex, marked = false): Engine {
  const places = new Map(catalog.posts.map((post, place) => [post.id, place]));
  return {
    search: (text) => {
      const { hits, nearest } = index.search({ text, limit: LIMIT, offset: 0 });
      if (marked) for (const hit of hits) if (hit.snippet.start > hit.post.summary.length) return [];
      return nearest ? [] : hits.map(({ post }) => places.get(post.id) ?? -1);
    },
  };
}

function fieldsOf(catalog: Catalog, place: number): { title: string; category: string; summary: string } {
  const post = catalog.posts[place];
  return { title: post?.title ?? '', category: post?.category.join(' ') ?? '', summary: post?.summary ?? '' };
}
