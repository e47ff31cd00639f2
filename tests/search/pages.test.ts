import fc from 'fast-check';
import type { MatchingIndex } from '../../src/search/search-index.ts';
import { createSearchIndex, createSearchIndexer } from '../../src/search/search-indexer.ts';
import { answers, catalogOf, fixture, foundingCatalog, indexOf, type Judged } from './worlds.ts';

const WORDS = ['数据库', '索引', '部署', 'docker', 'LoRA', '微调', 'git', '前端', '闭包', 'GPT-4', '测试', 'cache'];
const titleOf = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));

describe('pages', () => {
  it('put together are the whole answer, each post once, and the total counts them', async () => {
    const indexer = createSearchIndexer();
    await fc.assert(
      fc.asyncProperty(
        fc.array(titleOf, { minLength: 1, maxLength: 40 }),
        titleOf,
        fc.integer({ min: 1, max: 7 }),
        async (posts, text, limit) => {
          const index = await indexer.next(catalogOf(posts));
          const { total, nearest } = index.search({ text, limit: 1, offset: 0 });
          if (nearest) return;
          const paged: string[] = [];
          for (let offset = 0; offset < total; offset += limit) {
            paged.push(...index.search({ text, limit, offset }).hits.map(({ post }) => post.id));
          }
          expect(paged).toHaveLength(total);
          expect(new Set(paged).size).toBe(total);
          expect(paged).toEqual(answers(index, text, total + 1));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('count and reach every post of a broad query in a large catalog', () => {
    const index = indexOf(Array.from({ length: 700 }, (_, at) => `数据库 第 ${at} 则`));
    const { total } = index.search({ text: '数据库', limit: 5, offset: 0 });
    expect(total).toBe(700);
    const pages = Array.from(
      { length: 7 },
      (_, at) => index.search({ text: '数据库', limit: 100, offset: at * 100 }).hits,
    );
    expect(new Set(pages.flat().map(({ post }) => post.id)).size).toBe(700);
  });
});

describe('a catalog that changes', () => {
  it('answers as if it had been indexed anew, and leaves earlier snapshots alone', async () => {
    const change = fc.record({ at: fc.nat(30), title: titleOf });
    await fc.assert(
      fc.asyncProperty(
        fc.array(titleOf, { minLength: 2, maxLength: 12 }),
        fc.array(change, { maxLength: 12 }),
        titleOf,
        async (start, changes, text) => {
          const indexer = createSearchIndexer();
          let posts = catalogOf(start).posts;
          const first = await indexer.next({ posts, problems: [], revision: '0' });
          const before = answers(first, text);
          for (const { at, title } of changes) {
            // A title at a known place is an edit, beyond the end a new post; the same title again takes one away.
            const known = posts[at];
            if (!known) posts = [...posts, { ...(posts[0] ?? fail()), id: `new-${posts.length}-${at}`, title }];
            else if (known.title === title) posts = posts.filter((post) => post !== known);
            else posts = posts.map((post) => (post === known ? { ...post, title } : post));
          }
          const next = await indexer.next({ posts, problems: [], revision: '1' });
          const fresh = createSearchIndex({ posts, problems: [], revision: '1' });
          const query = { text, limit: 50, offset: 0 };
          expect(next.search(query)).toEqual(fresh.search(query));
          expect(answers(first, text)).toEqual(before);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('brings each post as the snapshot holds it, though nothing that is searched changed', async () => {
    const indexer = createSearchIndexer();
    const before = catalogOf([{ title: 'LoRA', line: 3, links: [] }, '别的']);
    const after = catalogOf([
      { title: 'LoRA', line: 7, links: [{ title: 'code', url: 'https://example.org/code' }] },
      '别的',
    ]);
    const [first, next] = [await indexer.next(before), await indexer.next(after)];
    const found = (index: MatchingIndex) => index.search({ text: 'lora', limit: 1, offset: 0 }).hits[0]?.post;
    expect(found(next)).toEqual(after.posts[0]);
    expect(found(first)).toEqual(before.posts[0]);
  });

  it('leaves a query that was asked before as it was, though later posts hold its words', async () => {
    const indexer = createSearchIndexer();
    const posts = catalogOf(['部署 数据库', '测试']).posts;
    const first = await indexer.next({ posts, problems: [], revision: '0' });
    const before = first.search({ text: '部署 测试', limit: 9, offset: 0 });
    await indexer.next({
      posts: [...posts, ...catalogOf([{ id: 'new', title: '部署 测试' }]).posts],
      problems: [],
      revision: '1',
    });
    expect(first.search({ text: '部署 测试', limit: 9, offset: 0 })).toEqual(before);
  });

  it('is indexed in the order of the calls, and an aborted call rejects', async () => {
    const indexer = createSearchIndexer();
    const [a, b] = await Promise.all([
      indexer.next(catalogOf(['甲'], 'a')),
      indexer.next(catalogOf(['甲', '乙'], 'b')),
    ]);
    expect([a.revision, b.revision]).toEqual(['a', 'b']);
    await expect(indexer.next(catalogOf(['丙'], 'c'), AbortSignal.abort())).rejects.toThrow('aborted');
    expect(answers(await indexer.next(catalogOf(['丁'], 'd')), '丁')).toEqual(['0']);
  });
});

it('an index is built without the tables of words: the first query that needs them loads them', () => {
  const loaded: string[] = [];
  const index = createSearchIndex(catalogOf(['数据库 backup', 'LoRA']), {
    get defaultGlossary() {
      loaded.push('glossary');
      return { concepts: [] };
    },
    dictionary: {
      toEnglish: () => [],
      toChinese: () => {
        loaded.push('dictionary');
        return [];
      },
    },
  });
  expect(loaded).toEqual([]);
  index.search({ text: 'database', limit: 1, offset: 0 });
  expect(new Set(loaded)).toEqual(new Set(['glossary', 'dictionary']));
});

describe('saved queries', () => {
  let index: MatchingIndex;
  beforeAll(async () => {
    index = createSearchIndex(await foundingCatalog());
  });

  it('match a post exactly when a search would bring it', () => {
    const ids = new Set(
      ['0', '1', '2'].map((_, at) => index.search({ text: '大模型', limit: 3, offset: 0 }).hits[at]?.post.id ?? ''),
    );
    for (const { query } of fixture<Judged>('queries.jsonl').slice(0, 120)) {
      const found = answers(index, query, 100).filter((id) => ids.has(id));
      expect({ query, found: [...index.matching(query, ids)].sort() }).toEqual({ query, found: found.sort() });
    }
  });

  it('know filters too', () => {
    const posts = indexOf([
      { title: 'LoRA', date: '2024-01-01' },
      { title: 'LoRA 二', date: '2023-01-01' },
    ]);
    expect([...posts.matching('lora year:2024', new Set(['0', '1']))]).toEqual(['0']);
    expect([...posts.matching('year:2023', new Set(['0', '1']))]).toEqual(['1']);
    expect([...posts.matching('lora', new Set(['unknown']))]).toEqual([]);
  });
});

describe('related posts', () => {
  it('share rare words, and never hold the post itself', () => {
    const index = indexOf(['LoRA 微调实践', 'LoRA 与 QLoRA', '天气很好', '今天的午饭']);
    const related = index.related('0', 3).map(({ post }) => post.id);
    expect(related[0]).toBe('1');
    expect(related).not.toContain('0');
  });

  it('are none for an unknown post', () => {
    expect(indexOf(['甲']).related('nobody', 3)).toEqual([]);
  });
});

function fail(): never {
  throw new Error('A catalog that begins with posts has a first one.');
}
