import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../src/kernel/clock.ts';
import { silentLog } from '../src/kernel/log.ts';
import { openStore } from '../src/store/open-store.ts';
import { type Bot, makeFolder, startBot } from '../tests/support/process.ts';
import { createTelegramServer, type TelegramServer } from '../tests/support/telegram/telegram-server.ts';
import { numberOf } from './announce-parts.ts';
import { type CatalogWriter, createCatalogWriter, postsIn } from './soak/catalog-writer.ts';
import { type Sample, takeSample } from './soak/sample.ts';
import { createTelegramReaders, type TelegramReaders } from './soak/telegram-readers.ts';
import { type SoakReport, verdict } from './soak/verdict.ts';
import { createWebVisitors, type WebVisitors } from './soak/web-visitors.ts';
import { addRandomFaults, usualFaults } from './telegram-faults.ts';

export interface SoakOptions {
  readonly seconds: number;
  /** Each with a rest at its end, where what the process holds is looked at. */
  readonly cycles: number;
  /** On Telegram and, as many again, on the page. */
  readonly listeners: number;
  /** The share of calls to Telegram that go wrong. */
  readonly faults: number;
  /** Gets each line of the figures as they come. */
  readonly print: (line: string) => void;
}

/** Telegram's limits, twenty times as fast. */
const pace = { perSecond: 600, perChatSecond: 20, perGroupMinute: 400 };
const ASK_EVERY_MS = 60;
const EDITS_A_CYCLE = 3;
/** What has not arrived in this time is lost. */
const LONGEST_REST_MS = 60_000;

/**
 * The real process for a bounded time, with readers on Telegram and on the page, an author who edits without end,
 * and a platform that refuses, fails and cuts connections. `--seconds N` (600), `--cycles N` (12), `--listeners N`
 * (40), `--faults SHARE` (0.03). Ends with 1 if memory grows, handles leak, or a delivery is lost.
 */
