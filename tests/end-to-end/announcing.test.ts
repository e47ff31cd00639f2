import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bot, foundingCatalog, makeFolder, postbell, startBot } from '../support/process.ts';
import { createTelegramServer, type TelegramServer } from '../support/telegram/telegram-server.ts';

/** A blog's folder with a catalog of its own, and a Telegram server that the bot talks to. */
interface World {
  readonly telegram: TelegramServer;
  readonly file: string;
  start(env?: Record<string, string>): Promise<Bot>;
  write(change: (text: string) => string): void;
}

const bots: Bot[] = [];
let telegram: TelegramServer;

beforeEach(async () => {
  telegram = await createTelegramServer();
});

afterEach(async () => {
  await Promise.all(bots.splice(0).map((bot) => bot.stop('SIGKILL')));
  await telegram.close();
});

function makeWorld(): World {
  const cwd = makeFolder();
  mkdirSync(join(cwd, 'catalog'));
  const file = join(cwd, 'catalog/laygin.md');
  cpSync(foundingCatalog, file);
  return {
    telegram,
    file,
    async start(more = {}) {
      const bot = await startBot({
        cwd,
        env: {
          ...telegram.environment,
          CATALOG: 'catalog',
          ANNOUNCE_CRON: '* * * * * *',
          LANGUAGE: 'en',
          LOG_LEVEL: 'debug',
          ...more,
        },
      });
      bots.push(bot);
      return bot;
    },
    write: (change) => writeFileSync(file, change(readFileSync(file, 'utf8'))),
  };
}

const newEntry = '\n### [Postbell 上手：给博客装上门铃](https://mp.weixin.qq.com/s/newPost001)\n五分钟装好。\n';
const afterHeading = (text: string) => text.replace('## AIGC\n', (heading) => `${heading}${newEntry}`);

async function getJson(bot: Bot, path: string): Promise<unknown> {
  return (await fetch(bot.url + path)).json();
}

async function searched(bot: Bot, query: string): Promise<{ title: string }[]> {
  return ((await getJson(bot, `/api/search?q=${encodeURIComponent(query)}`)) as { hits: { title: string }[] }).hits;
}

/** Waits until the condition holds; the test's own time limit ends it. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Lets the bot look for news this many times more. */
async function ticks(count: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, count * 1000 + 500));
}

