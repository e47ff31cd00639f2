import { systemClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { plain } from '../../src/message/card.ts';
import { postIdOfCountedLink, withCountedLinks } from '../../src/server/counted-links.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { makeFolder } from '../support/process.ts';
import { post, somePosts, startWebApp, type WebApp } from '../support/web-app.ts';

const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' };
const today = new Date().toISOString().slice(0, 10);

describe('a link that counts', () => {
  let store: Store;
  let app: WebApp;
  beforeAll(async () => {
    store = await openStore(`sqlite:${makeFolder()}/t.db`, { clock: systemClock, log: silentLog });
    const evil = post('Evil', { url: 'javascript:alert(1)' });
    app = await startWebApp({ posts: [...somePosts(), evil], parts: { opens: store.opens } });
  });
  afterAll(async () => {
    await app.stop();
    await store.close();
  });
  const open = (path: string, headers: Record<string, string> = browser, method = 'GET') =>
    fetch(app.url + path, { headers, method, redirect: 'manual' });
  const counted = async () =>
    Object.fromEntries((await store.opens.most(today, 10)).map((one) => [one.postId, one.count]));

  it('leads to the article, and counts people, not programs', async () => {
    for (let time = 0; time < 2; time += 1) {
      const response = await open('/r/diffusion-models');
      expect([response.status, response.headers.get('location')]).toEqual([
        302,
        'https://blog.example/diffusion-models',
      ]);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    }
    await open('/r/diffusion-models', { 'user-agent': 'TelegramBot (like TwitterBot)' });
    await open('/r/diffusion-models', { ...browser, 'sec-purpose': 'prefetch;prerender' });
    await open('/r/diffusion-models', browser, 'HEAD');
    await open('/r/docker-入门');
    expect(await counted()).toEqual({ 'diffusion-models': 2, 'docker-入门': 1 });
  });

  it('leads nowhere else, whatever is asked', async () => {
    for (const path of [
      '/r/nothing',
      '/r/evil',
      '/r/https:%2f%2fevil.example',
      '/r/%2f%2fevil.example',
      '/r/?url=https://evil.example',
    ]) {
      const response = await open(path);
      expect([path, response.status, response.headers.get('location')]).toEqual([path, 404, null]);
    }
  });

  it('leads on where nothing is counted any more, and where the count fails', async () => {
    const off = await startWebApp();
    const failing = await startWebApp({
      parts: { opens: { add: () => Promise.reject(new Error('disk full')), most: async () => [] } },
    });
    for (const one of [off, failing]) {
      const response = await fetch(`${one.url}/r/diffusion-models`, { headers: browser, redirect: 'manual' });
      expect(response.status).toBe(302);
      await one.stop();
    }
  });

  it('stands on cards and on the buttons that open the same articles', () => {
    const card = { postId: 'a b', title: plain('A'), url: 'https://blog.example/a', category: [], snippet: plain('') };
    const message = {
      text: 'Here',
      cards: [card],
      actions: [
        [
          { label: 'Open', url: card.url },
          { label: 'Elsewhere', url: 'https://other.example/' },
        ],
      ],
    };
    const { cards, actions } = withCountedLinks(message, 'https://bot.example');
    expect(cards[0]?.url).toBe('https://bot.example/r/a%20b');
    expect(actions[0]?.map((action) => 'url' in action && action.url)).toEqual([
      cards[0]?.url,
      'https://other.example/',
    ]);
    expect(postIdOfCountedLink(cards[0]?.url ?? '', 'https://bot.example')).toBe('a b');
    expect(postIdOfCountedLink(card.url, 'https://bot.example')).toBeUndefined();
  });
});
