import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, launchBrowser } from '../support/browser.ts';
import { startWebApp, type WebApp } from '../support/web-app.ts';

/** An author's site: another host than the bot, with a strict policy, and the loader before there is a body. */
async function startSite(bot: string, style = ''): Promise<{ url: string; server: Server }> {
  const server = createServer((_request, response) => {
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; script-src ${bot}; frame-src ${bot}; img-src ${bot}; style-src 'nonce-1'; require-trusted-types-for 'script'`,
    });
    response.end(`<!doctype html><html lang="en"><head><title>Blog</title>
      ${style && `<style nonce="1">${style}</style>`}<script async src="${bot}/embed.js"></script>
      </head><body><h1>My blog</h1><p>${'Words. '.repeat(2000)}</p></body></html>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://localhost:${(server.address() as AddressInfo).port}/`, server };
}

describeInBrowser('the chat on an author’s own site', () => {
  let browser: Browser;
  let app: WebApp;
  let site: Awaited<ReturnType<typeof startSite>>;
  let page: Page;
  let asked: string[];
  let faults: string[];
  beforeAll(async () => {
    browser = await launchBrowser();
    app = await startWebApp();
    site = await startSite(app.url);
  });
  afterAll(async () => {
    await browser?.close();
    site?.server.close();
    await app?.stop();
  });
  beforeEach(async () => {
    page = await browser.newPage({ locale: 'en-GB' });
    page.setDefaultTimeout(10_000);
    asked = [];
    faults = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(String(error)));
    await page.goto(site.url);
    await button().waitFor();
  });
  afterEach(() => page.close());

  const button = () => page.getByRole('button', { name: 'Ask for a post' });
  const frame = () => page.frameLocator('iframe[title="Ask for a post"]');
  const open = async () => {
    await button().click();
    await frame().locator('.entry.bot .message').first().waitFor();
  };

  it('is a small button until someone presses it: no frame, nothing stored', async () => {
    expect(asked.filter((path) => path !== '/')).toEqual(expect.arrayContaining(['/embed.js']));
    expect(asked).not.toContain('/widget');
    expect(await page.locator('iframe').count()).toBe(0);
    const { cookies, origins } = await page.context().storageState();
    expect([cookies, origins]).toEqual([[], []]);
  });

  it('opens a chat that answers, under the site’s own strict policy', async () => {
    await open();
    await frame().locator('textarea').fill('LoRA');
    await frame().locator('textarea').press('Enter');
    await frame().locator('.card').first().waitFor();
    expect([await frame().locator('.card').count(), faults]).toEqual([5, []]);
  });

  it('closes with Escape, gives the focus back, and keeps what was said', async () => {
    await open();
    await frame().locator('textarea').fill('LoRA');
    await frame().locator('textarea').press('Enter');
    await frame().locator('.card').first().waitFor();
    await frame().locator('textarea').press('Escape');
    await page.locator('iframe').waitFor({ state: 'hidden' });
    expect(await button().evaluate((element) => element === element.getRootNode().activeElement)).toBe(true);

    await button().click();
    expect(await frame().locator('.card').count()).toBe(5);
    await frame().getByRole('button', { name: 'Close' }).click();
    await page.locator('iframe').waitFor({ state: 'hidden' });
  });

  it('uses Escape for the offered commands first', async () => {
    await open();
    await frame().locator('textarea').fill('/s');
    await frame().locator('textarea').press('Escape');
    expect(await frame().getByRole('option').count()).toBe(0);
    expect(await page.locator('iframe').isVisible()).toBe(true);
  });

  it('closes at a word from its own frame only', async () => {
    await open();
    await page.evaluate(`window.postMessage('postbell:close', '*')`);
    await page.evaluate('new Promise((resolve) => setTimeout(resolve, 50))');
    expect(await page.locator('iframe').isVisible()).toBe(true);
  });

  it('fills a phone, and leaves a desktop most of its page', async () => {
    await open();
    await page.setViewportSize({ width: 390, height: 700 });
    expect(await page.locator('iframe').boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 700 });
    await page.setViewportSize({ width: 1280, height: 900 });
    expect(await page.locator('iframe').boundingBox()).toMatchObject({ width: 400, height: 672 });
  });

  it.each([
    ['hide what stands in the body', 'body > * { display: none !important }'],
    [
      'dim and move everything',
      'body > * { opacity: 0 !important; transform: scale(.1) !important; filter: blur(9px) }',
    ],
    ['let nothing be seen or pressed', 'body > * { visibility: hidden !important; pointer-events: none !important }'],
    [
      'dress buttons and frames',
      'button, iframe, img { all: unset !important; width: 1px !important; position: static }',
    ],
  ])('stands where it should on a site whose rules %s', async (_what, style) => {
    const hostile = await startSite(app.url, style);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(hostile.url);
    await button().waitFor();
    expect(await button().boundingBox()).toEqual({ x: 1204, y: 824, width: 56, height: 56 });
    await open();
    expect(await page.locator('iframe').boundingBox()).toMatchObject({ width: 400, height: 672 });
    expect(faults).toEqual([]);
    hostile.server.close();
  });

  it('is kept off sites that the operator has not named', async () => {
    const choosy = await startWebApp({ parts: { widgetSites: ['https://blog.example'] } });
    const policy = (await choosy.get('/widget')).headers.get('content-security-policy');
    expect(policy).toMatch(/frame-ancestors https:\/\/blog\.example$/);

    const other = await startSite(choosy.url);
    await page.goto(other.url);
    const refused = page.waitForEvent('console', {
      predicate: (message) => message.text().includes('frame-ancestors'),
    });
    await button().click();
    await refused;
    expect(await frame().locator('textarea').count()).toBe(0);
    other.server.close();
    await choosy.stop();
  });
});

describe('the loader', () => {
  it.each(['br', 'gzip'])('is less than a kilobyte in %s, and may be loaded by any site', async (encoding) => {
    const app = await startWebApp();
    const response = await app.get('/embed.js', { 'accept-encoding': encoding });
    expect([
      response.headers.get('content-encoding'),
      response.headers.get('cross-origin-resource-policy'),
      Number(response.headers.get('content-length')) < 1024,
    ]).toEqual([encoding, 'cross-origin', true]);
    await app.stop();
  });
});
