import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createSearchIndex, createSearchIndexer } from '../src/search/search-indexer.ts';
import { readPosts, resample } from './search-posts.ts';

const STARTS = 7;
const CLI = 'dist/cli/postbell.js';

/** What one changed post costs beside indexing all, and how long indexing all keeps others from being answered. */
export async function benchChanges(size: number): Promise<void> {
  const catalog = resample(await readPosts('catalog'), size);
  const indexer = createSearchIndexer();
  const timed = async (posts: typeof catalog.posts, revision: string) => {
    const start = performance.now();
    await indexer.next({ posts, problems: [], revision });
    return performance.now() - start;
  };
  // One index before it, so that the code is warm and the tables are loaded, as in a process that runs.
  await createSearchIndexer().next({ ...catalog, posts: catalog.posts.slice(0, 500) });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const whole = await timed(catalog.posts, 'first');
  delay.disable();
  const changed: number[] = [];
  for (let at = 0; at < 20; at++) {
    // As a new reading of the file brings it: every post anew, and on another line.
    const posts = catalog.posts.map((post, place) => {
      const title = place === at * 7 ? `${post.title} ${at}` : post.title;
      return { ...post, title, line: place + at };
    });
    changed.push(await timed(posts, `change-${at}`));
  }
  const median = medianOf(changed);
  console.log(`\nindexing ${size} posts: ${whole.toFixed(0)} ms, in slices`);
  console.log(
    `  meanwhile an answer waits ${(delay.percentile(50) / 1e6).toFixed(1)} ms (median), at most ${(delay.max / 1e6).toFixed(1)} ms`,
  );
  console.log(`one changed post: ${median.toFixed(2)} ms, ${((100 * median) / whole).toFixed(2)} % of that`);
}

/** One new post against saved queries: the judged ones, each said in many ways. */
export async function benchSavedQueries(count: number): Promise<void> {
  const catalog = await readPosts('catalog');
  const titles = catalog.posts.map(({ title }) => title);
  const parts = titles.flatMap((title) => title.split(/[：:，,（）()、\s]+/)).filter((part) => part.length > 1);
  const saved = Array.from({ length: count }, (_, at) => {
    const [a, b] = [parts[at % parts.length], parts[(at * 7 + Math.floor(at / parts.length)) % parts.length]];
    return at % 3 === 0 ? `${a}` : `${a} ${b}`;
  });
  const index = createSearchIndex(catalog);
  const news = new Set([catalog.posts[0]?.id ?? '']);
  index.matching('warm up', news);
  const start = performance.now();
  const matched = saved.filter((query) => index.matching(query, news).size > 0).length;
  const took = performance.now() - start;
  console.log(
    `one new post against ${count} saved queries (${new Set(saved).size} different): ${took.toFixed(0)} ms, ${matched} match`,
  );
}

/** From the start of the process to the answer on its port, beside a process that does nothing. */
export async function benchStart(): Promise<void> {
  const bare = medianOf(
    Array.from({ length: STARTS }, () => {
      const start = performance.now();
      spawnSync(process.execPath, ['-e', '0']);
      return performance.now() - start;
    }),
  );
  const own: number[] = [];
  for (let run = 0; run < STARTS; run++) own.push(await timeStart());
  const median = medianOf(own);
  console.log(
    `from the start to ready (node ${CLI}): ${median.toFixed(0)} ms, ${(median - bare).toFixed(0)} ms more than bare Node (${bare.toFixed(0)} ms)`,
  );
}

async function timeStart(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'postbell-start-'));
  const start = performance.now();
  const child = spawn(process.execPath, [CLI, 'start'], {
    env: { PATH: process.env.PATH ?? '', PORT: '0', CATALOG: 'catalog', DATABASE_URL: `sqlite:${folder}/postbell.db` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    for await (const chunk of child.stdout) if (String(chunk).includes('"listening"')) return performance.now() - start;
    throw new Error(`${CLI} ended before it was ready; run npm run build first.`);
  } finally {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
