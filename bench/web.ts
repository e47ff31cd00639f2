import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { type ClientRequest, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import autocannon, { type Result } from 'autocannon';
import type { MeasuredServer } from './web/measured-server.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const connections = 100;
const warmUpSeconds = 2;
const queries = [
  'LoRA',
  '微调',
  '多模态',
  'transformer',
  'pytorch',
  '大语言模型',
  'python 教程',
  'CLIP',
  'RAG',
  '目标检测',
];

/**
 * Requests a second and p99 of `/api/search` under 100 connections, beside a bare Fastify route that returns a
 * constant of the same size, each in a process of its own, in turns: once as readers ask, the same few things, and
 * once with no query asked twice. `--seconds N` (4) a turn, `--rounds N` (3), `--streams N`: afterwards the same
 * search while N event streams stand idle (2,000; 0 leaves it out).
 */
export async function benchWeb(args: readonly string[]): Promise<void> {
  const seconds = numberOf(args, '--seconds', 4);
  const rounds = numberOf(args, '--rounds', 3);
  const streams = numberOf(args, '--streams', 2_000);

  const catalogFile = foundingCatalogFile();
  const real = await start({ catalogFile });
  const constant = await answerOfMeanSize(real.url);
  const bare = await start({ constant });
  const usual = inTurn(queries);
  const fresh = createFreshQueries(catalogFile);
  const measured = { bare: [] as Result[], usual: [] as Result[], fresh: [] as Result[] };
  // What a process has not compiled yet is slow for a second or two, and is no measure of a server that runs for days.
  for (const { url } of [bare, real]) await load(url, warmUpSeconds, usual);
  await load(real.url, warmUpSeconds, fresh);
  for (let round = 0; round < rounds; round += 1) {
    measured.bare.push(await load(bare.url, seconds, usual));
    measured.usual.push(await load(real.url, seconds, usual));
    measured.fresh.push(await load(real.url, seconds, fresh));
  }
  print(`bare Fastify, ${constant.length} characters`, measured.bare);
  print(`/api/search, ${queries.length} queries in turn`, measured.usual);
  print('/api/search, no query twice', measured.fresh);
  const share = (results: readonly Result[]) => `${Math.round((rateOf(results) / rateOf(measured.bare)) * 100)} %`;
  console.log(
    `/api/search answers ${share(measured.usual)} of what the bare route does, new queries ${share(measured.fresh)}`,
  );

  if (streams > 0) {
    const before = residentMegabytes(real.process);
    const idle = await openStreams(real.url, streams);
    print(`/api/search beside ${streams} idle event streams`, [await load(real.url, seconds, usual)]);
    console.log(`memory: ${before} MB before the streams, ${residentMegabytes(real.process)} MB with them`);
    for (const stream of idle) stream.destroy();
  }
  for (const { process } of [real, bare]) process.disconnect();
}

interface Started {
  readonly url: string;
  readonly process: ChildProcess;
}

function start(what: MeasuredServer): Promise<Started> {
  const process = fork(here('web/measured-server.ts'), [JSON.stringify(what)], { execArgv: ['--import', 'tsx'] });
  return new Promise((resolve, reject) => {
    process.once('message', (url) => resolve({ url: String(url), process }));
    process.once('exit', (code) => reject(new Error(`a server of the bench ended with ${code}`)));
  });
}

/** The founding catalog as the program reads it. */
function foundingCatalogFile(): string {
  const printed = execFileSync('node', [here('../dist/cli/postbell.js'), 'catalog', 'list', '--json'], {
    cwd: here('..'),
    maxBuffer: 1 << 28,
  });
  const { posts } = JSON.parse(printed.toString());
  const file = join(mkdtempSync(join(tmpdir(), 'postbell-bench-')), 'catalog.json');
  writeFileSync(file, JSON.stringify({ posts, problems: [], revision: '1' }));
  return file;
}

const pathOf = (query: string) => `/api/search?q=${encodeURIComponent(query)}`;

/** The one answer whose size is nearest to the mean of all that are asked for. */
async function answerOfMeanSize(url: string): Promise<string> {
  const answers = await Promise.all(queries.map(async (query) => (await fetch(url + pathOf(query))).text()));
  const mean = answers.reduce((sum, { length }) => sum + length, 0) / answers.length;
  const [nearest = ''] = answers.sort((one, other) => Math.abs(one.length - mean) - Math.abs(other.length - mean));
  return nearest;
}

function inTurn(values: readonly string[]): () => string {
  let at = 0;
  return () => values[at++ % values.length] ?? '';
}

/** Pairs of words out of the titles, each pair once for as long as there are any left. */
function createFreshQueries(catalogFile: string): () => string {
  const { posts }: { posts: { title: string }[] } = JSON.parse(readFileSync(catalogFile, 'utf8'));
  const titles = posts.flatMap(({ title }) => title.split(/[^\p{Letter}\p{Number}]+/u));
  const words = [...new Set(titles)].filter((word) => word !== '');
  let at = 0;
  return () => {
    at += 1;
    return `${words[at % words.length]} ${words[Math.floor(at / words.length) % words.length]}`;
  };
}

async function load(url: string, duration: number, nextQuery: () => string): Promise<Result> {
  const setupRequest = (request: autocannon.Request) => ({ ...request, path: pathOf(nextQuery()) });
  const result = await autocannon({ url, connections, duration, requests: [{ setupRequest }] });
  if (result.non2xx + result.errors > 0) throw new Error(`${result.non2xx + result.errors} requests failed`);
  return result;
}

function print(what: string, results: readonly Result[]): void {
  const p99 = median(results.map(({ latency }) => latency.p99));
  console.log(`${what}: ${Math.round(rateOf(results))} requests/s, p99 ${p99} ms`);
}

function rateOf(results: readonly Result[]): number {
  return median(results.map(({ requests }) => requests.average));
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function openStreams(url: string, count: number): Promise<readonly ClientRequest[]> {
  const open = () =>
    new Promise<ClientRequest>((resolve, reject) => {
      const headers = { authorization: 'Bearer 0123456789abcdefghijkl' };
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

function residentMegabytes({ pid }: ChildProcess): number {
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}

function numberOf(args: readonly string[], name: string, otherwise: number): number {
  const place = args.indexOf(name);
  return place < 0 ? otherwise : Number(args[place + 1]);
}
