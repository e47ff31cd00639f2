import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import type { AdminDesk } from '../../src/conversation/admin-desk.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { signInPath } from '../../src/server/admin/admin-routes.ts';
import { createAdminSessions } from '../../src/server/admin/admin-sessions.ts';
import type { Subscriber } from '../../src/subscribers/subscriber.ts';
import { describeInBrowser, launchBrowser } from '../support/browser.ts';
import { createMemoryBook } from '../support/memory-book.ts';
import { createMemoryValues } from '../support/memory-values.ts';
import { createPassingQueryLog } from '../support/passing-query-log.ts';
import { post, startWebApp, type WebApp } from '../support/web-app.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60_000);

/** Forty people who came one by one over forty days. */
const people = Array.from(
  { length: 40 },
  (_, at): Subscriber => ({
    address: { channel: at % 3 === 0 ? 'telegram' : 'web', chat: `reader-${at}` },
    subscriptions: at % 4 === 0 ? [{ kind: 'category', category: 'AIGC' }] : [{ kind: 'everything' }],
    state: at % 10 === 0 ? 'suspended' : 'active',
    since: daysAgo(39 - at),
  }),
);

describeInBrowser('the dashboard', () => {
  let browser: Browser;
  let app: WebApp;
  let waiting = [post('A post that waits', { id: 'waits' })];
  const desk: AdminDesk = {
    waiting: async () => waiting,
    async decide() {
      const decided = waiting;
      waiting = [];
      return decided;
    },
    believe: () => {},
    queries: async () => ({ top: [], unanswered: [] }),
    trouble: () => undefined,
    draft: async () => ({ id: 'd1', audience: 2 }),
    broadcast: async () => 2,
    deliveries: async () => ({ pending: 3, sending: 1, sent: 812, unknown: 2, dead: 4 }),
    progress: async () => ({ total: 1_000, ended: 620, later: 200 }),
    failures: async () => [
      {
        address: { channel: 'telegram', chat: '101' },
        reason: 'bot was blocked by the user',
        titles: ['LoRA in practice 1'],
      },
    ],
    retryFailures: async () => 1,
    reload: async () => ({ posts: [], problems: [], revision: '2' }),
  };
  const sessions = createAdminSessions({ values: createMemoryValues(systemClock), clock: systemClock });
  beforeAll(async () => {
    browser = await launchBrowser();
    app = await startWebApp({
      parts: {
        admin: { sessions, book: createMemoryBook(people), queries: createPassingQueryLog(), desk, timezone: 'UTC' },
      },
    });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  const signIn = async (options: Parameters<Browser['newPage']>[0]) => {
    const page = await browser.newPage({ locale: 'en-GB', ...options });
    page.setDefaultTimeout(10_000);
    await page.goto(app.url + signInPath(await sessions.mintToken()));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
    return page;
  };

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)(
    'meets WCAG AA in the %s at %d pixels, and shows its chart as a table too',
    async (colorScheme, width) => {
      const page = await signIn({ colorScheme, viewport: { width, height: 900 } });
      await page.getByText('As a table').click();
      expect(await page.locator('details tr').count()).toBe(31);
      // Four of the forty are suspended.
      expect(await page.locator('details tr').last().locator('td').last().textContent()).toBe('36');
      await page.evaluate(axe);
      const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
      expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      await page.close();
    },
  );

  it.each(['light', 'dark'] as const)(
    'meets WCAG AA on its way in and in its previews, in the %s',
    async (colorScheme) => {
      const look = async (page: Page) => {
        await page.evaluate(axe);
        const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
        expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
      };
      const viewport = { width: 390, height: 844 };
      const stranger = await browser.newPage({ locale: 'en-GB', colorScheme, viewport });
      await stranger.goto(`${app.url}/admin`);
      await look(stranger);
      await stranger.goto(app.url + signInPath('used'));
      await look(stranger);
      await stranger.getByRole('button', { name: 'Sign in' }).click();
      await stranger.getByText('This link was used already').waitFor();
      await look(stranger);
      await stranger.close();
      const page = await signIn({ colorScheme, viewport });
      await page.goto(`${app.url}/admin/preview`);
      await look(page);
      await page.close();
    },
  );

  it('lets what waits be told at a press, and then no longer asks', async () => {
    const page = await signIn({});
    expect(await page.getByText('A post that waits').count()).toBe(1);
    await page.getByRole('button', { name: 'Tell the subscribers' }).click();
    await page.getByText('A post that waits').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to the dashboard' }).waitFor();
    await page.close();
  });
});
