import type { Browser, Locator, Route } from 'playwright-core';
import { describeInBrowser, launchBrowser } from '../support/browser.ts';
import { type ChatPage, openChat } from '../support/chat-page.ts';
import { startWebApp, type WebApp } from '../support/web-app.ts';

describeInBrowser('while the bot is at work', () => {
  let browser: Browser;
  let app: WebApp;
  let chat: ChatPage;
  let typing: Locator;
  beforeAll(async () => {
    browser = await launchBrowser();
    app = await startWebApp();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });
  beforeEach(async () => {
    chat = await openChat(browser, app.url);
    typing = chat.page.locator('.typing');
  });
  afterEach(() => chat.close());

  /** Keeps questions from the server; what is returned lets the oldest of them go on. */
  async function holdQuestions() {
    const held: Route[] = [];
    let arrived = () => {};
    await chat.page.route('**/api/chat', (route) => {
      held.push(route);
      arrived();
    });
    const next = async (): Promise<Route> => {
      const route = held.shift();
      if (route) return route;
      await new Promise<void>((resolve) => {
        arrived = resolve;
      });
      return next();
    };
    return next;
  }

  it('shows that it writes, below the question, until the answer stands there', async () => {
    const next = await holdQuestions();
    await chat.type('LoRA');
    const question = await next();
    await typing.waitFor();
    const [asked, writes] = await Promise.all([
      chat.page.locator('.entry.reader .bubble').boundingBox(),
      typing.boundingBox(),
    ]);
    expect(writes?.y).toBeGreaterThanOrEqual((asked?.y ?? 0) + (asked?.height ?? 0));
    await question.continue();
    await chat.page.locator('.card').first().waitFor();
    expect(await typing.count()).toBe(0);
  });

  it('says so to screen readers, within the log that they read aloud', async () => {
    const next = await holdQuestions();
    await chat.type('LoRA');
    await next();
    expect(await chat.page.getByRole('log').ariaSnapshot()).toContain('Looking');
  });

  it('moves its dots, and not for those who asked for calm', async () => {
    const next = await holdQuestions();
    await chat.type('LoRA');
    await next();
    const moving = () =>
      typing.evaluate('document.getAnimations().filter(({ effect }) => effect.target.matches(".typing i")).length');
    expect(await moving()).toBe(3);
    await chat.page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await moving()).toBe(0);
  });

  it('lets one write on, and shows that it writes until the last answer', async () => {
    const next = await holdQuestions();
    await chat.type('LoRA');
    const first = await next();
    await chat.type('Docker');
    await first.continue();
    const second = await next();
    await typing.waitFor();
    expect(await chat.page.locator('.entry.bot .cards').count()).toBe(1);
    await second.continue();
    await typing.waitFor({ state: 'detached' });
    expect(await chat.page.locator('.entry.bot .cards').count()).toBe(2);
  });

  it('does not write where an answer takes the place of another: that one is dimmed', async () => {
    await chat.ask('/latest');
    const next = await holdQuestions();
    await chat.page.getByRole('button', { name: 'Next page' }).click();
    const turning = await next();
    await chat.page.locator('.message[aria-busy="true"]').waitFor();
    expect(await typing.count()).toBe(0);
    await turning.continue();
    await chat.page.locator('.message[aria-busy="true"]').waitFor({ state: 'detached' });
  });

  it('stops when there will be no answer, and offers to try again', async () => {
    const next = await holdQuestions();
    await chat.type('LoRA');
    await (await next()).abort();
    await chat.page.locator('.entry.fault').waitFor();
    expect(await typing.count()).toBe(0);
  });

  it.each([
    ['a page', 'text/html', '<h1>Sign in to this network</h1>'],
    ['a document', 'application/json', '{"login":"https://wifi.example/"}'],
    ['nothing', 'application/json', 'null'],
  ])('goes on where a network answers in the place of the server, with %s', async (_what, contentType, body) => {
    await chat.page.route('**/api/chat', (route) => route.fulfill({ contentType, body }));
    await chat.type('LoRA');
    await chat.page.locator('.entry.fault').waitFor();
    expect(await typing.count()).toBe(0);
    await chat.page.unroute('**/api/chat');
    await chat.ask('Docker');
    expect((await chat.titles())[0]).toContain('Docker');
  });

  it('is not waited for longer than half a minute, and what was asked meanwhile has its turn', async () => {
    await chat.page.clock.install();
    const next = await holdQuestions();
    await chat.type('LoRA');
    await next();
    await chat.type('Docker');
    await chat.page.clock.runFor(29_000);
    expect(await typing.count()).toBe(1);
    await chat.page.clock.runFor(2_000);
    await chat.page.locator('.entry.fault').waitFor();
    await (await next()).continue();
    await chat.page.locator('.card').first().waitFor();
    expect((await chat.titles())[0]).toContain('Docker');
  });
});
