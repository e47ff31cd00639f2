import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type ClientRequest, get } from 'node:http';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { startBot } from '../tests/support/process.ts';
import { createFreshQueries, createMixedQueries, inTurn, usualQueries, wordsOfTitles } from './web/web-queries.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const connections = 100;
const warmUpSeconds = 5;
/**
 * Requests a second and p99 of `/api/search` of the real program under 100 connections, beside a bare Fastify route
 * that returns a constant of the same size, in turns: with a few queries in turn, with a mix in which some are asked
 * often and most seldom, and with no query asked twice. Each connection is a client of its own, whose requests are
 * counted for the limits. `--seconds N` (4) a turn, `--rounds N` (3), `--streams N`: afterwards the same search while
 * N event streams stand idle (2,000; 0 leaves it out).
 */
export async function benchWeb(args: readonly string[]): Promise<void> {
  const seconds = numberOf(args, '--seconds', 4);
  const rounds = numberOf(args, '--rounds', 3);
  const streams = numberOf(args, '--streams', 2_000);

  const words = wordsOfTitles();
  const bot = await startBot();
  const constant = await answerOfMeanSize(bot.url);
  const bare = await startBare(constant);
  const loads = {
    usual: { server: bot, next: inTurn(usualQueries), turns: [] as Turn[] },
    mixed: { server: bot, next: createMixedQueries(words), turns: [] as Turn[] },
    fresh: { server: bot, next: createFreshQueries(words), turns: [] as Turn[] },
    bare: { server: bare, next: inTurn(usualQueries), turns: [] as Turn[] },
  };
  // What a process has not compiled yet is slow for some seconds, and is no measure of a server that runs for days.
  for (const { server, next } of Object.values(loads)) await load(server, warmUpSeconds, next);
  for (let round = 0; round < rounds; round += 1) {
    for (const { server, next, turns } of Object.values(loads)) turns.push(await load(server, seconds, next));
  }
  const { usual, mixed, fresh } = loads;
  print(`bare Fastify, ${constant.length} characters`, loads.bare.turns);
  print(`/api/search, ${usualQueries.length} queries in turn`, usual.turns, loads.bare.turns);
  print('/api/search, a mix, some asked often and most seldom', mixed.turns, loads.bare.turns);
  print('/api/search, no query twice', fresh.turns, loads.bare.turns);

  if (streams > 0) {
    const before = residentMegabytes(bot.process);
    const idle = await openStreams(bot.url, streams);
    print(`/api/search beside ${streams} idle event streams`, [await load(bot, seconds, usual.next)]);
    console.log(`memory: ${before} MB before the streams, ${residentMegabytes(bot.process)} MB with them`);
    for (const stream of idle) stream.destroy();
  }
  bare.process.disconnect();
  await bot.stop();
}

interface Server {
  readonly url: string;
  readonly process: ChildProcess;
}

/** What one turn of load has shown. */
interface Turn {
  readonly requestsPerSecond: number;
  readonly p99Ms: number;
  /** Of the server alone: a machine that has other work to do changes it little. */
  readonly cpuMicroseconds: number;
}

function startBare(constant: string): Promise<Server> {
  const process = fork(here('web/bare-server.ts'), [constant], { execArgv: ['--import', 'tsx'] });
  return new Promise((resolve, reject) => {
    process.once('message', (url) => resolve({ url: String(url), process }));
    process.once('exit', (code) => reject(new Error(`the bare server ended with ${code}`)));
  });
}

/** Addresses of the network that is kept for benchmarks (RFC 2544); the program believes a proxy on the same machine. */
const client = (number: number) => ({ 'x-forwarded-for': `198.18.${(number >> 8) & 255}.${number & 255}` });

const pathOf = (query: string) => `/api/search?q=${encodeURIComponent(query)}`;

/** The one answer whose size is nearest to the mean of all that are asked for. */
async function answerOfMeanSize(url: string): Promise<string> {
  const answers = await Promise.all(usualQueries.map(async (query) => (await fetch(url + pathOf(query))).text()));
  const mean = answers.reduce((sum, { length }) => sum + length, 0) / answers.length;
  const [nearest = ''] = answers.sort((one, other) => Math.abs(one.length - mean) - Math.abs(other.length - mean));
  return nearest;
}

async function load({ url, process }: Server, duration: number, nextQuery: () => string): Promise<Turn> {
  let asked = 0;
  const setupRequest = (request: autocannon.Request) => {
    asked += 1;
    return { ...request, path: pathOf(nextQuery()), headers: client(asked) };
  };
  const before = cpuMicroseconds(process);
  const { requests, latency, non2xx, errors } = await autocannon({
    url,
    connections,
    duration,
    requests: [{ setupRequest }],
  });
  if (non2xx + errors > 0) throw new Error(`${non2xx + errors} requests failed`);
  return {
    requestsPerSecond: requests.average,
    p99Ms: latency.p99,
    cpuMicroseconds: (cpuMicroseconds(process) - before) / requests.total,
  };
}

/** The medians of the turns, and their share of what the bare route does. */
function print(what: string, turns: readonly Turn[], bare?: readonly Turn[]): void {
  const of = (all: readonly Turn[], read: (turn: Turn) => number) => Math.round(median(all.map(read)));
  const rate = of(turns, ({ requestsPerSecond }) => requestsPerSecond);
  const share = bare && Math.round((rate / of(bare, ({ requestsPerSecond }) => requestsPerSecond)) * 100);
  console.log(
    [
      `${what}: ${rate} requests/s`,
      `p99 ${of(turns, ({ p99Ms }) => p99Ms)} ms`,
      `${of(turns, (turn) => turn.cpuMicroseconds)} µs of CPU a request`,
      ...(share === undefined ? [] : [`${share} % of the bare route`]),
    ].join(', '),
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function openStreams(url: string, count: number): Promise<readonly ClientRequest[]> {
  const open = (_: unknown, number: number) =>
    new Promise<ClientRequest>((resolve, reject) => {
      const headers = { authorization: 'Bearer 0123456789abcdefghijkl', ...client(number) };
      const request = get(`${url}/api/chat/events`, { headers, agent: false }, (response) => {
        response.resume();
        resolve(request);
      });
      request.on('error', reject);
    });
  const opened: ClientRequest[] = [];
  while (opened.length < count) {
    const batch = Math.min(100, count - opened.length);
    opened.push(...(await Promise.all(Array.from({ length: batch }, open))));
  }
  for (const stream of opened) stream.on('error', () => {});
  return opened;
}

/** User and system time, in hundredths of a second (`man proc`, fields 14 and 15 of stat). */
function cpuMicroseconds({ pid }: ChildProcess): number {
  const [, user = 0, system = 0] =
    /\) (?:\S+ ){11}(\d+) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.map(Number) ?? [];
  return (user + system) * 10_000;
}

function residentMegabytes({ pid }: ChildProcess): number {
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}

function numberOf(args: readonly string[], name: string, otherwise: number): number {
  const place = args.indexOf(name);
  return place < 0 ? otherwise : Number(args[place + 1]);
}
