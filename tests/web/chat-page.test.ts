import type { Browser } from 'playwright-core';
import { plain } from '../../src/message/card.ts';
import type { Message } from '../../src/message/message.ts';
import { describeInBrowser, launchBrowser } from '../support/browser.ts';
import { type ChatPage, openChat, type Visit } from '../support/chat-page.ts';
import { post, somePosts, startWebApp, type WebApp } from '../support/web-app.ts';

const announcement = (title: string): Message => ({
  text: 'A new post',
  cards: [{ postId: 'new', title: plain(title), url: 'https://blog.example/new', category: [], snippet: plain('') }],
  actions: [],
});

describeInBrowser('the chat page', () => {
  let browser: Browser;
  let app: WebApp;
  let chat: ChatPage;
  beforeAll(async () => {
    browser = await launchBrowser();
    app = await startWebApp();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });
  afterEach(async () => {
    // Whatever a test did, nothing may have broken in the page under its real policy.
    expect(chat.faults).toEqual([]);
    await chat.close();
  });

  const visit = async (options: Visit = {}) => {
    chat = await openChat(browser, app.url, options);
    return chat;
  };

  it('greets a newcomer, and finds posts for plain words', async () => {
    const { page } = await visit();
    await chat.ask('LoRA');
    expect(await chat.titles()).toHaveLength(5);

    const card = page.locator('.card').first();
    expect(await card.locator('h2 mark').first().textContent()).toBe('LoRA');
    expect(await card.locator('.category').textContent()).toBe('Large language models');
    expect(await card.locator('.snippet').textContent()).toContain('fine-tuning');
    const link = card.getByRole('link');
    expect(await link.getAttribute('href')).toMatch(/^https:\/\/blog\.example\/lora-in-practice-\d+$/);
    expect([await link.getAttribute('target'), await link.getAttribute('rel')]).toEqual([
      '_blank',
      'noopener noreferrer',
    ]);
  });

  it('shows the latest posts and the categories at a press, and goes into a category', async () => {
    const { page } = await visit();
    await page.getByRole('group', { name: 'Quick replies' }).getByRole('button', { name: 'Latest' }).click();
    await page.locator('.card').first().waitFor();
    expect((await chat.titles())[0]).toBe('Diffusion models');

    await chat.ask('/categories');
    await chat.press(/Vision/);
    await page.locator('.entry').last().locator('.card').waitFor();
    expect(await chat.titles()).toEqual(['Diffusion models']);
  });

  it('turns pages in place and keeps the keyboard where it is', async () => {
    const { page } = await visit();
    await chat.ask('LoRA');
    const before = await chat.lines();
    const first = await chat.titles();
    const pager = page.getByRole('navigation', { name: 'page 1 of 3' });
    await pager.getByRole('button', { name: 'Next page' }).press('Enter');
    await page.getByRole('navigation', { name: 'page 2 of 3' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: 'page 3 of 3' }).waitFor();

    expect((await chat.lines()).length).toBe(before.length);
    expect(await chat.titles()).toHaveLength(2);
    expect(first).not.toEqual(expect.arrayContaining(await chat.titles()));
    // The last page's button is still there, and still has the focus: nobody is thrown to the top of the page.
    expect(await page.locator(':focus').getAttribute('aria-label')).toBe('Next page');
  });

  it('rings once when a post is announced, and shows it once after a reload', async () => {
    const { page } = await visit();
    await chat.ask('/subscribe');
    await app.announce('live-1', announcement('Fresh from the press'));
    const news = page.locator('.entry.news', { hasText: 'Fresh from the press' });
    await news.waitFor();
    await app.announce('live-1', announcement('Fresh from the press'));
    await app.announce('live-2', announcement('And another'));
    await page.locator('.entry.news', { hasText: 'And another' }).waitFor();
    expect(await news.count()).toBe(1);

    await page.reload();
    await app.announce('live-3', announcement('After the reload'));
    await page.locator('.entry.news', { hasText: 'After the reload' }).waitFor();
    expect(await news.count()).toBe(1);
  });

  it('shows what was announced while it was closed', async () => {
    const { context } = await visit();
    await chat.ask('/subscribe');
    await chat.page.close();
    await app.announce('away-1', announcement('While you were out'));
    const again = await openChat(browser, app.url, { context });
    await again.page.locator('.entry.news', { hasText: 'While you were out' }).waitFor();
  });

  it('shows an announcement once in each of two tabs', async () => {
    const { context, page } = await visit();
    await chat.ask('/subscribe');
    const other = await openChat(browser, app.url, { context });
    await app.announce('tabs-1', announcement('To both tabs'));
    for (const tab of [page, other.page]) {
      const news = tab.locator('.entry.news', { hasText: 'To both tabs' });
      await news.waitFor();
      expect(await news.count()).toBe(1);
    }
  });

  it('keeps the chat over a reload until it is cleared', async () => {
    const { page } = await visit();
    await chat.ask('LoRA');
    const before = await chat.lines();
    await page.reload();
    await page.locator('.card').first().waitFor();
    expect(await chat.lines()).toEqual(before);

    page.once('dialog', (dialog) => dialog.accept());
    await page.getByRole('button', { name: 'Clear chat' }).click();
    await page.locator('.card').first().waitFor({ state: 'detached' });
    await page.locator('.entry.bot .message').waitFor();
    expect((await chat.lines()).map(({ from }) => from)).toEqual(['bot']);
  });

  it('forgets what was said, and who one is, when one asks to be forgotten', async () => {
    const { page } = await visit();
    await chat.ask('/subscribe');
    const secret = () => page.evaluate(`localStorage.getItem('postbell.visitor')`);
    const before = await secret();
    await chat.type('/forget');
    await page.locator('.entry.reader').first().waitFor({ state: 'detached' });
    await page.locator('.entry.bot .message').waitFor();
    expect([(await chat.lines()).map(({ from }) => from), (await secret()) === before]).toEqual([['bot'], false]);

    await chat.ask('/subscribe');
    await app.announce('after-forgetting', announcement('For someone new'));
    await page.locator('.entry.news', { hasText: 'For someone new' }).waitFor();
  });

  it('asks what a link asks, once', async () => {
    const { page } = await visit({ path: '/?q=LoRA' });
    await page.locator('.card').first().waitFor();
    expect(await chat.lines()).toMatchObject([{ from: 'reader', text: 'LoRA' }, { from: 'bot' }]);
    await page.reload();
    await page.locator('.card').first().waitFor();
    expect((await chat.lines()).filter(({ from }) => from === 'reader')).toHaveLength(1);
  });

  it.each(['/forget', '/unsubscribe', '／退订', '、忘记我', '/subscribe LoRA', '/settings language zh'])(
    'only searches for the words of a link: %s',
    async (words) => {
      const { page, context } = await visit();
      await chat.ask('/subscribe');
      const stored = async () => {
        const subscribers = [];
        for await (const subscriber of app.book.all()) subscribers.push(subscriber);
        return JSON.stringify(subscribers);
      };
      const before = await stored();
      const secret = await page.evaluate(`localStorage.getItem('postbell.visitor')`);
      const linked = await openChat(browser, app.url, { context, path: `/?q=${encodeURIComponent(words)}` });
      await linked.page.locator('.entry.reader', { hasText: words }).waitFor();
      await linked.page.locator('.entry.bot').last().getByText(words).waitFor();
      expect(await stored()).toBe(before);
      expect(await linked.page.evaluate(`localStorage.getItem('postbell.visitor')`)).toBe(secret);
    },
  );

  it('shows the post that a link names', async () => {
    await visit({ path: '/?post=diffusion-models' });
    expect((await chat.titles())[0]).toBe('Diffusion models');
    expect(await chat.lines()).toHaveLength(1);
  });

  it('offers a feed of each category beside it', async () => {
    const { page } = await visit({ viewport: { width: 1280, height: 800 } });
    const link = page.getByRole('link', { name: 'Follow in a reader: Vision' });
    const feed = await app.get((await link.getAttribute('href')) ?? '');
    expect(await feed.text()).toContain('<title type="text">Diffusion models</title>');
  });

  it('loads nothing from anywhere else', async () => {
    const { page } = await visit();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).origin));
    await page.reload();
    await chat.ask('LoRA');
    expect(new Set(asked)).toEqual(new Set([app.url]));
  });

  it('works where storage is refused', async () => {
    const context = await browser.newContext({ locale: 'en-GB' });
    await context.addInitScript({
      content: `Object.defineProperty(window, 'localStorage', {
        get() { throw new DOMException('denied', 'SecurityError'); },
      });`,
    });
    await visit({ context });
    await chat.ask('LoRA');
    expect(await chat.titles()).toHaveLength(5);
    await context.close();
  });

  it('goes on where storage is full, and does not fall back to what was kept before', async () => {
    const { page } = await visit();
    await chat.ask('LoRA');
    await page.evaluate(`
      for (let size = 1 << 22; size > 0; size >>= 1) {
        try { for (;;) localStorage.setItem('filler-' + size + '-' + localStorage.length, 'x'.repeat(size)); } catch {}
      }`);
    await page.getByRole('button', { name: '中文' }).click();
    await chat.ask('Docker');
    expect((await chat.titles())[0]).toContain('Docker');
    expect(await page.locator('html').getAttribute('lang')).toBe('zh');
    // Another tab has written meanwhile: this one knows better than the storage.
    await page.evaluate(`window.dispatchEvent(new StorageEvent('storage', { key: 'postbell.history' }))`);
    expect((await chat.titles())[0]).toContain('Docker');
  });

  it('says when nothing was sent, and sends it again at a press', async () => {
    const { context, page } = await visit();
    await context.setOffline(true);
    await chat.ask('LoRA');
    expect((await chat.lines()).at(-1)).toEqual({ from: 'fault', text: 'Not sent: the server is out of reach.' });
    await context.setOffline(false);
    await chat.press('Try again');
    await page.locator('.card').first().waitFor();
    expect((await chat.lines()).map(({ from }) => from)).toEqual(['bot', 'reader', 'bot']);
    chat.faults.splice(0);
  });

  describe('the language', () => {
    it.each([
      ['zh-CN', 'zh', '想找什么文章…'],
      ['zh-TW', 'zh', '想找什么文章…'],
      ['en-GB', 'en', 'Ask for a post…'],
      ['fr-FR', 'en', 'Ask for a post…'],
    ])('of a browser in %s is %s', async (locale, language, placeholder) => {
      const { page } = await visit({ locale });
      expect([
        await page.locator('html').getAttribute('lang'),
        await page.locator('textarea').getAttribute('placeholder'),
      ]).toEqual([language, placeholder]);
    });

    it('can be changed, and stays so', async () => {
      const { page } = await visit({ locale: 'zh-CN' });
      await page.getByRole('button', { name: 'English' }).click();
      await page.reload();
      await chat.ask('LoRA');
      expect([await page.locator('html').getAttribute('lang'), (await chat.lines()).at(-1)?.text]).toEqual([
        'en',
        expect.stringContaining('posts'),
      ]);
    });
  });
});

describeInBrowser('what the chat page shows of others', () => {
  it('is text, whatever stands in it', async () => {
    const evil = '<img src=x onerror=alert(1)> LoRA <script>alert(2)</script>';
    const app = await startWebApp({
      posts: [
        post(evil, { id: 'evil', summary: evil, category: [evil], url: 'javascript:alert(3)' }),
        ...somePosts().slice(0, 2),
      ],
    });
    const browser = await launchBrowser();
    const chat = await openChat(browser, app.url);
    let alerted = false;
    chat.page.on('dialog', (dialog) => {
      alerted = true;
      void dialog.dismiss();
    });
    await chat.ask('onerror');
    const card = chat.page.locator('.card').first();
    expect((await card.locator('h2').textContent())?.trim()).toBe(evil);
    expect([await card.locator('img').count(), await card.locator('a').count(), alerted]).toEqual([0, 0, false]);
    expect(chat.faults).toEqual([]);
    await browser.close();
    await app.stop();
  });
});
