import { readFileSync } from 'node:fs';
import { engines, variants } from './search-engines.ts';
import { readPosts, resample } from './search-posts.ts';

/**
 * What one engine took for one size of catalog; times in milliseconds, heap in megabytes. Each query counts with the
 * median of its rounds, so that what else the machine does makes no tail; the percentiles are over the queries.
 */
export interface Measured {
  readonly engine: string;
  readonly build: number;
  readonly heap: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

// One engine in a process of its own, so that its heap is its own: node search-worker.ts ENGINE SIZE
const [name, size] = process.argv.slice(2);
const maker = [...engines, ...variants].find((engine) => engine.name === name);
if (!maker || !process.send) throw new Error('bench/search.ts starts this file.');

const queries: string[] = readFileSync(new URL('../tests/search/fixtures/queries.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line).query);
const catalog = resample(await readPosts('catalog'), Number(size));

const heapNow = () => {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
};
const before = heapNow();
const begun = performance.now();
const engine = await maker.build(catalog);
const build = performance.now() - begun;

const rounds = catalog.posts.length > 1000 ? 3 : 40;
const rows = queries.map((): number[] => []);
// The first round warms up and is not counted; a slow engine is stopped after a minute.
const stop = performance.now() + 60_000;
for (let round = 0; round <= rounds && performance.now() < stop; round++) {
  for (const [at, query] of queries.entries()) {
    const start = performance.now();
    await engine.search(query);
    if (round > 0 || performance.now() > stop - 20_000) rows[at]?.push(performance.now() - start);
    if (performance.now() > stop) break;
  }
}
const times = rows.flatMap((row) => row.sort((a, b) => a - b)[row.length >> 1] ?? []);
const heap = heapNow() - before;
times.sort((a, b) => a - b);
const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
const measured: Measured = { engine: maker.name, build, heap, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
process.send(measured);
