import type { Browser, BrowserContext } from 'playwright-core';
import { plain } from '../../src/message/card.ts';
import type { Message } from '../../src/message/message.ts';
import type { Subscriber } from '../../src/subscribers/subscriber.ts';
import { describeInBrowser, launchBrowser } from '../support/browser.ts';
import { type ChatPage, openChat } from '../support/chat-page.ts';
import { bringToWorker, fakePushManager, timesAsked } from '../support/fake-push-manager.ts';
import { type PushService, startPushService } from '../support/push-service.ts';
import { startWebApp, type WebApp } from '../support/web-app.ts';

const announcement = (title: string): Message => ({
  text: 'A new post',
  cards: [
    {
      postId: 'docker',
      title: plain(title),
      url: 'https://blog.example/new',
      category: ['工具'],
      snippet: plain('镜像'),
    },
  ],
  actions: [],
});

describeInBrowser('notifications', () => {
  let browser: Browser;
  let app: WebApp;
  let service: PushService;
  let context: BrowserContext;
  let chat: ChatPage;
  beforeAll(async () => {
    browser = await launchBrowser();
    app = await startWebApp();
    service = await startPushService(async () => {
      const { publicKey } = (await (await app.get('/api/push')).json()) as { publicKey: string };
      return publicKey;
    });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await service?.close();
  });
  beforeEach(async () => {
    context = await browser.newContext({ locale: 'en-GB', serviceWorkers: 'allow' });
  });
  afterEach(async () => {
    expect(chat.faults.filter((fault) => !fault.includes('409'))).toEqual([]);
    await context.close();
  });

  let browsers = 0;
  async function visit(): Promise<ChatPage> {
    browsers += 1;
    await fakePushManager(context, service.browser(`browser-${browsers}`));
    chat = await openChat(browser, app.url, { context });
    return chat;
  }
  const bell = () => chat.page.getByRole('banner').getByRole('button', { name: 'Notify me of new posts' });
  const isOn = (on: boolean) => chat.page.locator(`.notify[aria-pressed="${on}"]`).waitFor();

  it('are asked for at a press only, subscribe whoever has not yet, and show what is announced', async () => {
    const { page } = await visit();
    await chat.ask('LoRA');
    expect(await timesAsked(page)).toBe(0);

    await bell().click();
    await isOn(true);
    expect(await timesAsked(page)).toBe(1);
    await page.locator('.entry.note', { hasText: 'Notifications are on' }).waitFor();
    const subscribers = await subscribersOf(app);
    expect(subscribers.map(({ subscriptions }) => subscriptions)).toContainEqual([{ kind: 'everything' }]);

    await app.announce('push-1', announcement('Docker 入门'));
    const pushed = service.pushed.at(-1);
    const [shown, ...others] = await bringToWorker(page, JSON.stringify(pushed?.notice));
    expect(shown).toMatchObject({ title: 'Docker 入门', body: '工具\n镜像', path: '/p/docker' });
    expect(others).toEqual([]);
    // The page has it too.
    await page.locator('.entry.news', { hasText: 'Docker 入门' }).waitFor();
  });

  it('are offered once someone subscribes, and not again once they decline', async () => {
    const { page } = await visit();
    await chat.ask('/subscribe');
    const offer = page.getByRole('region', { name: 'Notify me of new posts' });
    await offer.getByRole('button', { name: 'Not now' }).click();
    await offer.waitFor({ state: 'detached' });
    await page.reload();
    await chat.ask('/subscribe Vision');
    expect(await offer.count()).toBe(0);
    expect(await timesAsked(page)).toBe(0);
  });

  it('are accepted from the offer', async () => {
    const { page } = await visit();
    await chat.ask('/subscribe Vision');
    await page.getByRole('region').getByRole('button', { name: 'Notify me of new posts' }).click();
    await isOn(true);
    const subscribers = await subscribersOf(app);
    expect(subscribers.at(-1)?.subscriptions).toEqual([{ kind: 'category', category: 'Vision' }]);
  });

  it('are still on after a reload, and off after a press', async () => {
    const { page } = await visit();
    await chat.ask('/subscribe');
    await bell().click();
    await isOn(true);
    await page.reload();
    await isOn(true);

    await bell().click();
    await page.locator('.entry.note', { hasText: 'Notifications are off' }).waitFor();
    await isOn(false);
    const before = service.requests();
    await app.announce('push-off', announcement('Only on the page'));
    await page.locator('.entry.news', { hasText: 'Only on the page' }).waitFor();
    expect(service.pushed.slice(before).filter(({ name }) => name === `browser-${browsers}`)).toEqual([]);
    await page.reload();
    await page.locator('.notify').waitFor();
    await isOn(false);
  });

  it('end with the last subscription', async () => {
    await visit();
    await chat.ask('/subscribe');
    await bell().click();
    await isOn(true);
    await chat.ask('/unsubscribe');
    await isOn(false);
  });

  it('explain themselves where the browser blocks them', async () => {
    await context.addInitScript(`
      Object.defineProperty(Notification, 'permission', { get: () => 'denied' });
      Notification.requestPermission = async () => 'denied';
    `);
    chat = await openChat(browser, app.url, { context });
    await bell().click();
    await chat.page.locator('.entry.note', { hasText: 'does not allow notifications here' }).waitFor();
    expect(await bell().getAttribute('aria-pressed')).toBe('false');
  });

  it('say on an iPhone that the page has to stand on the Home Screen', async () => {
    await context.addInitScript(`
      delete window.PushManager;
      Object.defineProperty(navigator, 'standalone', { value: false });
    `);
    chat = await openChat(browser, app.url, { context });
    await bell().click();
    await chat.page.locator('.entry.note', { hasText: 'Add to Home Screen' }).waitFor();
  });

  it('have no bell where a browser knows none', async () => {
    await context.addInitScript('delete window.PushManager');
    chat = await openChat(browser, app.url, { context });
    expect(await bell().count()).toBe(0);
  });

  it('show something whatever the push service brings, and lead nowhere but to us', async () => {
    const { page } = await visit();
    await chat.ask('/subscribe');
    await bell().click();
    await isOn(true);
    const [broken] = await bringToWorker(page, 'no json');
    expect(broken).toMatchObject({ title: 'Postbell', path: '/' });

    const [worker] = context.serviceWorkers();
    for (const path of ['//evil.example', '/\\evil.example', 'https://evil.example/', 7]) {
      const tag = `away-${path}`;
      await bringToWorker(page, JSON.stringify({ title: 'Away', body: '', path, tag }));
      const opened = await worker?.evaluate(`(async () => {
        const found = [];
        while (found.length === 0) found.push(...(await registration.getNotifications({ tag: ${JSON.stringify(tag)} })));
        return new Promise((resolve) => {
          clients.matchAll = async () => [];
          clients.openWindow = async (url) => resolve(url);
          dispatchEvent(new NotificationEvent('notificationclick', { notification: found[0] }));
        });
      })()`);
      expect(opened).toBe(`${app.url}/`);
    }
  });
});

async function subscribersOf({ book }: WebApp): Promise<readonly Subscriber[]> {
  const subscribers: Subscriber[] = [];
  for await (const subscriber of book.all()) subscribers.push(subscriber);
  return subscribers;
}
