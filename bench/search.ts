import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { engines, variants } from './search-engines.ts';
import { benchChanges, benchSavedQueries, benchStart } from './search-life.ts';
import type { Measured } from './search-worker.ts';

const SIZES = [77, 10_000, 100_000];

/**
 * Postbell beside its peers with the same posts and queries, each in a process of its own, one after the other;
 * then what a change, news for saved queries and a start cost. Arguments are the sizes, or names of engines to leave the
 * others out.
 */
export async function benchSearch(args: string[]): Promise<void> {
  const sizes = args.filter((arg) => /^\d+$/.test(arg)).map(Number);
  const names = args.filter((arg) => engines.some(({ name }) => name === arg));
  for (const size of sizes.length > 0 ? sizes : SIZES) {
    const measured: Measured[] = [];
    for (const { name } of [...engines, ...variants])
      if (names.length === 0 || names.includes(name)) measured.push(await measure(name, size));
    console.log(`\n${size} posts; times in ms, heap in MB`);
    console.table(Object.fromEntries(measured.map(({ engine, ...figures }) => [engine, rounded(figures)])));
    console.log('the same as multiples of postbell');
    const [own] = measured;
    if (own)
      console.table(Object.fromEntries(measured.map(({ engine, ...figures }) => [engine, ratios(figures, own)])));
  }
  if (names.length > 0) return;
  await benchChanges(10_000);
  await benchSavedQueries(10_000);
  await benchStart();
}

function measure(engine: string, size: number): Promise<Measured> {
  const file = fileURLToPath(new URL('./search-worker.ts', import.meta.url));
  return new Promise((resolve, reject) => {
    const execArgv = ['--expose-gc', '--max-old-space-size=8000', '--import', 'tsx'];
    const child = fork(file, [engine, String(size)], { execArgv });
    child.once('message', (message) => resolve(message as Measured));
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code !== 0)
        resolve({ engine, build: Number.NaN, heap: Number.NaN, p50: Number.NaN, p95: Number.NaN, p99: Number.NaN });
    });
  });
}

type Figures = Omit<Measured, 'engine'>;

function rounded(figures: Figures): Record<string, number> {
  return mapValues(figures, (value) => Number(value.toPrecision(3)));
}

function ratios(figures: Figures, own: Figures): Record<string, number> {
  const keys = Object.keys(figures) as (keyof Figures)[];
  return Object.fromEntries(keys.map((key) => [key, Number((figures[key] / own[key]).toPrecision(3))]));
}

function mapValues(figures: Figures, map: (value: number) => number): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).map(([key, value]) => [key, map(value)]));
}
