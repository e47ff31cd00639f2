import { appendFileSync, copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Bot, foundingCatalog, makeFolder, postbell, startBot } from '../support/process.ts';
import { createTelegramServer, type TelegramServer } from '../support/telegram/telegram-server.ts';
import { eventually } from '../support/telegram/telegram-world.ts';
import { groupOwner } from '../support/telegram/world.ts';

const reader = 6_749_308_768;
const group = -1_001_234_567_890;
let server: TelegramServer;
let folder: string;
let bots: Bot[] = [];

beforeEach(async () => {
  server = await createTelegramServer();
  folder = makeFolder();
  mkdirSync(join(folder, 'catalog'));
  copyFileSync(foundingCatalog, join(folder, 'catalog', 'posts.md'));
});

afterEach(async () => {
  for (const bot of bots) await bot.stop('SIGKILL');
  bots = [];
  await server.close();
});

async function start(env: Record<string, string> = {}): Promise<Bot> {
  const bot = await startBot({
    cwd: folder,
    env: {
      ...server.environment,
      CATALOG: 'catalog',
      ANNOUNCE_CRON: '* * * * * *',
      CATALOG_REFRESH_CRON: '*/2 * * * * *',
      ...env,
    },
  });
  bots.push(bot);
  return bot;
}

async function ask(text: string, chat = reader, from?: number) {
  server.say(chat, text, from === undefined ? {} : { from });
  return (await server.next(chat)).message;
}

/** Adds entries to the catalog while the bot runs, as an author does. */
function publish(...titles: readonly string[]): void {
  const entries = titles.map(
    (title) => `\n\n### [${title}](https://mp.weixin.qq.com/s/${encodeURIComponent(title)})\n\nAbout ${title}.\n`,
  );
  appendFileSync(join(folder, 'catalog', 'posts.md'), entries.join(''));
}

const received = (title: string, chat = reader) => server.deliveredTo(chat).filter(({ text }) => text.includes(title));

it('each command is answered, and so are plain words', async () => {
  await start();
  expect((await ask('/start')).text).toContain('77');
  expect((await ask('/help')).text).toContain('/search');
  expect((await ask('/search LoRA')).text).toContain('LoRA');
  expect((await ask('LoRA')).text).toContain('LoRA');
  expect((await ask('/latest')).text).toContain('77');
  expect((await ask('/categories')).text).toContain('8');
  expect((await ask('/subscribe')).text).toContain('订阅');
  expect((await ask('/subscriptions')).text).toContain('订阅');
  expect((await ask('/unsubscribe')).text).toContain('订阅');
});

it('results are one message of cards whose pages turn in place, also after a restart', async () => {
  const first = await start();
  const message = await ask('/search 模型');
  expect(message.entities.filter(({ type }) => type === 'text_link').length).toBeLessThanOrEqual(5);
  expect(message.keyboard.flat().map(({ text }) => text)).toContain('›');
  expect(await first.stop()).toMatchObject({ code: 0 });
  await start();
  server.press(message, '›');
  const turned = await server.next(reader);
  expect(turned).toMatchObject({ kind: 'edited', message: { messageId: message.messageId } });
  expect(turned.message.text).not.toBe(message.text);
});

it('a button leads into a category', async () => {
  await start();
  const categories = await ask('/categories');
  const [label = ''] = categories.keyboard.flat().map(({ text }) => text);
  server.press(categories, label);
  expect((await server.next(reader)).message.entities.some(({ type }) => type === 'text_link')).toBe(true);
});

it('a webhook is registered with a secret, and its updates are answered', async () => {
  const bot = await start({ TELEGRAM_WEBHOOK: 'true', PUBLIC_URL: 'https://postbell.example' });
  // What stands behind the address is the proxy's to know.
  server.routeWebhook('https://postbell.example', bot.url);
  expect((await ask('/search LoRA')).text).toContain('LoRA');
  expect(server.feed.webhook()?.secret).toMatch(/^[\w-]{20,}$/);
  const forged = await fetch(`${bot.url}/telegram/webhook`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': 'forged' },
    body: JSON.stringify({ update_id: 1 }),
  });
  expect(forged.status).toBe(401);
});

