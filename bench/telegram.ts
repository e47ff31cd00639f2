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

/**
 * Updates that the whole of Postbell answers a second with a search, beside a bare grammY bot that echoes, each in a
 * process of its own against the same server. `--updates N`: how many a round (3,000). `--memory N`: afterwards N more
 * for Postbell, with its memory after each tenth of them.
 */
export async function benchTelegram(args: readonly string[]): Promise<void> {
  const updates = numberOf(args, '--updates') ?? 3_000;
  for (const transport of transports) {
    const bare = await measure('bare', transport, updates);
    const postbell = await measure('postbell', transport, updates);
    print(transport, 'bare grammY echo', bare);
    print(transport, 'Postbell /search', postbell);
    const share = Math.round((postbell.perSecond / bare.perSecond) * 100);
    console.log(`${transport}: Postbell answers ${share} % of what the bare bot echoes`);
  }
  const memory = numberOf(args, '--memory');
  if (memory !== undefined) await watchMemory(memory);
}

function print(transport: Transport, what: string, { perSecond, p50, p99 }: Measured): void {
  const rate = `${Math.round(perSecond)} updates/s`;
  console.log(`${transport}: ${what}: ${rate}, median ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`);
}

async function measure(bot: 'bare' | 'postbell', transport: Transport, updates: number): Promise<Measured> {
  return withBot(bot, transport, async (load) => {
    await load(500);
    return load(updates);
  });
}

async function watchMemory(updates: number): Promise<void> {
  await withBot('postbell', 'polling', async (load, bot) => {
    const rounds = 10;
    for (let round = 1; round <= rounds; round += 1) {
      await load(Math.round(updates / rounds));
      console.log(`memory after ${Math.round((updates / rounds) * round)} updates: ${residentMegabytes(bot)} MB`);
    }
  });
}

type Load = (updates: number) => Promise<Measured>;

async function withBot<Result>(
  kind: 'bare' | 'postbell',
  transport: Transport,
  use: (load: Load, bot: ChildProcess) => Promise<Result>,
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
  const load: Load = (updates) => {
    order(server, { kind: 'load', text: bare ? 'LoRA' : '/search LoRA', chats, updates });
    return answer<Measured>(server);
  };
  try {
    return await use(load, bot);
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
    server.once('message', (message) => resolve(message as Answer));
    server.once('exit', () => reject(new Error('the Telegram server of the bench has ended')));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
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
