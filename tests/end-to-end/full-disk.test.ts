import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Bot, foundingCatalog, makeFolder, startBot, withRoom } from '../support/process.ts';
import { createTelegramServer, type TelegramServer } from '../support/telegram/telegram-server.ts';

/** Linux lets a test take the disk from a process that runs, without being root. */
const prlimit = '/usr/bin/prlimit';
const link = 'https://example.com/bell';
const readers = Array.from({ length: 20 }, (_, at) => 101 + at);

let telegram: TelegramServer;
let bot: Bot;
let file: string;

beforeEach(async () => {
  const cwd = makeFolder();
  file = join(cwd, 'posts.md');
  cpSync(foundingCatalog, file);
  telegram = await createTelegramServer();
  bot = await startBot({
    cwd,
    env: { ...telegram.environment, CATALOG: 'posts.md', ANNOUNCE_CRON: '* * * * * *', LANGUAGE: 'en' },
  });
  for (const reader of readers) telegram.say(reader, '/subscribe');
  for (const reader of readers) await telegram.next(reader);
});

afterEach(async () => {
  await bot.stop('SIGKILL');
  await telegram.close();
});

/** What a full disk does to a process: nothing more can be written, what stands there can be read. */
function fillDisk(): void {
  limitFiles('0:unlimited');
}

function makeRoom(): void {
  limitFiles('unlimited:unlimited');
}

function limitFiles(bytes: string): void {
  execFileSync(prlimit, ['--pid', String(bot.process.pid), `--fsize=${bytes}`]);
}

function publish(): void {
  appendFileSync(file, `\n## News\n\n### [A bell for your blog](${link})\nIt rings once.\n`);
}

const cardsOf = (reader: number) =>
  telegram.deliveredTo(reader).filter((message) => JSON.stringify(message).includes(link));
const told = () => readers.filter((reader) => cardsOf(reader).length > 0);
const readiness = async () => (await fetch(`${bot.url}/readyz`)).text();
const isFound = async () => (await (await fetch(`${bot.url}/api/search?q=bell`)).text()).includes(link);

/** Waits until the condition holds; the test's own time limit ends it. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 50));
}

async function expectEachToldOnce(): Promise<void> {
  await until(() => told().length === readers.length);
  await until(async () => (await readiness()).includes('"ready"'));
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  for (const reader of readers) expect(cardsOf(reader)).toHaveLength(1);
}

describe('on a disk that is full from the start', () => {
  test.each([0, 200])('after %i kB the start says so in one line, and may be tried again', async (kilobytes) => {
    const cwd = makeFolder();
    const end = startBot({ cwd, under: withRoom(kilobytes) });
    await expect(end).rejects.toThrow(
      /the bot ended \(1\):\nDATABASE_URL: .*(disk|too large).*; see that its disk .* room\n$/,
    );
  });
});

(existsSync(prlimit) ? describe : describe.skip)('while the disk is full', () => {
  test('a new post is found, /readyz says why nobody is told; with room again, each subscriber is told once', async () => {
    fillDisk();
    publish();
    await until(isFound);
    await until(async () => (await readiness()).includes("the database can't be written"));
    await bot.logged(({ msg }) => msg === 'the store fails; deliveries wait');
    expect(told()).toEqual([]);

    makeRoom();
    await expectEachToldOnce();
  });

  test('what a reader says is not lost: it is answered and done once there is room', async () => {
    fillDisk();
    telegram.say(101, '/unsubscribe');
    await bot.logged(({ msg }) => String(msg).startsWith('Telegram cannot be polled'));
    makeRoom();
    expect((await telegram.next(101)).message.text).not.toBe('');
    publish();
    await until(() => told().length === readers.length - 1);
    expect(cardsOf(101)).toEqual([]);
  });

  test('what was on its way is not sent again, though its arrival could not be written down at once', async () => {
    telegram.faults.add({ method: 'sendMessage', times: readers.length, does: { kind: 'late-answer', ms: 1_000 } });
    publish();
    await until(() => told().length > 0);
    fillDisk();
    await bot.logged(({ msg }) => msg === 'the store fails; deliveries wait');
    expect(told().length).toBeLessThan(readers.length);

    makeRoom();
    await expectEachToldOnce();
  });
});
