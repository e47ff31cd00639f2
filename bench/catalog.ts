import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createCatalogKeeper } from '../src/catalog/catalog-keeper.ts';
import { createSources } from '../src/catalog/sources/create-sources.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { silentLog } from '../src/kernel/log.ts';
import { createSearchIndexer } from '../src/search/search-indexer.ts';
import type { ParserFigures } from './catalog-parser.ts';
import { compareSamples, expectationsIn } from './catalog-samples.ts';

const run = promisify(execFile);
const manyPosts = 50_000;

/**
 * `npm run bench -- catalog [FOLDER]`. With a folder of samples (`expect.json` beside `files/`, `cases.json`,
 * `pairs/`): posts expected, found, missed, false and fields that differ. Always: time and memory of reading the
 * largest list beside bare parsers, each in a process of its own, and what one changed entry among 50,000 costs beside
 * the first reading.
 */
export async function benchCatalog([folder]: string[]): Promise<void> {
  const many = mkdtempSync(join(tmpdir(), 'postbell-bench-'));
  try {
    const large = join(many, 'many.md');
    writeFileSync(large, manyMarkdown(-1));
    if (folder !== undefined) await compareSamples(folder);
    for (const file of [...(folder === undefined ? [] : largestLists(folder)), large]) await compareParsers(file);
    await compareReadings(many, large);
  } finally {
    rmSync(many, { recursive: true });
  }
}

function largestLists(folder: string): string[] {
  const lists = expectationsIn(folder)
    .filter(({ kind }) => kind === 'markdown')
    .map(({ file }) => join(folder, 'files', file))
    .filter((path) => existsSync(path));
  return lists.sort((one, other) => statSync(other).size - statSync(one).size).slice(0, 1);
}

async function compareParsers(file: string): Promise<void> {
  const megabytes = statSync(file).size / 1e6;
  console.log(`\n${file}, ${megabytes.toFixed(2)} MB: reading beside bare parsing; ms of the processor and MB of heap`);
  const rows: Record<string, { ms: number; megabytes: number; 'times markdown-it': number }> = {};
  const reference = await figuresOf('markdown-it', file, megabytes);
  for (const engine of ['postbell', 'markdown-it', 'remark']) {
    const { ms, megabytes: heap } = engine === 'markdown-it' ? reference : await figuresOf(engine, file, megabytes);
    rows[engine] = {
      ms: Math.round(ms),
      megabytes: Math.round(heap),
      'times markdown-it': Number((ms / reference.ms).toFixed(2)),
    };
  }
  console.table(rows);
}

async function figuresOf(engine: string, file: string, megabytes: number): Promise<ParserFigures> {
  const script = fileURLToPath(new URL('./catalog-parser.ts', import.meta.url));
  const slow = engine === 'remark' ? '1' : '5';
  const runs = megabytes > 1 ? slow : '15';
  const { stdout } = await run(process.execPath, [
    '--expose-gc',
    '--max-old-space-size=8000',
    '--import',
    'tsx',
    script,
    engine,
    file,
    runs,
  ]);
  return JSON.parse(stdout);
}

/** The whole way of a change: the file is read again, the catalog made and the index brought up to date. */
async function compareReadings(folder: string, file: string): Promise<void> {
  const keeper = createCatalogKeeper({
    sources: createSources(file, { folder, clock: systemClock }),
    clock: systemClock,
    log: silentLog,
  });
  const indexer = createSearchIndexer();
  const signal = new AbortController().signal;
  const timed = async () => {
    const started = performance.now();
    const catalog = await keeper.refresh(signal);
    const read = performance.now();
    await indexer.next(catalog);
    return { read: read - started, index: performance.now() - read };
  };
  const first = await timed();
  const unchanged = await timed();
  writeFileSync(file, manyMarkdown(777));
  const changed = await timed();
  const row = ({ read, index }: typeof first) => ({
    'read, ms': Math.round(read),
    'index, ms': Math.round(index),
    'of the first': Number(((read + index) / (first.read + first.index)).toFixed(3)),
  });
  console.log(`\n${manyPosts} posts in one file: reading in a thread of its own, then the index`);
  console.table({ 'first reading': row(first), 'nothing changed': row(unchanged), 'one entry changed': row(changed) });
}

/** A list of 50,000 posts; the one at `changed` has another title. */
function manyMarkdown(changed: number): string {
  const lines: string[] = [];
  for (let at = 0; at < manyPosts; at += 1) {
    if (at % 1000 === 0) lines.push(`\n## Category ${at / 1000}\n`);
    lines.push(
      `- [Post ${at}${at === changed ? ' again' : ''} 大语言模型微调](https://ex.org/posts/${at}) - What it says in a sentence. 2021-01-02`,
    );
  }
  return lines.join('\n');
}