it('a post without a picture shows the one that the server draws', async () => {
  const bot = await start({ PUBLIC_URL: 'https://postbell.example' });
  server.press(await ask('/latest'), '1');
  const preview = (await server.next(reader)).message.preview as { readonly url: string };
  expect(preview).toMatchObject({ prefer_large_media: true, show_above_text: true });
  expect(preview.url).toMatch(/^https:\/\/postbell\.example\/covers\/.+-card\.jpg$/);
  const picture = await fetch(preview.url.replace('https://postbell.example', bot.url));
  expect(picture.headers.get('content-type')).toBe('image/jpeg');
});

it('a new post reaches each subscriber once, over restarts, and nobody who left', async () => {
  server.addGroup(group);
  const bot = await start();
  await ask('/subscribe');
  await ask('/subscribe', group, groupOwner);
  await ask('/subscribe', 42);
  server.setBotStatus(42, 'kicked', { silently: true });
  publish('Brand new article');
  await eventually(() => expect(received('Brand new article')).toHaveLength(1), 20_000);
  await eventually(() => expect(received('Brand new article', group)).toHaveLength(1), 20_000);
  await bot.stop();
  await (await start()).stop('SIGKILL');
  await start();
  publish('A later article');
  await eventually(() => expect(received('A later article', group)).toHaveLength(1), 20_000);
  expect(received('Brand new article')).toHaveLength(1);
  expect(received('Brand new article', group)).toHaveLength(1);
  expect(server.deliveredTo(42).some(({ text }) => text.includes('article'))).toBe(false);
});

it('a group that became a supergroup unseen gets the news in its new place', async () => {
  const small = -4_242;
  server.addGroup(small, { type: 'group' });
  await start();
  await ask('/subscribe', small, groupOwner);
  server.migrate(small, -1_009_999, []);
  publish('For the moved');
  await eventually(() => expect(received('For the moved', -1_009_999)).toHaveLength(1), 20_000);
});

it('news waits for Telegram when it asks so, and comes once', async () => {
  await start();
  await ask('/subscribe');
  const does = { kind: 'refuse', code: 429, description: 'Too Many Requests: retry after 2', retryAfter: 2 } as const;
  server.faults.add({ method: 'sendMessage', does });
  publish('After the wait');
  await eventually(() => expect(received('After the wait')).toHaveLength(1), 20_000);
  const sends = server.callsOf('sendMessage').filter(({ parameters }) => String(parameters.text).includes('After the'));
  expect(sends).toHaveLength(2);
  expect((sends[1]?.at ?? 0) - (sends[0]?.at ?? 0)).toBeGreaterThanOrEqual(2_000);
});

it('twelve posts at once all reach a chat, though Telegram refuses most of them at first', async () => {
  await server.close();
  server = await createTelegramServer({ limits: { perChatSecond: 5 } });
  await start({ TELEGRAM_MESSAGES_PER_CHAT_SECOND: '0', ANNOUNCE_DIGEST_ABOVE: '20' });
  await ask('/subscribe');
  const titles = Array.from({ length: 12 }, (_, at) => `Of twelve, ${String.fromCharCode(65 + at)}`);
  publish(...titles);
  const arrived = () => titles.map((title) => received(title).length);
  await eventually(() => expect(arrived()).toEqual(titles.map(() => 1)), 40_000);
  expect(server.rateRefusals()).toBeGreaterThan(0);
  expect(server.deliveredTo(reader)).toHaveLength(13);
});

it('a question that was asked when the process died is answered by the next one, once', async () => {
  const first = await start();
  await ask('/start');
  server.faults.add({ method: 'sendMessage', does: { kind: 'refuse', code: 429, description: 'x', retryAfter: 50 } });
  server.say(reader, '/search LoRA');
  await eventually(() => expect(server.callsOf('sendMessage')).toHaveLength(2));
  await first.stop('SIGKILL');
  await start();
  expect((await server.next(reader)).message.text).toContain('LoRA');
  expect((await ask('/latest')).text).toContain('77');
  expect(server.deliveredTo(reader)).toHaveLength(3);
});

it('a token that Telegram refuses ends the process with one line that names the variable', async () => {
  server.faults.add({ method: 'getMe', times: 9, does: { kind: 'refuse', code: 401, description: 'Unauthorized' } });
  const { code, stdout, stderr } = await postbell(['start'], {
    cwd: folder,
    env: { ...server.environment, CATALOG: 'catalog', PORT: '0' },
  });
  expect(code).toBe(2);
  expect(stderr).toContain('TELEGRAM_BOT_TOKEN: Telegram refuses it');
  expect(stdout + stderr).not.toContain(server.token.split(':')[1]);
});
