import type { AdminDesk } from '../../src/conversation/admin-desk.ts';
import { createAnnouncementComposer } from '../../src/conversation/compose-announcement.ts';
import { loadPhrases } from '../../src/conversation/phrases/phrases.ts';
import { type Clock, systemClock } from '../../src/kernel/clock.ts';
import { type AdminParts, signInPath } from '../../src/server/admin/admin-routes.ts';
import { type AdminSessions, createAdminSessions } from '../../src/server/admin/admin-sessions.ts';
import { cardPreviews } from '../../src/server/admin/card-previews.ts';
import type { Subscriber } from '../../src/subscribers/subscriber.ts';
import { createMemoryBook } from '../support/memory-book.ts';
import { createMemoryValues } from '../support/memory-values.ts';
import { createPassingQueryLog } from '../support/passing-query-log.ts';
import { post, somePosts, startWebApp, type WebApp } from '../support/web-app.ts';

const subscriber = (chat: string, parts: Partial<Subscriber> = {}): Subscriber => ({
  address: { channel: 'web', chat },
  subscriptions: [{ kind: 'everything' }],
  state: 'active',
  since: new Date(),
  ...parts,
});

/** What was done to the announcements, in order. */
function createRecordingDesk(): { desk: AdminDesk; done: string[] } {
  const done: string[] = [];
  const desk: AdminDesk = {
    waiting: async () => [post('Wait <b>for</b> me')],
    async decide(as) {
      done.push(as);
      return [];
    },
    believe: () => {},
    queries: async () => ({ top: [], unanswered: [] }),
    trouble: () => undefined,
    draft: async () => ({ id: 'd1', audience: 2 }),
    broadcast: async () => 2,
    deliveries: async () => ({ pending: 1, sending: 2, sent: 33, unknown: 4, dead: 5 }),
    progress: async () => ({ total: 1_000, ended: 620, later: 200 }),
    failures: async () => [{ address: { channel: 'telegram', chat: '7' }, reason: '<script>', titles: ['LoRA'] }],
    async retryFailures() {
      done.push('retry');
      return 1;
    },
    async reload() {
      done.push('reload');
      return { posts: [], problems: [], revision: '2' };
    },
  };
  return { desk, done };
}

let app: WebApp;
let sessions: AdminSessions;
let done: string[];
beforeEach(async () => {
  sessions = createAdminSessions({ values: createMemoryValues(systemClock), clock: systemClock });
  const recording = createRecordingDesk();
  done = recording.done;
  const book = createMemoryBook([
    subscriber('a', { subscriptions: [{ kind: 'category', category: 'AIGC' }] }),
    subscriber('b', { address: { channel: 'telegram', chat: '7' } }),
    subscriber('c', { state: 'suspended' }),
    subscriber('d', { subscriptions: [] }),
  ]);
  const compose = createAnnouncementComposer({ phrases: loadPhrases(), defaultLanguage: 'en' });
  const everything = [{ kind: 'everything' as const }];
  const previewsOf: AdminParts['previewsOf'] = (shown, language) =>
    cardPreviews(compose({ posts: [shown], matched: everything, language, digest: false }), {
      everywhere: () => 'https://bot.example/covers/wide.jpg',
      here: () => '/covers/card.jpg',
    });
  const queries = createPassingQueryLog();
  const opens = { add: async () => {}, most: async () => [{ postId: 'docker-入门', count: 7 }] };
  const posts = [...somePosts(), post('<img src=x onerror=alert(1)> & Co', { id: 'hostile', category: ['<b>'] })];
  app = await startWebApp({
    posts,
    parts: { admin: { sessions, book, queries, opens, previewsOf, desk: recording.desk, timezone: 'UTC' } },
  });
});
afterEach(() => app.stop());

const sameOrigin = { 'sec-fetch-site': 'same-origin' };
const send = (path: string, headers: Record<string, string>, form: Record<string, string> = {}) =>
  fetch(app.url + path, { method: 'POST', headers, body: new URLSearchParams(form), redirect: 'manual' });

