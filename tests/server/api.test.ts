import { createCovers } from '../../src/covers/create-covers.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import type { Post } from '../../src/posts/post.ts';
import type { CategoryDocument } from '../../src/server/category-list.ts';
import type { SearchDocument } from '../../src/server/search-document.ts';
import { makeFolder } from '../support/process.ts';
import { post, startWebApp, type WebApp } from '../support/web-app.ts';

let app: WebApp;
beforeAll(async () => {
  app = await startWebApp();
});
afterAll(() => app.stop());

const json = async <Document>(path: string): Promise<Document> => (await app.get(path)).json() as Promise<Document>;
const search = (query: string) => json<SearchDocument>(`/api/search?${query}`);

describe('GET /api/search', () => {
  it('answers with the number of all hits and the first of them', async () => {
    const { query, total, tookMs, hits } = await search('q=LoRA&limit=2');
    expect({ query, total, ids: hits.map(({ id }) => id) }).toEqual({
      query: 'LoRA',
      total: 12,
      ids: expect.arrayContaining([expect.stringMatching(/^lora-in-practice-\d+$/)]),
    });
    expect(hits).toHaveLength(2);
    expect(tookMs).toBeGreaterThanOrEqual(0);
  });

  it('shows what of a hit answers', async () => {
    const { hits } = await search('q=LoRA&limit=1');
    expect(hits[0]?.highlights).toContainEqual(expect.objectContaining({ field: 'title', start: 0, end: 4 }));
  });

  it('says where the part of the summary that it shows is not all', async () => {
    const long = `${'Adapters keep most weights frozen while a few are learnt. '.repeat(5)}End.`;
    const own = await startWebApp({
      posts: [post('Long', { summary: long }), post('Short', { summary: 'Adapters.' })],
    });
    const { hits } = (await (await own.get('/api/search?q=adapters')).json()) as SearchDocument;
    await own.stop();
    expect(new Map(hits.map(({ title, snippet }) => [title, snippet.cut]))).toEqual(
      new Map([
        ['Long', true],
        ['Short', undefined],
      ]),
    );
  });

  it.each(['LoRA', 'zzzz', 'Docker "x" \\ </script>\u2028'])(
    'answers "%s" from memory as it did at first',
    async (q) => {
      const path = `q=${encodeURIComponent(q)}&limit=3`;
      const answers = [];
      for (let time = 0; time < 3; time += 1) answers.push(await search(path));
      const [first, ...again] = answers.map(({ tookMs: _, ...found }) => found);
      expect(again).toEqual([first, first]);
      // The one with pictures is written each time; there are none here.
      const { tookMs: _, ...pictured } = await search(`${path}&covers=true`);
      expect(pictured).toEqual(first);
      expect((await app.get(`/api/search?${path}`)).headers.get('content-type')).toBe(
        'application/json; charset=utf-8',
      );
    },
  );

  it('brings every hit once, page by page', async () => {
    const pages = await Promise.all([0, 5, 10].map((offset) => search(`q=LoRA&limit=5&offset=${offset}`)));
    const ids = pages.flatMap(({ hits }) => hits.map(({ id }) => id));
    expect([ids.length, new Set(ids).size]).toEqual([12, 12]);
  });

  it('stays within a category', async () => {
    const { hits } = await search(`q=${encodeURIComponent('容器')}&category=${encodeURIComponent('工具')}`);
    expect(hits.map(({ title }) => title)).toEqual(['Docker 入门']);
  });

  it('takes hostile words for words', async () => {
    const { hits } = await search(`q=${encodeURIComponent('<script>alert(1)</script> ((((.*)*)*)* \u0000')}`);
    expect(Array.isArray(hits)).toBe(true);
  });

  it.each([
    ['', 'q', 'q is missing'],
    ['q=a&limit=0', 'limit', 'limit must be >= 1'],
    ['q=a&limit=101', 'limit', 'limit must be <= 100'],
    ['q=a&limit=ten', 'limit', 'limit must be integer'],
    ['q=a&limit=', 'limit', 'limit must be integer'],
    ['q=a&offset=-1', 'offset', 'offset must be >= 0'],
    ['q=a&q=b', 'q', 'q must be string'],
  ])('refuses "%s" and names the parameter', async (query, parameter, error) => {
    const response = await app.get(`/api/search?${query}`);
    expect([response.status, await response.json()]).toEqual([400, { error, parameter }]);
  });

  it('refuses an overlong query and names it', async () => {
    const response = await app.get(`/api/search?q=${'a'.repeat(1001)}`);
    expect([response.status, await response.json()]).toMatchObject([400, { parameter: 'q' }]);
  });

  it('may be used by pages of other sites', async () => {
    expect((await app.get('/api/search?q=a')).headers.get('access-control-allow-origin')).toBe('*');
  });
});

