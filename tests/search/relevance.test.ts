import type { SearchIndex } from '../../src/search/search-index.ts';
import { createSearchIndex } from '../../src/search/search-indexer.ts';
import { answers, fixture, foundingCatalog, indexOf, type Judged, titles } from './worlds.ts';

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

describe('a title that is another name of the only thing asked for', () => {
  const index = indexOf([
    'Biological visualizations',
    'DevSecOps and ChatOps',
    'Testing in production: 单元测试',
    'Audio visualization: data visualizations you can hear',
    'How site reliability engineering teams work',
    'Unit tests for unit tests: a unit test reader',
    'Data Visualization',
    'Site Reliability Engineering',
    'Unit Testing',
  ]);

  it.each([
    ['资料视觉化', 'Data Visualization'],
    ['sre', 'Site Reliability Engineering'],
    ['SRE 入门', 'Site Reliability Engineering'],
    ['什么是站点可靠性', 'Site Reliability Engineering'],
    ['单元测试', 'Unit Testing'],
  ])('comes first for %s', (query, title) => {
    expect(titles(index, query)[0]).toBe(title);
  });

  it('but after the title that is what was typed', () => {
    const both = indexOf(['Unit Testing', '单元测试']);
    expect(titles(both, '单元测试')).toEqual(['单元测试', 'Unit Testing']);
    expect(titles(both, 'unit testing')).toEqual(['Unit Testing', '单元测试']);
  });
});

describe('the kind of article that is wanted', () => {
  const index = indexOf([
    { title: '大模型微调：LoRA 的原理' },
    { title: '用 AI 做音乐，详细教程', summary: '给新手的入门教程，附案例。' },
    { title: 'Docker 入门' },
    { title: 'Docker networking in depth' },
  ]);

  it.each(['LoRA 入门', 'LoRA 教程', 'LoRA tutorial', 'LoRA 论文解读', '怎么入门 LoRA', 'intro to LoRA'])(
    'is not asked of what is on the matter: %s',
    (query) => {
      expect(answers(index, query)).toEqual(['0']);
    },
  );

  it.each(['React 教程', 'kubernetes tutorial', '量子力学入门'])('is no matter by itself: %s', (query) => {
    expect(answers(index, query)).toEqual([]);
  });

  it('puts what is of that kind first', () => {
    expect(answers(index, 'docker 入门')).toEqual(['2', '3']);
  });

  it('is all that is asked for when nothing else is said', () => {
    expect(answers(index, '教程')[0]).toBe('1');
  });
});

it('puts no name of one model before the matter itself, rare as it may be', async () => {
  const { search } = createSearchIndex(await foundingCatalog());
  const { hits } = search({ text: '怎么微调大模型', limit: 9, offset: 0 });
  const rankOf = (title: string) => hits.findIndex(({ post }) => post.title.startsWith(title));
  expect(rankOf('大模型微调：LoRA和DoRA')).toBeLessThan(rankOf('Llama 3 简介'));
});
