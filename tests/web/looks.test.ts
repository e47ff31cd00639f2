import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { plain } from '../../src/message/card.ts';
import { describeInBrowser, launchBrowser } from '../support/browser.ts';
import { openChat } from '../support/chat-page.ts';
import { post, somePosts, startWebApp, type WebApp } from '../support/web-app.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const phone = { width: 390, height: 844 };
const smallPhone = { width: 320, height: 568 };
const desktop = { width: 1280, height: 800 };
const longWord = 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(5);

describeInBrowser('the looks of the chat', () => {
  let browser: Browser;
  let app: WebApp;
  beforeAll(async () => {
    browser = await launchBrowser();
    app = await startWebApp({
      posts: [
        ...somePosts(),
        post(longWord, {
          category: [longWord],
          summary: `https://example.com/${longWord}`,
          image: 'https://a.example/b.jpg',
        }),
      ],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  /** A chat with every kind of line in it: words, cards with pages, buttons, an announcement, a failure, the commands. */
  async function fullChat(options: Parameters<typeof openChat>[2]) {
    const chat = await openChat(browser, app.url, options);
    await chat.ask('/subscribe');
    await chat.ask('LoRA');
    await chat.ask('/categories');
    await chat.ask(longWord.slice(0, 20));
    await chat.context.setOffline(true);
    await chat.ask('nothing');
    await chat.context.setOffline(false);
    await app.announce(`news-${Math.random()}`, {
      text: '',
      cards: [{ postId: 'n', title: plain('News'), url: 'https://a.example/', category: ['A'], snippet: plain('B') }],
      actions: [],
    });
    await chat.page.locator('.entry.news').last().waitFor();
    await chat.page.locator('textarea').fill('/s');
    return chat;
  }

  describe.each(['light', 'dark'] as const)('in the %s', (colorScheme) => {
    it.each([
      ['phone', 'zh-CN', phone],
      ['phone', 'en-GB', phone],
      ['desktop', 'zh-CN', desktop],
      ['desktop', 'en-GB', desktop],
    ])('meet WCAG AA on a %s in %s', async (_name, locale, viewport) => {
      const { page, close } = await fullChat({ colorScheme, locale, viewport, reducedMotion: 'reduce' });
      await page.evaluate(axe);
      const { violations, passes } = (await page.evaluate('axe.run()')) as AxeResults;
      expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
      expect(passes.map(({ id }) => id)).toEqual(expect.arrayContaining(['color-contrast', 'label', 'list']));
      // And with nothing typed, so that no commands are offered.
      await page.locator('textarea').fill('');
      const bare = (await page.evaluate('axe.run()')) as AxeResults;
      expect(bare.violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
      await close();
    });
  });

  it.each([
    ['light', '/p/lora-in-practice-1'],
    ['dark', '/p/lora-in-practice-1'],
    ['light', '/p/no-such-post'],
  ] as const)('of a post’s page meet WCAG AA too, in the %s: %s', async (colorScheme, path) => {
    const context = await browser.newContext({ colorScheme, viewport: phone });
    const page = await context.newPage();
    await page.goto(app.url + path);
    await page.evaluate(axe);
    const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(phone.width);
    await context.close();
  });

  it('follow the system into the dark', async () => {
    const ground = async (colorScheme: 'light' | 'dark') => {
      const { page, close } = await openChat(browser, app.url, { colorScheme });
      const colour = await page.locator('body').evaluate('getComputedStyle(document.body).backgroundColor');
      await close();
      const [red = 0, green = 0, blue = 0] = String(colour).match(/\d+/g)?.map(Number) ?? [];
      return red + green + blue;
    };
    expect(await ground('light')).toBeGreaterThan(600);
    expect(await ground('dark')).toBeLessThan(120);
  });

  it.each([
    ['a phone', 'zh-CN', phone, 16],
    ['a phone', 'en-GB', phone, 16],
    ['a small phone', 'zh-CN', smallPhone, 16],
    ['a small phone with large letters', 'en-GB', smallPhone, 24],
    ['a desktop', 'en-GB', desktop, 16],
  ])('fit %s in %s, sideways and with the composer in sight', async (_name, locale, viewport, fontSize) => {
    const { page, close } = await fullChat({ locale, viewport });
    await page.evaluate(`document.documentElement.style.fontSize = '${fontSize}px'`);
    const [pageWidth, logOverflow] = (await page.evaluate(`[
      document.documentElement.scrollWidth,
      document.querySelector('.log').scrollWidth - document.querySelector('.log').clientWidth,
    ]`)) as number[];
    const box = await page.locator('.composer').boundingBox();
    expect([pageWidth, logOverflow]).toEqual([viewport.width, 0]);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(viewport.height);
    await close();
  });

  it('make everything that is pressed large enough for a thumb', async () => {
    const { page, close } = await fullChat({ viewport: phone });
    const small = await page.locator('button:visible, a:visible').evaluateAll((elements) =>
      elements
        // A link within a sentence is as high as its line.
        .filter((element) => !element.closest('.bubble, .footer, .card, .brand'))
        .filter((element) => element.getBoundingClientRect().height < 43.5)
        .map((element) => element.outerHTML),
    );
    expect(small).toEqual([]);
    await close();
  });

  it('show the beginning of an answer that is longer than the screen', async () => {
    const { page, ask, close } = await openChat(browser, app.url, { viewport: phone });
    await ask('LoRA');
    const log = await page.locator('.log').boundingBox();
    const question = await page.locator('.entry.reader').last().boundingBox();
    expect(question?.y ?? 0).toBeGreaterThanOrEqual(log?.y ?? 0);
    expect((question?.y ?? 0) - (log?.y ?? 0)).toBeLessThan(60);
    await close();
  });

  it('leave a reader who has scrolled back where they are when news arrives', async () => {
    const { page, ask, close } = await openChat(browser, app.url, { viewport: phone });
    await ask('/subscribe');
    await ask('LoRA');
    const log = page.locator('.log');
    await log.evaluate('document.querySelector(".log").scrollTop = 0');
    await page.getByRole('button', { name: 'To the newest message' }).waitFor();
    await app.announce(`scroll-${Math.random()}`, { text: 'Ding', cards: [], actions: [] });
    await page.locator('.entry.news').waitFor();
    expect(await log.evaluate('document.querySelector(".log").scrollTop')).toBe(0);
    await page.getByRole('button', { name: 'To the newest message' }).click();
    await page.getByRole('button', { name: 'To the newest message' }).waitFor({ state: 'detached' });
    await close();
  });

  it('stay as large as they were when somebody zooms in', async () => {
    const { page, context, close } = await openChat(browser, app.url, {
      viewport: phone,
      isMobile: true,
      hasTouch: true,
    });
    const height = async () => (await page.locator('.page').boundingBox())?.height;
    const before = await height();
    const zoom = await context.newCDPSession(page);
    await zoom.send('Emulation.setPageScaleFactor', { pageScaleFactor: 2 });
    await page.waitForFunction('visualViewport.scale === 2');
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    expect(Math.abs(((await height()) ?? 0) - (before ?? 0))).toBeLessThan(2);
    await close();
  });

  it('set a title from right to left where its language is, and the rest around it as ever', async () => {
    const arabic = 'مقدمة إلى تعلم الآلة (LoRA)';
    const other = await startWebApp({ posts: [post(arabic, { category: ['A'] }), post('Rust', { category: ['A'] })] });
    const { page, ask, close } = await openChat(browser, other.url, { viewport: phone });
    await ask('/latest');
    // At which end of its line the first letter of each title stands.
    const begins = await page.evaluate(`[...document.querySelectorAll('.card h2 a')].map((link) => {
      const range = document.createRange();
      range.setStart(link.firstChild, 0);
      range.setEnd(link.firstChild, 1);
      const [letter, line] = [range.getBoundingClientRect(), link.parentElement.getBoundingClientRect()];
      return [link.firstChild.data, line.right - letter.right < letter.left - line.left ? 'right' : 'left'];
    })`);
    expect(Object.fromEntries(begins as [string, string][])).toEqual({ [arabic]: 'right', Rust: 'left' });
    await close();
    await other.stop();
  });

  it('let nothing move for those who asked for calm', async () => {
    const { page, close } = await fullChat({ reducedMotion: 'reduce' });
    expect(await page.evaluate('document.getAnimations().length')).toBe(0);
    await close();
  });
});
