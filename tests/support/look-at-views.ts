/**
 * Looks at every view of the web side in a real browser, under the real policy: prints what axe finds in each, and with
 * `--images` takes the pictures of the documentation. Run by `npm run axe`; the process ends with 1 if axe finds a fault.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { visitorAddress } from '../../src/channels/web/visitor.ts';
import { formatAddress } from '../../src/subscribers/address.ts';
import { launchBrowser } from './browser.ts';
import { fillStore } from './fill-store.ts';
import { makeFolder, startBot } from './process.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const images = fileURLToPath(new URL('../../docs/images', import.meta.url));
const author = 'the-author-who-looks-at-the-dashboard';

interface View {
  readonly name: string;
  readonly path: string;
  /** Which of its looks are among the pictures of the documentation. */
  readonly pictured?: readonly string[];
  /** Brings the page to what is to be seen. */
  readonly show: (page: Page) => Promise<unknown>;
}

const ask = async (page: Page, words: string) => {
  await page.locator('textarea').fill(words);
  await page.locator('textarea').press('Enter');
  await page.locator('.entry.bot').last().locator('.card, .actions').first().waitFor();
};

const views: readonly View[] = [
  {
    name: 'chat',
    path: '/',
    pictured: ['phone-light', 'phone-dark', 'desktop-light', 'desktop-dark'],
    async show(page) {
      await page.locator('.entry.bot .message').first().waitFor();
      await ask(page, 'LoRA');
      await page.locator('.card').first().waitFor();
    },
  },
  {
    name: 'app',
    path: '/app?q=LoRA',
    pictured: ['phone-light'],
    show: (page) => page.locator('.card mark').first().waitFor(),
  },
  { name: 'app-latest', path: '/app', show: (page) => page.locator('.card').first().waitFor() },
  {
    name: 'app-categories',
    path: '/app',
    async show(page) {
      await page.locator('.tabs button').nth(1).click();
      await page.locator('.rows li').first().waitFor();
    },
  },
  {
    name: 'app-series',
    path: '/app',
    async show(page) {
      await page.locator('.tabs button').nth(2).click();
      await page.locator('.rows li').first().waitFor();
    },
  },
  {
    name: 'app-subscriptions',
    path: '/app',
    async show(page) {
      await page.locator('.tabs button').nth(3).click();
      await page.locator('.bell-toggle').first().click();
      await page.locator('.said-now:not(.quiet)').waitFor();
    },
  },
  { name: 'app-nothing', path: '/app?q=zzzz', show: (page) => page.locator('.hint').first().waitFor() },
  { name: 'app-post', path: '/app?post=', show: (page) => page.locator('.card').first().waitFor() },
  { name: 'widget', path: '/widget', show: (page) => page.locator('.entry.bot .message').first().waitFor() },
  { name: 'post', path: '/p/', show: (page) => page.locator('article').waitFor() },
  { name: 'post-unknown', path: '/p/none', show: (page) => page.locator('article').waitFor() },
  {
    name: 'dashboard',
    path: '/admin',
    pictured: ['phone-dark', 'desktop-light'],
    show: (page) => page.locator('.figures').waitFor(),
  },
  { name: 'preview', path: '/admin/preview', show: (page) => page.locator('.shown').first().waitFor() },
];

/** The most wanted first. */
const lookedFor = ['LoRA', '多模态', '微调', 'CLIP', 'zzzz', 'Stable Diffusion', 'kubernetes', 'RAG'];

const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };
const withImages = process.argv.includes('--images');

async function lookAtAll(): Promise<number> {
  const browser = await launchBrowser();
  const folder = makeFolder();
  await fillStore(folder);
  const bot = await startBot({ cwd: folder, env: { ADMINS: formatAddress(visitorAddress(author)!) } });
  for (const [place, words] of lookedFor.entries()) {
    const path = `${bot.url}/api/search?q=${encodeURIComponent(words)}`;
    for (let times = lookedFor.length - place; times > 0; times -= 1) await fetch(path);
  }
  let faults = 0;
  try {
    for (const view of views) faults += await lookAt(browser, bot.url, view);
  } finally {
    await browser.close();
    await bot.stop();
  }
  return faults;
}

async function lookAt(browser: Browser, url: string, view: View): Promise<number> {
  let faults = 0;
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [size, viewport] of Object.entries(sizes)) {
      const locale = size === 'phone' ? 'zh-CN' : 'en-GB';
      const context = await browser.newContext({ colorScheme, viewport, locale, reducedMotion: 'reduce' });
      const page = await context.newPage();
      if (view.path.startsWith('/admin')) await signIn(page, url);
      await page.goto(url + view.path + (/\bpost$/.test(view.name) ? await somePost(url) : ''));
      await view.show(page);
      await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => {});
      const look = `${size}-${colorScheme}`;
      if (withImages && view.pictured?.includes(look)) {
        await page.screenshot({ path: `${images}/${view.name}-${look}.png` });
      }
      await page.evaluate(axe);
      const { violations, passes } = (await page.evaluate('axe.run()')) as AxeResults;
      console.log(
        `${view.name}, ${size}, ${colorScheme}: ${violations.length} violations, ${passes.length} rules passed`,
      );
      for (const { id, help, nodes } of violations) console.log(`  ${id}: ${help} (${nodes[0]?.html})`);
      faults += violations.length;
      await context.close();
    }
  }
  return faults;
}

/** A post that has relatives and a summary. */
async function somePost(url: string): Promise<string> {
  const found = (await (await fetch(`${url}/api/search?q=LoRA&limit=1`)).json()) as { hits: { id: string }[] };
  return encodeURIComponent(found.hits[0]?.id ?? '');
}

async function signIn(page: Page, url: string): Promise<void> {
  const text = await say(url, author, '/dashboard');
  await page.goto(text.split('\n').at(-1) ?? '');
  await page.locator('button').click();
}

async function say(url: string, visitor: string, text: string): Promise<string> {
  const response = await fetch(`${url}/api/chat`, {
    method: 'POST',
    headers: { authorization: `Bearer ${visitor}`, 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
  });
  return ((await response.json()) as { message: { text: string } }).message.text;
}

process.exitCode = (await lookAtAll()) > 0 ? 1 : 0;