/** Signs in as a person does; gives the cookie. */
async function signIn(): Promise<string> {
  const token = await sessions.mintToken();
  const response = await send('/admin/sign-in', sameOrigin, { token });
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

describe('signing in to the dashboard', () => {
  it('takes a link and a press, and gives a cookie that no script and no other site can use', async () => {
    const token = await sessions.mintToken();
    const page = await app.get(signInPath(token));
    expect([page.status, page.headers.get('cache-control'), page.headers.get('referrer-policy')]).toEqual([
      200,
      'no-store',
      'no-referrer',
    ]);
    const response = await send('/admin/sign-in', sameOrigin, { token });
    expect([response.status, response.headers.get('location')]).toEqual([303, '/admin']);
    expect(response.headers.get('set-cookie')).toMatch(
      /^__Host-postbell-admin=[\w-]{43}; Secure; HttpOnly; SameSite=Lax; Path=\/; Max-Age=604800$/,
    );
  });

  it('works after any number of previews have fetched the link, and once only', async () => {
    const token = await sessions.mintToken();
    await app.get(signInPath(token));
    await app.get(signInPath(token));
    const pressed = await Promise.all([1, 2, 3].map(() => send('/admin/sign-in', sameOrigin, { token })));
    expect(pressed.map(({ status }) => status).sort()).toEqual([303, 403, 403]);
  });

  it('is refused for a link of eleven minutes ago, and a session ends after a week', async () => {
    let now = new Date('2026-11-25T10:00:00Z');
    const clock: Clock = { ...systemClock, now: () => now };
    const timed = createAdminSessions({ values: createMemoryValues(clock), clock });
    const [late, used] = [await timed.mintToken(), await timed.mintToken()];
    const session = (await timed.redeem(used)) ?? '';
    now = new Date('2026-11-25T10:11:00Z');
    expect([await timed.redeem(late), await timed.isOpen(session)]).toEqual([undefined, true]);
    now = new Date('2026-12-02T10:01:00Z');
    expect(await timed.isOpen(session)).toBe(false);
  });

  it.each(['', 'guess', '<script>alert(1)</script>'])('is refused for the token %j', async (token) => {
    expect((await send('/admin/sign-in', sameOrigin, { token })).status).toBe(403);
    expect(await (await app.get(signInPath(token))).text()).not.toContain('<script');
  });

  it('may be tried ten times a minute', async () => {
    const statuses = [];
    for (let tried = 0; tried < 11; tried += 1) {
      statuses.push((await send('/admin/sign-in', sameOrigin, { token: 'guess' })).status);
    }
    expect([statuses[9], statuses[10]]).toEqual([403, 429]);
  });

  it('ends with signing out, for whoever holds the cookie', async () => {
    const cookie = await signIn();
    expect((await app.get('/admin', { cookie })).status).toBe(200);
    await send('/admin/sign-out', { ...sameOrigin, cookie });
    expect((await app.get('/admin', { cookie })).status).toBe(401);
  });
});

describe('its figures', () => {
  it('agree with each other: those who are suspended are counted apart, and by names that people know', async () => {
    const page = await (await app.get('/admin', { cookie: await signIn() })).text();
    expect(page).toContain('<dt>subscribers</dt><dd>2</dd>');
    expect(page).toContain('<dt>suspended</dt><dd>1</dd>');
    expect(page).toMatch(/<span>[\d-]{10}: 2<\/span>/);
    expect([...page.matchAll(/<th scope="row">(Telegram|Web page)</g)].map(([, name]) => name).sort()).toEqual([
      'Telegram',
      'Web page',
    ]);
  });
});

describe('the dashboard', () => {
  it.each(['', '__Host-postbell-admin=', '__Host-postbell-admin=guess', 'other=1'])(
    'is closed to a browser with the cookie %j',
    async (cookie) => {
      const page = await app.get('/admin', { cookie });
      expect([page.status, (await page.text()).includes('AIGC')]).toEqual([401, false]);
      for (const action of ['announce', 'discard', 'retry', 'reload']) {
        expect((await send(`/admin/${action}`, { ...sameOrigin, cookie })).status).toBe(401);
      }
      expect(done).toEqual([]);
    },
  );

  it('shows posts, subscribers, what they want, and what became of deliveries', async () => {
    const page = await (await app.get('/admin', { cookie: await signIn(), 'accept-language': 'en' })).text();
    const text = page.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    for (const words of [
      'posts 15',
      'subscribers 2',
      'suspended 1',
      'AIGC 1',
      'Every post 1',
      'Telegram 1',
      'arrived 33',
      'failed 5',
    ]) {
      expect(text).toContain(words);
    }
  });

  it('shows what people look for, and what they do not find', async () => {
    for (const query of ['LoRA', 'lora', 'qwertyuiop']) await app.get(`/api/search?q=${query}`);
    await app.get('/api/search?q=LoRA&offset=5');
    const page = await (await app.get('/admin', { cookie: await signIn(), 'accept-language': 'en' })).text();
    const text = page.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    expect(text).toContain('What people look for lora 2 qwertyuiop 1 What they did not find qwertyuiop 1');
  });

  it('shows reasons and titles as text', async () => {
    const page = await (await app.get('/admin', { cookie: await signIn() })).text();
    expect([page.includes('&lt;script&gt;'), page.includes('Wait &lt;b&gt;for&lt;/b&gt; me')]).toEqual([true, true]);
    expect(page).not.toMatch(/<script|<b>/);
  });

  it('does what its buttons say', async () => {
    const cookie = await signIn();
    for (const action of ['announce', 'discard', 'retry', 'reload']) {
      const response = await send(`/admin/${action}`, { ...sameOrigin, cookie });
      expect([response.status, response.headers.get('location')]).toEqual([303, '/admin']);
    }
    expect(done).toEqual(['announced', 'discarded', 'retry', 'reload']);
  });

  it('does nothing at the word of another site', async () => {
    const cookie = await signIn();
    for (const from of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { origin: 'https://evil.example' },
      {},
    ]) {
      expect((await send('/admin/announce', { ...from, cookie })).status).toBe(403);
    }
    expect(done).toEqual([]);
    // An old browser that does not tell where a request comes from tells its origin.
    expect((await send('/admin/announce', { origin: app.url, cookie })).status).toBe(303);
  });

  it('names the posts that were opened most', async () => {
    const page = await (await app.get('/admin', { cookie: await signIn(), 'accept-language': 'en' })).text();
    expect(page).toMatch(/Most opened posts.*?Docker 入门.*?<td>7<\/td>/s);
  });

  it('previews the card of a post in each place, as text whatever stands in it', async () => {
    expect((await app.get('/admin/preview')).status).toBe(401);
    const headers = { cookie: await signIn(), 'accept-language': 'en' };
    const page = await (await app.get('/admin/preview?post=hostile', headers)).text();
    for (const place of ['Telegram', 'WeChat', 'WeCom', 'Web page', 'Notification']) {
      const panel = page.split(`<h2>${place}</h2>`)[1]?.split('</section>')[0] ?? '';
      expect([place, panel]).toEqual([place, expect.stringContaining('&lt;img src=x onerror=alert(1)&gt; &amp; Co')]);
    }
    expect(page).not.toContain('<img src=x');
    expect(page).toContain('src="https://bot.example/covers/wide.jpg"');
    expect(page).toContain('src="/covers/card.jpg"');
    expect(page).toMatch(/<option value="hostile" selected>/);
    const other = await (await app.get('/admin/preview?post=docker-入门', headers)).text();
    for (const place of ['Telegram', 'WeChat', 'WeCom', 'Web page', 'Notification']) {
      const panel = other.split(`<h2>${place}</h2>`)[1]?.split('</section>')[0] ?? '';
      expect([place, panel]).toEqual([place, expect.stringContaining('<strong>Docker 入门</strong>')]);
    }
  });

  it('is not there where nobody asked for it', async () => {
    const plainApp = await startWebApp();
    expect((await plainApp.get('/admin')).status).toBe(404);
    await plainApp.stop();
  });
});
