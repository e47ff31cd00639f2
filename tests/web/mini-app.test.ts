import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { postPayload, startPayload } from '../../src/channels/telegram/deep-link.ts';
import { miniAppUser } from '../../src/channels/telegram/init-data.ts';
import type { CommandName } from '../../src/message/command.ts';
import { placeInSeries } from '../../src/posts/series.ts';
import { describeInBrowser, launchBrowser } from '../support/browser.ts';
import { signInitData } from '../support/telegram/sign-init-data.ts';
import { post, somePosts, startWebApp, type WebApp } from '../support/web-app.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const token = '123456789:AAF-not-a-real-token_for-tests-0000000';
const phone = { width: 390, height: 844 };
const darkTheme = {
  bg_color: '#17212b',
  text_color: '#f5f5f5',
  hint_color: '#8fa3b5',
  link_color: '#6ab3f3',
  button_color: '#2f6ea5',
  button_text_color: '#ffffff',
};

describeInBrowser('the Mini App', () => {
  let browser: Browser;
  let app: WebApp;
  let context: BrowserContext;
  let page: Page;
  let faults: string[];
  beforeAll(async () => {
    browser = await launchBrowser();
    const parts = ['上', '下'].map((part) => post(`爬虫笔记（${part}）`, { category: ['工具'] }));
    app = await startWebApp({
      posts: placeInSeries([...somePosts(), ...parts]),
      parts: { telegramUser: (given) => miniAppUser(given, token, new Date()) },
    });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });
  afterEach(async () => {
    expect(faults).toEqual([]);
    await context.close();
  });

  /** Opens the page as one of Telegram's apps does, or in a browser of its own. */
  async function open(
    options: BrowserContextOptions & { telegram?: boolean; initData?: string; path?: string; start?: string } = {},
  ) {
    const { telegram = true, path = '/app', initData, start, ...rest } = options;
    context = await browser.newContext({ locale: 'en-GB', viewport: phone, ...rest });
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    faults = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.addInitScript(`
      window.told = [];
      window.TelegramWebviewProxy = { postEvent: (type, data) => window.told.push([type, JSON.parse(data)]) };
    `);
    const user = `{"id":${4200 + Math.floor(Math.random() * 1e6)},"first_name":"a"}`;
    const signed = signInitData({ auth_date: String(Math.floor(Date.now() / 1000)), user }, token);
    const launch = new URLSearchParams({
      tgWebAppData: initData ?? signed,
      tgWebAppVersion: '8.0',
      tgWebAppPlatform: 'android',
      tgWebAppThemeParams: JSON.stringify(darkTheme),
      ...(start !== undefined && { tgWebAppStartParam: start }),
    });
    await page.goto(`${app.url}${path}${telegram ? `#${launch}` : ''}`);
    await page.locator('main .card, main .hint').first().waitFor();
    return (JSON.parse(user) as { id: number }).id;
  }
  const told = async (type: string) =>
    ((await page.evaluate('window.told')) as [string, Record<string, unknown>][]).filter(([name]) => name === type);
  const fromTelegram = (type: string, data: object = {}) =>
    page.evaluate(`Telegram.WebView.receiveEvent(${JSON.stringify(type)}, ${JSON.stringify(data)})`);
  const titles = () => page.locator('.card h2').allTextContents();
  const tab = (name: string) => page.getByRole('navigation').getByRole('button', { name }).click();

  it('tells Telegram that it is there, loads nothing from elsewhere, and wears its colours', async () => {
    const hosts = new Set<string>();
    await open();
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    await page.reload();
    await page.locator('.card').first().waitFor();
    expect([...hosts]).toEqual([new URL(app.url).host]);
    expect(await told('web_app_ready')).toHaveLength(1);
    expect(await told('web_app_expand')).toHaveLength(1);
    const ground = () => page.locator('body').evaluate('getComputedStyle(document.body).backgroundColor');
    expect(await ground()).toBe('rgb(23, 33, 43)');
    await fromTelegram('theme_changed', { theme_params: { bg_color: '#ffffff', text_color: '#000000' } });
    expect(await ground()).toBe('rgb(255, 255, 255)');
  });

  it('finds while one types, and marks what answers', async () => {
    await open();
    await page.locator('input').pressSequentially('docker');
    await page.locator('.card mark').first().waitFor();
    expect((await titles())[0]).toContain('Docker 入门');
    await page.getByText('1 post', { exact: true }).waitFor();
    await page.locator('input').fill('zzzz qqqq');
    await page.getByText('Nothing answers “zzzz qqqq”.').waitFor();
  });

  it('asks nothing while an input method puts a word together', async () => {
    await open();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const devtools = await context.newCDPSession(page);
    await page.locator('input').focus();
    await devtools.send('Input.imeSetComposition', { text: 'ru men', selectionStart: 6, selectionEnd: 6 });
    await page.waitForTimeout(300);
    expect(asked).toEqual([]);
    await devtools.send('Input.insertText', { text: '入门' });
    await page.locator('.card mark').first().waitFor();
    expect(asked.filter((url) => url.includes('/api/search'))).toHaveLength(1);
  });

  it('browses categories and series, and goes back by Telegram’s own button', async () => {
    await open();
    await tab('Categories');
    await page.getByRole('button', { name: /^Vision/ }).click();
    await page.getByRole('heading', { name: 'Vision' }).waitFor();
    expect((await titles()).map((title) => title.replace(/ \(.*/, ''))).toEqual(['Diffusion models']);
    // The heading says it.
    expect(await page.locator('.card .category').count()).toBe(0);
    expect((await told('web_app_setup_back_button')).at(-1)?.[1]).toEqual({ is_visible: true });
    await fromTelegram('back_button_pressed');
    await tab('Series');
    await page.getByRole('button', { name: /爬虫笔记/ }).click();
    await page.locator('.card').nth(1).waitFor();
    expect((await titles()).map((title) => title.slice(0, 7))).toEqual(['爬虫笔记（上）', '爬虫笔记（下）']);
    await fromTelegram('back_button_pressed');
    await page.getByRole('navigation').waitFor();
    expect((await told('web_app_setup_back_button')).at(-1)?.[1]).toEqual({ is_visible: false });
  });

  it('subscribes the Telegram address at a tap, and drops it at the next', async () => {
    const id = await open();
    const subscriptions = async () =>
      (await app.book.find({ channel: 'telegram', chat: String(id) }))?.subscriptions ?? [];
    await tab('Categories');
    const bell = page.getByRole('button', { name: 'Tell me of new posts: Vision' });
    await bell.click();
    await page.locator('[aria-pressed="true"]').waitFor();
    expect(await subscriptions()).toEqual([{ kind: 'category', category: 'Vision' }]);
    await page.getByRole('status').filter({ hasText: 'Vision' }).waitFor();
    expect(await told('web_app_request_write_access')).toHaveLength(1);

    await page.locator('input').fill('LoRA');
    await page.getByRole('button', { name: 'Tell me of new posts: LoRA' }).click();
    await page.locator('[aria-pressed="true"]').waitFor();
    await fromTelegram('back_button_pressed');
    await tab('My bells');
    await page.getByText('“LoRA”', { exact: true }).waitFor();
    await bell.click();
    await page.getByRole('button', { name: 'Tell me of new posts: Vision' }).waitFor({ state: 'detached' });
    expect(await subscriptions()).toEqual([{ kind: 'query', query: 'LoRA' }]);
  });

  it('has Telegram open an article', async () => {
    await open();
    await page.locator('.card h2 a').first().click();
    const opened = (await told('web_app_open_link'))[0]?.[1].url;
    expect(opened).toMatch(/^https:\/\/blog\.example\//);
    expect(context.pages()).toHaveLength(1);
  });

  it('says where it is to be opened from, where Telegram names nobody', async () => {
    await open({ initData: '' });
    await tab('Categories');
    await page.getByRole('button', { name: /^Vision/ }).waitFor();
    expect(await page.locator('.bell-toggle').count()).toBe(0);
    await tab('My bells');
    await page.getByText('from the bot’s menu button').waitFor();
  });

  it('says that it has to be opened again when Telegram’s word has grown old', async () => {
    const old = String(Math.floor(Date.now() / 1000) - 7_200);
    await open({ initData: signInitData({ auth_date: old, user: '{"id":42}' }, token) });
    await tab('Categories');
    await page.getByRole('button', { name: 'Tell me of new posts: Vision' }).click();
    await page.getByText('Close it and open it again').waitFor();
    faults = faults.filter((fault) => !fault.includes('401'));
  });

  it('works in a browser too, for the visitor of the chat, and takes a question from the link', async () => {
    await open({ telegram: false, path: '/app?q=Diffusion' });
    expect((await titles())[0]).toContain('Diffusion');
    await page.getByRole('button', { name: 'Tell me of new posts: Diffusion' }).click();
    await page.locator('[aria-pressed="true"]').waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await tab('Latest');
  });

  // Short enough to be written out in the link: nothing is kept.
  const nothingKept = { keep: async () => 'none', find: async () => undefined };
  const commandLink = (name: CommandName, argument: string) => startPayload({ name, argument, page: 0 }, nothingKept);

  it.each([
    ['a post', async () => postPayload('lora-in-practice-3') ?? '', 'A post', 'LoRA in practice 3'],
    ['a search', () => commandLink('search', 'Docker 入门'), '“Docker 入门”', 'Docker 入门'],
    ['a category', () => commandLink('category', '工具'), '工具', 'Docker 入门'],
    ['a series', () => commandLink('series', '爬虫笔记'), '爬虫笔记', '爬虫笔记（上）'],
  ])('opens where a link of the bot leads: %s', async (_name, payload, heading, firstTitle) => {
    await open({ start: await payload() });
    await page.getByRole('heading', { name: heading, exact: true }).first().waitFor();
    await page.locator('.card').first().waitFor();
    expect((await titles())[0]?.replace(/ \(opens.*/, '')).toBe(firstTitle);
    expect((await told('web_app_setup_back_button')).at(-1)?.[1]).toEqual({ is_visible: true });
    await fromTelegram('back_button_pressed');
    await page.getByRole('navigation').waitFor();
  });

  it('shows what is like a post that a link leads to', async () => {
    const [first, second] = ['上', '下'].map((part) => `爬虫笔记（${part}）`);
    await open({ telegram: false, path: `/app?post=${encodeURIComponent('爬虫笔记-上-')}` });
    await page.getByRole('heading', { name: 'Posts like this' }).waitFor();
    expect((await titles()).slice(0, 2).map((title) => title.slice(0, 7))).toEqual([first, second]);
  });

  it('says so where a link leads to a post that is no more', async () => {
    await open({ start: 'pgone' });
    await page.getByText('There is no such post').waitFor();
    faults = faults.filter((fault) => !fault.includes('404'));
  });

  it.each(['', 'p', 'c', 'c%%%', 'cAAAA', 'czzzz', 'tLoRA', 'x'.repeat(512), 'cY29uc3RydWN0b3I6MDp4'])(
    'shows the newest posts for a start parameter that means nothing: %j',
    async (start) => {
      await open({ start });
      await page.locator('.tabs [aria-current="page"]', { hasText: 'Latest' }).waitFor();
      expect(await page.locator('.card').count()).toBeGreaterThan(10);
    },
  );

  it('offers what to try where nothing answers', async () => {
    await open({ path: '/app?q=zzzz%20qqqq' });
    await page.locator('.actions').getByRole('button', { name: 'Large language models' }).click();
    await page.getByRole('heading', { name: 'Large language models' }).waitFor();
    await page.locator('.card').first().waitFor();
    expect(await page.locator('input').inputValue()).toBe('');
  });

  it('says that the server is out of reach, in every view, and asks it again', async () => {
    await open();
    await context.setOffline(true);
    for (const name of ['Categories', 'Series', 'Latest']) {
      await tab(name);
      await page.getByText('The server is out of reach.').waitFor();
    }
    await context.setOffline(false);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.card').first().waitFor();
    expect(await page.getByText('The server is out of reach.').count()).toBe(0);
    faults = faults.filter((fault) => !fault.includes('ERR_INTERNET_DISCONNECTED'));
  });

  it('may be framed by Telegram alone', async () => {
    await open();
    const policy = (await app.get('/app')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(/frame-ancestors ([^;]*)/.exec(policy)?.[1]?.split(' ')).toEqual([
      'https://web.telegram.org',
      'https://webk.telegram.org',
      'https://webz.telegram.org',
    ]);
  });

  it.each([
    ['zh-CN', 'light', false],
    ['en-GB', 'dark', false],
    ['en-GB', 'light', true],
  ] as const)('meets WCAG AA in every view: %s, %s, within Telegram: %s', async (locale, colorScheme, telegram) => {
    await open({ locale, colorScheme, telegram });
    await page.evaluate(axe);
    const look = async () => {
      const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
      expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(phone.width);
    };
    await look();
    for (const at of [1, 2, 3]) {
      await page.locator('.tabs button').nth(at).click();
      await page.locator('.rows').waitFor();
      await look();
    }
    await page.locator('input').fill('LoRA');
    await page.locator('.card mark').first().waitFor();
    await look();
  });
});
