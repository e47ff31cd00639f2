import type { SearchIndex } from '../../src/search/search-index.ts';
import { createSearchIndex } from '../../src/search/search-indexer.ts';
import { answers, fixture, foundingCatalog, indexOf, type Judged } from './worlds.ts';

interface Complaint {
  readonly report: string;
  readonly posts: readonly { readonly id: string; readonly title: string; readonly summary: string }[];
  readonly query: string;
  readonly first: readonly string[];
  readonly found: readonly string[];
  readonly absent: readonly string[];
}

describe('complaints about search in such catalogs', () => {
  for (const { report, posts, query, first, found, absent } of fixture<Complaint>('reported-faults.jsonl')) {
    it(`does not repeat ${report}: ${query}`, () => {
      const ids = answers(indexOf(posts), query);
      expect(ids.slice(0, first.length)).toEqual(first);
      expect(ids).toEqual(expect.arrayContaining([...found]));
      expect(ids.filter((id) => absent.includes(id))).toEqual([]);
    });
  }
});

describe('judged queries on the founding catalog', () => {
  let index: SearchIndex;
  const judged = fixture<Judged>('queries.jsonl');
  const answerable = judged.filter(({ relevant }) => Object.keys(relevant).length > 0);
  const found = (query: string) => {
    const { hits, nearest } = index.search({ text: query, limit: 10, offset: 0 });
    return nearest ? [] : hits.map(({ post }) => post.url);
  };
  const share = (queries: readonly Judged[], holds: (query: Judged) => boolean) =>
    queries.filter(holds).length / queries.length;

  beforeAll(async () => {
    index = createSearchIndex(await foundingCatalog());
  });

  it('brings a relevant post first for 98 of 100 queries', () => {
    const right = ({ query, relevant }: Judged) => (relevant[found(query)[0] ?? ''] ?? 0) > 0;
    expect(share(answerable, right)).toBeGreaterThanOrEqual(0.98);
  });

  it('ranks so that nDCG@5 is at least .96', () => {
    const dcg = (grades: readonly number[]) =>
      grades.slice(0, 5).reduce((sum, grade, at) => sum + (2 ** grade - 1) / Math.log2(at + 2), 0);
    const values = answerable.map(({ query, relevant }) => {
      const ideal = Object.values(relevant).sort((a, b) => b - a);
      return dcg(found(query).map((url) => relevant[url] ?? 0)) / dcg(ideal);
    });
    expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeGreaterThanOrEqual(0.96);
  });

  it('leaves hardly an answerable query without a result', () => {
    expect(share(answerable, ({ query }) => found(query).length === 0)).toBeLessThanOrEqual(0.005);
  });

  it('finds nothing where the catalog has no answer', () => {
    const unanswerable = judged.filter(({ relevant }) => Object.keys(relevant).length === 0);
    expect(share(unanswerable, ({ query }) => found(query).length > 0)).toBeLessThanOrEqual(0.05);
  });
});
