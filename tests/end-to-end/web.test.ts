import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { describeInBrowser, launchBrowser } from '../support/browser.ts';
import { openChat } from '../support/chat-page.ts';
import { type Bot, foundingCatalog, makeFolder, startBot } from '../support/process.ts';

/** A port that was free a moment ago: the page has to find the bot at the same address after a restart. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

describeInBrowser('a newcomer without any account', () => {
  let browser: Browser;
  let bot: Bot;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterEach(() => bot.stop('SIGKILL'));
  afterAll(() => browser?.close());

  it('asks, subscribes, and hears the bell once when the author adds a post, also over a restart', async () => {
    const cwd = makeFolder();
    const file = join(cwd, 'list.md');
    cpSync(foundingCatalog, file);
    const env = { CATALOG: file, PORT: String(await freePort()), ANNOUNCE_CRON: '* * * * * *' };
    bot = await startBot({ cwd, env });

    const chat = await openChat(browser, bot.url, { locale: 'zh-CN' });
    await chat.ask('LoRA');
    const titles = await chat.titles();
    expect(titles.some((title) => title.includes('LoRA'))).toBe(true);
    const link = chat.page.locator('.card').first().getByRole('link');
    expect(await link.getAttribute('href')).toMatch(/^https:\/\/mp\.weixin\.qq\.com\//);
    await chat.ask('/subscribe');

    const entry = '\n### [给博客装上门铃](https://mp.weixin.qq.com/s/newPost001)\n五分钟装好。\n';
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('## AIGC\n', (heading) => `${heading}${entry}`),
    );
    const news = chat.page.locator('.entry.news', { hasText: '给博客装上门铃' });
    await news.waitFor({ timeout: 30_000 });

    await bot.stop();
    bot = await startBot({ cwd, env });
    await chat.page.reload();
    await chat.ask('门铃');
    expect(await news.count()).toBe(1);
    expect((await chat.titles())[0]).toBe('给博客装上门铃');
    await chat.close();
  });

  it('leaves the bot free to end while the page is open', async () => {
    bot = await startBot({ cwd: makeFolder(), env: {} });
    const chat = await openChat(browser, bot.url);
    expect(await bot.stop()).toEqual({ code: 0, signal: null });
    await chat.close();
  });
});