export async function soak(args: readonly string[]): Promise<void> {
  const report = await runSoak({
    seconds: numberOf(args, '--seconds', 600),
    cycles: numberOf(args, '--cycles', 12),
    listeners: numberOf(args, '--listeners', 40),
    faults: numberOf(args, '--faults', 0.03),
    print: console.log,
  });
  const faults = verdict(report);
  for (const fault of faults) console.log(`FAULT: ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
  else console.log('memory is flat, no handle leaks, no delivery is lost');
}

export async function runSoak(options: SoakOptions): Promise<SoakReport> {
  const { listeners, cycles, seconds, print } = options;
  const folder = makeFolder();
  const telegram = await createTelegramServer({ limits: pace, keepCalls: false, keepAliveMs: 500 });
  const writer = createCatalogWriter(folder);
  const bot = await startSoaked(folder, telegram);
  try {
    const readers = createTelegramReaders(telegram, listeners);
    const visitors = createWebVisitors(bot.url, listeners);
    await readers.subscribe();
    await visitors.subscribe();
    const faultsSoFar = addRandomFaults(telegram.faults, { share: options.faults, kinds: usualFaults });
    const samples: Sample[] = [];
    print('     s  posts  answers  delivered  faults  live MB  code MB   rss MB  handles  files  loop p99/max ms');
    for (let cycle = 1; cycle <= cycles; cycle++) {
      await work((seconds * 1000) / cycles, { writer, readers, visitors });
      await drained(bot, writer, readers);
      await visitors.leave();
      await pause(1_000);
      const sample = await takeSample(bot.process);
      samples.push(sample);
      const done = { seconds: (cycle * seconds) / cycles, posts: writer.announced.size, faults: faultsSoFar() };
      print(lineOf(sample, done, await figuresOf(bot)));
    }
    telegram.faults.clear();
    await visitors.openStreams();
    await pause(1_000);
    await visitors.leave();
    const { code } = await bot.stop();
    if (code !== 0) throw new Error(`the bot ended with ${code}: ${bot.output().slice(-1_000)}`);
    const told = [...readers.told(), ...visitors.told];
    return {
      ...(await count(folder, writer, told)),
      cut: faultsSoFar('drop-after'),
      samples,
      errors: errorsIn(bot.output()),
    };
  } finally {
    await bot.stop('SIGKILL');
    await telegram.close();
  }
}

function startSoaked(cwd: string, telegram: TelegramServer): Promise<Bot> {
  return startBot({
    cwd,
    probe: ['--expose-gc', '--import', fileURLToPath(new URL('soak/probe.mjs', import.meta.url))],
    env: {
      ...telegram.environment,
      CATALOG: 'catalog.md',
      ANNOUNCE_CRON: '* * * * * *',
      CATALOG_REFRESH_CRON: '*/3 * * * * *',
      LANGUAGE: 'en',
      TELEGRAM_MESSAGES_PER_SECOND: String(pace.perSecond),
      TELEGRAM_MESSAGES_PER_CHAT_SECOND: String(pace.perChatSecond),
      TELEGRAM_MESSAGES_PER_GROUP_MINUTE: String(pace.perGroupMinute),
    },
  });
}

/** Everybody does something for this long; in the middle the streams of the page are torn apart and come back. */
async function work(
  ms: number,
  { writer, readers, visitors }: { writer: CatalogWriter; readers: TelegramReaders; visitors: WebVisitors },
): Promise<void> {
  await visitors.openStreams();
  const rounds = Math.max(1, Math.floor(ms / ASK_EVERY_MS));
  const started = performance.now();
  for (let round = 0; round < rounds; round++) {
    if (round % Math.ceil(rounds / EDITS_A_CYCLE) === 0) writer.edit();
    if (round === Math.floor(rounds / 2)) {
      await visitors.leave();
      await visitors.openStreams();
    }
    readers.ask();
    await visitors.ask();
    await pause(Math.max(0, started + (round + 1) * ASK_EVERY_MS - performance.now()));
  }
}

/**
 * Until every listener has heard of every edit, but for what the ledger lists, and nothing more is due. What talkers
 * have put off to a digest of theirs may wait on.
 */
async function drained(bot: Bot, writer: CatalogWriter, readers: TelegramReaders): Promise<void> {
  const until = performance.now() + LONGEST_REST_MS;
  for (;;) {
    const figures = await figuresOf(bot);
    const listed = deliveriesIn(figures, 'unknown') + deliveriesIn(figures, 'dead');
    const due = deliveriesIn(figures, 'sending') + (figures.get('postbell_outbox_oldest_due_seconds') ?? 0);
    if (due === 0 && missingIn(readers.told(), writer) <= listed) return;
    // The count that follows says what is missing.
    if (performance.now() > until) return;
    await pause(200);
  }
}

function missingIn(told: readonly ReadonlyMap<number, number>[], { announced }: CatalogWriter): number {
  const arrived = told.map((posts) => [...posts.keys()].filter((post) => announced.has(post)).length);
  return told.length * announced.size - arrived.reduce((sum, one) => sum + one, 0);
}

type Figures = ReadonlyMap<string, number>;

/** The process's own figures, with their labels as written. */
async function figuresOf({ url }: Bot): Promise<Figures> {
  const text = await (await fetch(`${url}/metrics`, { headers: { connection: 'close' } })).text();
  return new Map([...text.matchAll(/^(\w+(?:\{.*\})?) (\S+)$/gm)].map(([, name = '', value]) => [name, Number(value)]));
}

function deliveriesIn(figures: Figures, state: string): number {
  return figures.get(`postbell_outbox_deliveries{state="${state}"}`) ?? 0;
}

function sumOf(figures: Figures, start: string): number {
  return [...figures].filter(([name]) => name.startsWith(start)).reduce((sum, [, value]) => sum + value, 0);
}

function lineOf(
  { live, code, rss, handles, files, delay }: Sample,
  done: { readonly seconds: number; readonly posts: number; readonly faults: number },
  figures: Figures,
): string {
  const columns: readonly (readonly [number | string, number])[] = [
    [Math.round(done.seconds), 6],
    [done.posts, 7],
    [sumOf(figures, 'postbell_answer_seconds_count'), 9],
    [deliveriesIn(figures, 'sent'), 11],
    [done.faults, 8],
    [(live / 2 ** 20).toFixed(1), 9],
    [(code / 2 ** 20).toFixed(1), 9],
    [(rss / 2 ** 20).toFixed(0), 9],
    [handles.length, 9],
    [files, 7],
    [`${delay.p99Ms.toFixed(0)}/${delay.maxMs.toFixed(0)}`, 17],
  ];
  return columns.map(([value, width]) => String(value).padStart(width)).join('');
}

/** Who should have been told of what, and who was, by the ledger and by those told. */
async function count(
  folder: string,
  writer: CatalogWriter,
  told: readonly ReadonlyMap<number, number>[],
): Promise<Pick<SoakReport, 'due' | 'lost' | 'listed' | 'duplicated'>> {
  const store = await openStore(`sqlite:${join(folder, 'data/postbell.db')}`, { clock: systemClock, log: silentLog });
  const failures = await store.outbox.failures(1_000_000);
  await store.close();
  const listed = failures.flatMap(({ titles }) => titles.flatMap(postsIn)).length;
  const missing = missingIn(told, writer);
  const duplicated = told.flatMap((posts) => [...posts.values()]).filter((times) => times > 1).length;
  return { due: told.length * writer.announced.size, lost: Math.max(0, missing - listed), listed, duplicated };
}

/** Lines that tell of an error. */
function errorsIn(output: string): readonly string[] {
  return output.split('\n').filter((line) => /^\{"level":(50|60)/.test(line));
}
