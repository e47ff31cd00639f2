import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { createCallbackSeal, sign } from '../tests/support/wechat/callback-seal.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const token = 'QDG6eK';
const encodingAesKey = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const appId = 'wx5823bf96d3bd56c7';
const readers = 500;
const words = ['LoRA', '微调', '大模型', 'OCR', 'CLIP', '多模态', 'pytorch', 'DETR', '文档智能', 'transformer'];
/** Rounds of each server, taking turns: what else the machine does then weighs on both alike. */
const rounds = 5;

/**
 * Encrypted search messages that the whole of Postbell answers a second, beside a bare HTTP server that only decrypts
 * and echoes, each in a process of its own, and what a message takes of the processor: on a machine that others use as
 * well, the rates say little. `--messages N`: how many for each (10,000); `--connections N` (50).
 */
export async function benchWechat(args: readonly string[]): Promise<void> {
  const messages = numberOf(args, '--messages') ?? 10_000;
  const connections = numberOf(args, '--connections') ?? 50;
  const folder = mkdtempSync(join(tmpdir(), 'postbell-bench-'));
  const tsx = ['--import', import.meta.resolve('tsx')];
  const bare = await start([...tsx, here('./wechat/bare-server.ts'), token, encodingAesKey], folder);
  // As operators run it: what tsx adds to functions to keep their names costs them nothing.
  const postbell = await start([here('../dist/cli/postbell.js'), 'start'], folder);
  try {
    const perRound = Math.ceil(messages / rounds);
    await load(bare.url, prepare(500), connections);
    await load(postbell.url, prepare(2_000), connections);
    const echoes: MeasuredRound[] = [];
    const answers: MeasuredRound[] = [];
    for (let round = 0; round < rounds; round++) {
      echoes.push(await measured(bare, prepare(perRound), connections));
      answers.push(await measured(postbell, prepare(perRound), connections));
    }
    const [echo, answer] = [summary(echoes), summary(answers)];
    print('bare decrypt and echo', echo);
    print('Postbell, encrypted search', answer);
    console.log(
      `Postbell answers ${Math.round((answer.perSecond / echo.perSecond) * 100)} % of what the bare server echoes`,
    );
  } finally {
    await Promise.all([bare.stop(), postbell.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Prepared {
  readonly path: string;
  readonly body: string;
}

let numbers = 1n;

/** Sealed beforehand, so that the load costs this process little; each message is new, from one of many readers. */
function prepare(count: number): Prepared[] {
  const seal = createCallbackSeal(encodingAesKey, appId);
  const timestamp = String(Math.floor(Date.now() / 1000));
  return Array.from({ length: count }, (_, at) => {
    numbers += 1n;
    const xml = `<xml><ToUserName><![CDATA[gh_postbell]]></ToUserName><FromUserName><![CDATA[o6_reader${at % readers}]]></FromUserName><CreateTime>${timestamp}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${words[at % words.length]}]]></Content><MsgId>${numbers}</MsgId></xml>`;
    const encrypted = seal.encrypt(xml);
    const nonce = String(numbers);
    const query = new URLSearchParams({
      timestamp,
      nonce,
      encrypt_type: 'aes',
      msg_signature: sign(token, timestamp, nonce, encrypted),
    });
    return {
      path: `/wechat/callback?${query}`,
      body: `<xml><ToUserName><![CDATA[gh_postbell]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
    };
  });
}

interface Round {
  readonly perSecond: number;
  readonly latencies: readonly number[];
}

interface MeasuredRound extends Round {
  /** Of the server's processor time for each message, in microseconds. */
  readonly cpuUs: number;
}

async function measured(server: Server, messages: readonly Prepared[], connections: number): Promise<MeasuredRound> {
  const before = server.cpuMs();
  const round = await load(server.url, messages, connections);
  return { ...round, cpuUs: (1_000 * (server.cpuMs() - before)) / messages.length };
}

async function load(url: string, messages: readonly Prepared[], connections: number): Promise<Round> {
  const pool = new Pool(url, { connections });
  const latencies: number[] = [];
  let next = 0;
  const started = performance.now();
  const worker = async () => {
    for (let message = messages[next++]; message; message = messages[next++]) {
      const sent = performance.now();
      const { statusCode, body } = await pool.request({
        method: 'POST',
        path: message.path,
        headers: { 'content-type': 'text/xml' },
        body: message.body,
      });
      const answer = await body.text();
      if (statusCode !== 200 || !answer.startsWith('<xml>'))
        throw new Error(`HTTP ${statusCode}: ${answer.slice(0, 80)}`);
      latencies.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const seconds = (performance.now() - started) / 1000;
  await pool.close();
  return { perSecond: messages.length / seconds, latencies };
}

interface Summary {
  readonly perSecond: number;
  readonly cpuUs: number;
  readonly p50: number;
  readonly p99: number;
}

/** The median round, and the latencies of all. */
function summary(all: readonly MeasuredRound[]): Summary {
  const median = (values: readonly number[]) =>
    values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
  const latencies = all.flatMap((round) => round.latencies).sort((one, other) => one - other);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? 0;
  return {
    perSecond: median(all.map(({ perSecond }) => perSecond)),
    cpuUs: median(all.map(({ cpuUs }) => cpuUs)),
    p50: at(0.5),
    p99: at(0.99),
  };
}

function print(name: string, { perSecond, cpuUs, p50, p99 }: Summary): void {
  const times = `median ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
  console.log(`${name}: ${Math.round(perSecond)} a second, ${times}, ${Math.round(cpuUs)} us of CPU each`);
}

interface Server {
  readonly url: string;
  /** Processor time of the process so far, its helping threads included; 0 where the system does not tell. */
  cpuMs(): number;
  stop(): Promise<void>;
}

/** Starts a server in a process of its own and waits for its `listening` line. */
function start(args: readonly string[], folder: string): Promise<Server> {
  const child: ChildProcess = spawn(process.execPath, args, {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      CATALOG: here('../catalog/laygin.md'),
      PORT: '0',
      WECHAT_APP_ID: appId,
      WECHAT_TOKEN: token,
      WECHAT_ENCODING_AES_KEY: encodingAesKey,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return new Promise((resolve, reject) => {
    let printed = '';
    child.once('close', () => reject(new Error(`a server ended early: ${printed.slice(-500)}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk;
      const line = printed.split('\n').find((one) => one.includes('"listening"') && one.endsWith('}'));
      if (line === undefined) return;
      child.stdout?.removeAllListeners('data').resume();
      const { url } = JSON.parse(line);
      resolve({
        url,
        cpuMs: () => cpuMsOf(child.pid),
        async stop() {
          child.kill('SIGTERM');
          await ended;
        },
      });
    });
  });
}

/** From Linux's /proc, which counts in hundredths of a second. */
function cpuMsOf(pid: number | undefined): number {
  if (process.platform !== 'linux') return 0;
  // The name, in brackets, may hold anything; user and system time are the 12th and 13th field behind it.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return 10 * (Number(fields[11]) + Number(fields[12]));
}

function numberOf(args: readonly string[], name: string): number | undefined {
  const at = args.indexOf(name);
  return at < 0 ? undefined : Number(args[at + 1]);
}