describe('an author adds an entry while the bot runs', () => {
  test('it can be found at once, and each subscriber gets its card once, over two restarts', async () => {
    const world = makeWorld();
    let bot = await world.start();
    for (const reader of [101, 102]) {
      telegram.say(reader, '/subscribe');
      await telegram.next(reader);
    }
    world.write(afterHeading);
    await until(async () =>
      (await searched(bot, 'Postbell 上手')).some(({ title }) => title.startsWith('Postbell 上手')),
    );
    for (const reader of [101, 102]) {
      const { message } = await telegram.next(reader);
      expect(message.text).toContain('Postbell 上手：给博客装上门铃');
      expect(JSON.stringify(message)).toContain('https://mp.weixin.qq.com/s/newPost001');
    }

    for (let restart = 0; restart < 2; restart++) {
      expect((await bot.stop()).code).toBe(0);
      bot = await world.start();
      await ticks(2);
    }
    expect(telegram.deliveredTo(101)).toHaveLength(2);
    expect(telegram.deliveredTo(102)).toHaveLength(2);
  });

  test('a post that came while the bot was down is told after its start', async () => {
    const world = makeWorld();
    const bot = await world.start();
    telegram.say(101, '/subscribe');
    await telegram.next(101);
    await bot.stop();
    world.write(afterHeading);
    await world.start();
    expect((await telegram.next(101)).message.text).toContain('Postbell 上手');
  });

  test('editing a title, moving an entry and reordering the file announce nothing', async () => {
    const world = makeWorld();
    const bot = await world.start();
    telegram.say(101, '/subscribe');
    await telegram.next(101);

    world.write((text) => text.replace('[啥是扩散模型？]', '[到底啥是扩散模型？]'));
    await until(async () => (await searched(bot, '到底啥是扩散模型')).some(({ title }) => title.startsWith('到底')));
    const moved = '### [到底啥是扩散模型？](https://mp.weixin.qq.com/s/zPhNSttjneu1kPseDEqYjQ)\n';
    world.write((text) => text.replace(moved, '').replace('## 视觉大模型（LVM）\n', (heading) => heading + moved));
    world.write((text) => {
      const [title = '', ...categories] = text.split(/^(?=## )/m);
      return [title, ...categories.map((category) => `${category.trimEnd()}\n\n`).toReversed()].join('');
    });
    await until(async () => {
      const { categories } = (await getJson(bot, '/api/categories')) as { categories: { name: string }[] };
      return categories.at(-1)?.name.startsWith('多模态大模型') ?? false;
    });
    await ticks(2);
    expect(telegram.deliveredTo(101)).toHaveLength(1);
  });

  test('a subscriber to one category or to a query hears of what fits it only', async () => {
    const world = makeWorld();
    await world.start();
    telegram.say(101, '/subscribe 视觉大模型（LVM）');
    telegram.say(102, '/subscribe aigc');
    telegram.say(103, '/subscribe 门铃');
    for (const reader of [101, 102, 103]) await telegram.next(reader);
    world.write(afterHeading);
    expect((await telegram.next(102)).message.text).toContain('Postbell 上手');
    expect((await telegram.next(103)).message.text).toContain('Postbell 上手');
    await ticks(1);
    expect(telegram.deliveredTo(101)).toHaveLength(1);
  });
});

describe('an admin', () => {
  test('sends words to everyone from a chat, after a look at them', async () => {
    const world = makeWorld();
    await world.start({ ADMINS: 'telegram:900' });
    for (const reader of [101, 102]) {
      telegram.say(reader, '/subscribe');
      await telegram.next(reader);
    }
    telegram.say(900, '/broadcast We are moving to <new> house.\nSee you there & then!');
    const { message } = await telegram.next(900);
    expect(message.text).toContain('We are moving to <new> house.\nSee you there & then!');
    telegram.press(message, '发给 2 人');
    for (const reader of [101, 102]) {
      expect((await telegram.next(reader)).message.text).toBe('We are moving to <new> house.\nSee you there & then!');
    }
    telegram.press(message, '发给 2 人');
    await ticks(1);
    expect(telegram.deliveredTo(101)).toHaveLength(2);
  });
});

describe('an operator', () => {
  test('ends the bot in the middle of a broadcast with SIGTERM, and nothing is lost or repeated', async () => {
    const world = makeWorld();
    const bot = await world.start();
    const readers = Array.from({ length: 40 }, (_, at) => 1000 + at);
    for (const reader of readers) telegram.say(reader, '/subscribe');
    for (const reader of readers) await telegram.next(reader);
    world.write(afterHeading);
    const told = () => readers.filter((reader) => telegram.deliveredTo(reader).length > 1);
    await until(() => told().length >= 5);
    expect((await bot.stop()).code).toBe(0);
    expect(told().length).toBeLessThan(readers.length);

    await world.start();
    await until(() => told().length === readers.length);
    await ticks(1);
    for (const reader of readers) expect(telegram.deliveredTo(reader)).toHaveLength(2);
  });

  test('is told by /readyz, the log and a message to the admins when the catalog can not be read, while the last good one answers', async () => {
    const world = makeWorld();
    const bot = await world.start({ ADMINS: 'telegram:900' });
    telegram.say(900, '/start');
    await telegram.next(900);
    await until(async () => (await fetch(`${bot.url}/readyz`)).status === 200);
    world.write(() => '');
    await until(async () => (await fetch(`${bot.url}/readyz`)).status === 503);
    expect(await (await fetch(`${bot.url}/readyz`)).text()).toContain('it would lose 77 of 77 posts');
    expect(bot.output()).toMatch(/"level":40.*it would lose 77 of 77 posts/);
    expect((await searched(bot, 'LoRA')).length).toBeGreaterThan(0);
    expect((await telegram.next(900)).message.text).toContain('it would lose 77 of 77 posts');
    cpSync(foundingCatalog, world.file);
    await until(async () => (await fetch(`${bot.url}/readyz`)).status === 200);
  });

  test('gets one line that names the token when Telegram refuses it, and exit code 2', async () => {
    const env = { ...telegram.environment, TELEGRAM_BOT_TOKEN: '123456789:AAF-wrong-token_for-tests-0000000000' };
    const { code, stdout, stderr } = await postbell(['start'], { env: { ...env, PORT: '0' } });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^TELEGRAM_BOT_TOKEN[^\n]+\n$/);
    expect(stdout + stderr).not.toContain('AAF-wrong');
  });
});
