import { type ChildProcess, fork, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Measured, Opened, Order } from './telegram/load-server.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const publicUrl = 'https://postbell.example';
const chats = 64;
const transports = ['polling', 'webhook'] as const;
type Transport = (typeof transports)[number];

/** Rounds of each bot, taking turns: what else the machine does then weighs on both alike. */
const rounds = 21;

/** Updates before the first round: a bot that runs for days is measured, not one whose code is still being compiled. */
const warmUp = 2_000;

/**
 * Updates that the whole of Postbell answers a second with a search, beside a bare grammY bot that echoes, each in a
 * process of its own with a server of its own. `--updates N`: how many for each (7,000). `--memory N`: afterwards N
 * more for Postbell, with its memory after each tenth of them.
 */
export async function benchTelegram(args: readonly string[]): Promise<void> {
  const updates = numberOf(args, '--updates') ?? 7_000;
  for (const transport of transports) {
    await withBot('bare', transport, (bare) =>
      withBot('postbell', transport, async (postbell) =>
        compare(transport, bare, postbell, Math.ceil(updates / rounds)),
      ),
    );
  }
  const memory = numberOf(args, '--memory');
  if (memory !== undefined) await watchMemory(memory);
}

async function compare(transport: Transport, bare: RunningBot, postbell: RunningBot, updates: number): Promise<void> {
  const [bareRounds, postbellRounds]: [Round[], Round[]] = [[], []];
  for (const bot of [bare, postbell]) await bot.load(warmUp);
  for (let round = 0; round < rounds; round += 1) {
    bareRounds.push(await measure(bare, updates));
    postbellRounds.push(await measure(postbell, updates));
  }
  const [echo, search] = [summary(bareRounds), summary(postbellRounds)];
  print(`${transport}: bare grammY echo`, echo);
  print(`${transport}: Postbell /search`, search);
  // Of rounds that followed each other: on a busy machine they had about the same share of it.
  const shares = postbellRounds.map(({ perSecond }, at) => perSecond / (bareRounds[at]?.perSecond ?? Number.NaN));
  console.log(
    `${transport}: Postbell answers ${percent(median(shares))} of what the bare bot echoes ` +
      `(the middle half of ${rounds} pairs of rounds: ${percent(quantile(shares, 0.25))} to ${percent(quantile(shares, 0.75))}), ` +
      `with ${percent(search.cpuMs / echo.cpuMs)} of its CPU time`,
  );
}

interface Round extends Measured {
  /** CPU time of the bot for an update. */
  readonly cpuMs: number;
}

async function measure({ load, process: bot }: RunningBot, updates: number): Promise<Round> {
  const before = cpuMilliseconds(bot);
  const measured = await load(updates);
  return { ...measured, cpuMs: (cpuMilliseconds(bot) - before) / updates };
}

function summary(some: readonly Round[]): Round {
  return {
    kind: 'measured',
    perSecond: median(some.map(({ perSecond }) => perSecond)),
    p50: median(some.map(({ p50 }) => p50)),
    p99: median(some.map(({ p99 }) => p99)),
    // Over all rounds: the kernel counts in hundredths of a second, too roughly for one.
    cpuMs: some.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / some.length,
  };
}

const median = (some: readonly number[]) => quantile(some, 0.5);

function quantile(some: readonly number[], share: number): number {
  return some.toSorted((one, other) => one - other)[Math.floor(some.length * share)] ?? Number.NaN;
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

function print(what: string, { perSecond, p50, p99, cpuMs }: Round): void {
  const times = `median ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
  console.log(`${what}: ${Math.round(perSecond)} updates/s, ${times}, CPU ${cpuMs.toFixed(2)} ms each`);
}

async function watchMemory(updates: number): Promise<void> {
  await withBot('postbell', 'polling', async ({ load, process: bot }) => {
    const parts = 10;
    for (let part = 1; part <= parts; part += 1) {
      await load(Math.round(updates / parts));
      console.log(`memory after ${Math.round((updates / parts) * part)} updates: ${residentMegabytes(bot)} MB`);
    }
  });
}

interface RunningBot {
  readonly process: ChildProcess;
  load(updates: number): Promise<Measured>;
}

async function withBot<Result>(
  kind: 'bare' | 'postbell',
  transport: Transport,
  use: (bot: RunningBot) => Promise<Result>,
): Promise<Result> {
  const server = fork(here('telegram/load-server.ts'), { execArgv: ['--import', 'tsx'] });
  const { environment } = await answer<Opened>(server);
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'postbell-bench-'));
  const bare = kind === 'bare';
  const route = bare ? `http://127.0.0.1:${port}` : `http://127.0.0.1:${port}/telegram/webhook`;
  const address = bare ? publicUrl : `${publicUrl}/telegram/webhook`;
  order(server, { kind: 'route', publicUrl: address, target: route });
  const bot = spawn(
    process.execPath,
    bare ? ['--import', 'tsx', here('telegram/bare-echo-bot.ts')] : [here('../dist/cli/postbell.js'), 'start'],
    {
      cwd: bare ? here('..') : folder,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        PATH: process.env.PATH,
        ...environment,
        PORT: String(port),
        CATALOG: here('../catalog'),
        LOG_LEVEL: 'warn',
        ...(transport === 'webhook' && { TELEGRAM_WEBHOOK: 'true', PUBLIC_URL: publicUrl }),
      },
    },
  );
  const load = (updates: number) => {
    order(server, { kind: 'load', text: bare ? 'LoRA' : '/search LoRA', chats, updates });
    return answer<Measured>(server);
  };
  try {
    return await use({ process: bot, load });
  } finally {
    bot.kill('SIGKILL');
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

function order(server: ChildProcess, some: Order): void {
  server.send(some);
}

function answer<Answer>(server: ChildProcess): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('the Telegram server of the bench has ended'));
    server.once('exit', ended);
    server.once('message', (message) => {
      server.off('exit', ended);
      resolve(message as Answer);
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** User and system time; the kernel counts in hundredths of a second. */
function cpuMilliseconds({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function residentMegabytes({ pid }: ChildProcess): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}

function numberOf(args: readonly string[], name: string): number | undefined {
  const at = args.indexOf(name);
  const value = at < 0 ? Number.NaN : Number(args[at + 1]);
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
