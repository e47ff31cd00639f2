import { miniAppUser } from '../../src/channels/telegram/init-data.ts';
import { signInitData } from '../support/telegram/sign-init-data.ts';
import { startWebApp, type WebApp } from '../support/web-app.ts';

const token = '123456789:AAF-not-a-real-token_for-tests-0000000';
const seconds = () => String(Math.floor(Date.now() / 1000));
const initData = (id = 42) => signInitData({ auth_date: seconds(), user: `{"id":${id},"language_code":"en"}` }, token);

describe('subscribing at a tap', () => {
  let app: WebApp;
  beforeEach(async () => {
    app = await startWebApp({ parts: { telegramUser: (given) => miniAppUser(given, token, new Date()) } });
  });
  afterEach(() => app.stop());

  const change = async (authorization: string, body: unknown) => {
    const response = await fetch(`${app.url}/api/subscriptions`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const seen = async (authorization: string) =>
    ((await (await app.get('/api/subscriptions', { authorization })).json()) as { subscriptions: unknown })
      .subscriptions;
  const vision = { kind: 'category', category: 'Vision' };

  it('subscribes the Telegram address of whoever Telegram vouches for, and says so in their language', async () => {
    const answer = await change(`tma ${initData()}`, { subscription: vision, wanted: true });
    expect(answer.body).toEqual({ subscriptions: [vision], said: expect.stringContaining('Vision') });
    expect((await app.book.find({ channel: 'telegram', chat: '42' }))?.subscriptions).toEqual([vision]);
    expect(await seen(`tma ${initData()}`)).toEqual([vision]);
    expect(await seen(`tma ${initData(43)}`)).toEqual([]);

    const query = { kind: 'query', query: 'LoRA' };
    await change(`tma ${initData()}`, { subscription: query, wanted: true });
    const left = await change(`tma ${initData()}`, { subscription: vision, wanted: false });
    expect(left.body.subscriptions).toEqual([query]);
  });

  it('subscribes a visitor of the page likewise', async () => {
    const visitor = 'Bearer a-visitor-of-the-browse-page';
    await change(visitor, { subscription: { kind: 'everything' }, wanted: true });
    expect(await seen(visitor)).toEqual([{ kind: 'everything' }]);
    await change(visitor, { subscription: { kind: 'everything' }, wanted: false });
    expect(await seen(visitor)).toEqual([]);
  });

  it.each([
    ['nobody', {}],
    ['a forged user', { authorization: `tma ${initData().replace('42', '43')}` }],
    ['an empty initData', { authorization: 'tma ' }],
    ['a visitor without a secret', { authorization: 'Bearer x' }],
  ])('is refused to %s', async (_who, headers: Record<string, string>) => {
    expect((await app.get('/api/subscriptions', headers)).status).toBe(401);
    const answer = await change(headers.authorization ?? '', { subscription: vision, wanted: true });
    expect(answer.status).toBe(401);
    for await (const one of app.book.all()) expect(one).toBeUndefined();
  });

  it.each([
    ['no subscription', { wanted: true }],
    ['a kind that there is not', { subscription: { kind: 'person' }, wanted: true }],
    ['a category without a name', { subscription: { kind: 'category' }, wanted: true }],
    ['a query without words', { subscription: { kind: 'query', query: '' }, wanted: true }],
    ['no wish', { subscription: vision }],
  ])('is refused for %s', async (_what, body) => {
    expect((await change(`tma ${initData()}`, body)).status).toBe(400);
  });

  it('knows nobody from Telegram where there is no Telegram', async () => {
    const without = await startWebApp();
    const response = await fetch(`${without.url}/api/subscriptions`, {
      headers: { authorization: `tma ${initData()}` },
    });
    expect(response.status).toBe(401);
    await without.stop();
  });
});

describe('the posts of a category and of a series', () => {
  let app: WebApp;
  beforeAll(async () => {
    app = await startWebApp();
  });
  afterAll(() => app.stop());
  const read = async (path: string) => (await (await app.get(path)).json()) as Record<string, never>;

  it('come by their names', async () => {
    const { posts, total } = await read('/api/posts?category=Vision');
    expect([(posts as unknown as { title: string }[]).map(({ title }) => title), total]).toEqual([
      ['Diffusion models'],
      1,
    ]);
    expect(await read('/api/posts?category=Nowhere')).toEqual({ posts: [], total: 0 });
    expect(await read('/api/posts?series=Nothing')).toEqual({ posts: [], total: 0 });
    expect(await read('/api/series')).toEqual({ series: [] });
  });
});
