import type { Browser, BrowserContext, Page } from 'playwright-core';
import { placeInSeries } from '../../src/posts/series.ts';
import { describeInBrowser, launchBrowser } from '../support/browser.ts';
import { post, somePosts, startWebApp, type WebApp } from '../support/web-app.ts';

describeInBrowser('the Mini App in a browser', () => {
  let browser: Browser;
  let app: WebApp;
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    browser = await launchBrowser();
    const parts = ['上', '下'].map((part) => post(`爬虫笔记（${part}）`));
    app = await startWebApp({ posts: placeInSeries([...somePosts(), ...parts]) });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });
  beforeEach(async () => {
    context = await browser.newContext({ locale: 'en-GB' });
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    await page.goto(`${app.url}/app`);
    await page.locator('.card').first().waitFor();
  });
  afterEach(() => context.close());

  it('keeps each letter of whoever types faster than the page is painted', async () => {
    const words = 'docker in practice, the whole of it';
    await page.evaluate('window.requestAnimationFrame = (paint) => setTimeout(() => paint(performance.now()), 40)');
    await page.locator('input').pressSequentially(words, { delay: 5 });
    await page.getByRole('heading', { name: `“${words}”`, exact: true }).waitFor();
    expect(await page.locator('input').inputValue()).toBe(words);
  });

  it('goes back and forward by the buttons of a browser, and stays where it is over a reload', async () => {
    const heading = (name: string) => page.getByRole('heading', { name, exact: true }).waitFor();
    await page.getByRole('button', { name: 'Series' }).click();
    await page.getByRole('button', { name: /爬虫笔记/ }).click();
    await heading('爬虫笔记');
    await page.locator('input').pressSequentially('Docker');
    await heading('“Docker”');
    expect(new URL(page.url()).search).toBe('?q=Docker');
    await page.goBack();
    await heading('爬虫笔记');
    expect(await page.locator('input').inputValue()).toBe('');
    await page.reload();
    await heading('爬虫笔记');
    await page.goForward();
    await heading('“Docker”');
    expect(await page.locator('input').inputValue()).toBe('Docker');
    await page.goBack();
    await heading('爬虫笔记');
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('navigation').waitFor();
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/app');
  });

  it('leaves a search when its words are deleted, and looks for what is typed then', async () => {
    await page.getByRole('button', { name: 'Categories' }).click();
    await page.getByRole('button', { name: /^Vision/ }).click();
    await page.locator('input').pressSequentially('Do');
    await page.getByRole('heading', { name: '“Do”' }).waitFor();
    await page.locator('input').press('Backspace');
    await page.locator('input').press('Backspace');
    await page.getByRole('heading', { name: 'Vision' }).waitFor();
    await page.locator('input').pressSequentially('LoRA');
    await page.getByRole('heading', { name: '“LoRA”' }).waitFor();
    await page.locator('.card mark').first().waitFor();
  });
});