describe('a post of a catalog with pictures', () => {
  const pictured = post('Pictured', { image: 'https://blog.example/a.jpg', summary: 'A picture of LoRA.' });
  const drawn = post('Drawn', { summary: 'A drawing of LoRA.' });
  let pictures: WebApp;
  beforeAll(async () => {
    const posts = [pictured, drawn, post('Cooking', { summary: 'Soup.' })];
    const postOf = (id: string) => posts.find((one) => one.id === id);
    const covers = createCovers({ mode: 'draw', folder: makeFolder(), postOf, clock: systemClock, log: silentLog });
    pictures = await startWebApp({ posts, parts: { covers } });
  });
  afterAll(() => pictures.stop());

  it.each([
    '/api/posts?covers=true',
    '/api/search?q=LoRA&covers=true',
    '/api/posts/pictured?covers=true',
    '/api/posts/pictured/related?covers=true',
  ])('comes with its cover where it is asked for: %s', async (path) => {
    const text = await (await pictures.get(path)).text();
    const covers = Array.from(text.matchAll(/"cover":"([^"]+)"/g), ([, address]) => address ?? '');
    expect(covers.length).toBeGreaterThan(0);
    for (const address of covers) {
      if (address.startsWith('/')) expect((await pictures.get(address)).headers.get('content-type')).toBe('image/jpeg');
      else expect(address).toBe(pictured.image);
    }
  });

  it('comes without where nobody asks', async () => {
    expect(await (await pictures.get('/api/posts')).text()).not.toContain('"cover"');
  });

  it('has relatives, of which it is none itself', async () => {
    const { posts } = (await (await pictures.get('/api/posts/pictured/related')).json()) as { posts: Post[] };
    expect(posts.map(({ id }) => id)).toEqual(['drawn']);
  });

  it('has none where the id is unknown', async () => {
    const response = await app.get('/api/posts/gone/related');
    expect([response.status, await response.json()]).toMatchObject([404, { parameter: 'id' }]);
  });
});

describe('GET /api/posts', () => {
  it('lists the newest first, with their number', async () => {
    const { posts, total } = await json<{ posts: Post[]; total: number }>('/api/posts?limit=2');
    expect([posts.map(({ title }) => title), total]).toEqual([['Diffusion models', 'Docker 入门'], 14]);
  });

  it('lists every post once, page by page', async () => {
    const pages = await Promise.all([0, 10].map((offset) => json<{ posts: Post[] }>(`/api/posts?offset=${offset}`)));
    expect(new Set(pages.flatMap(({ posts }) => posts.map(({ id }) => id))).size).toBe(14);
  });

  it('gives one post by its id', async () => {
    expect(await json('/api/posts/diffusion-models')).toEqual(
      post('Diffusion models', { category: ['Vision'], summary: 'From noise to pictures.', date: '2026-05-02' }),
    );
  });

  it.each(['none', '%F0%9F%92%A9', '..%2F..%2Fetc%2Fpasswd', '__proto__'])('knows no post "%s"', async (id) => {
    const response = await app.get(`/api/posts/${id}`);
    expect([response.status, await response.json()]).toEqual([
      404,
      { error: 'there is no post with this id', parameter: 'id' },
    ]);
  });
});

describe('GET /api/categories', () => {
  it('lists the categories in the order of the catalog, with their counts', async () => {
    const { categories } = await json<{ categories: CategoryDocument[] }>('/api/categories');
    expect(categories).toEqual([
      { name: 'Large language models', path: ['Large language models'], count: 12 },
      { name: '工具', path: ['工具'], count: 1 },
      { name: 'Vision', path: ['Vision'], count: 1 },
    ]);
  });

  it('counts a post in each category that lists it', async () => {
    const both = post('Both', { category: ['A', 'B'], alsoIn: [['C']] });
    const other = await startWebApp({ posts: [both, post('One', { category: ['C'] }), post('Nowhere')] });
    const response = await other.get('/api/categories');
    expect(await response.json()).toEqual({
      categories: [
        { name: 'A / B', path: ['A', 'B'], count: 1 },
        { name: 'C', path: ['C'], count: 2 },
      ],
    });
    await other.stop();
  });
});

describe('what is not there', () => {
  it('is said in JSON, without what was asked for', async () => {
    const response = await app.get('/api/nothing?secret=1');
    expect([response.status, await response.json()]).toEqual([404, { error: 'there is no GET /api/nothing' }]);
  });

  it.each(['/api/posts', '/p', '/go', '/covers'])(
    'is said of a name as long as a url may be, under %s',
    async (path) => {
      const response = await app.get(`${path}/${'x'.repeat(10_000)}`);
      expect([response.status, (await response.text()).length < 4_000]).toEqual([404, true]);
    },
  );

  it('is said of a broken url too', async () => {
    const response = await app.get('/api/posts/%ff');
    expect([response.status, await response.json()]).toEqual([400, { error: 'the url is malformed' }]);
  });
});
