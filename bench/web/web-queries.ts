import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What readers ask most, here in turn. */
export const usualQueries = [
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

/** How many different things are asked in the mix. */
const different = 5_000;

export function inTurn(values: readonly string[]): () => string {
  let at = 0;
  return () => values[at++ % values.length] ?? '';
}

/**
 * As queries of a search come: the second is asked half as often as the first, the third a third as often, and so
 * on (Zipf's law), over five thousand. The same row on each run.
 */
export function createMixedQueries(words: readonly string[]): () => string {
  const pairs = createFreshQueries(words);
  const queries = [...usualQueries, ...Array.from({ length: different - usualQueries.length }, pairs)];
  let sum = 0;
  const sums = queries.map((_, rank) => {
    sum += 1 / (rank + 1);
    return sum;
  });
  const random = createRandom();
  return () => queries[placeOf(sums, random() * sum)] ?? '';
}

/** Pairs of words, each pair once for as long as there are any left. */
export function createFreshQueries(words: readonly string[]): () => string {
  let at = 0;
  return () => {
    at += 1;
    return `${words[at % words.length]} ${words[Math.floor(at / words.length) % words.length]}`;
  };
}

/** The words of the titles of the founding catalog, as the program reads it. */
export function wordsOfTitles(): readonly string[] {
  const program = fileURLToPath(new URL('../../dist/cli/postbell.js', import.meta.url));
  const printed = execFileSync('node', [program, 'catalog', 'list', '--json'], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    maxBuffer: 1 << 28,
  });
  const { posts }: { posts: { title: string }[] } = JSON.parse(printed.toString());
  const words = posts.flatMap(({ title }) => title.split(/[^\p{Letter}\p{Number}]+/u));
  return [...new Set(words)].filter((word) => word !== '');
}

/** The first place whose sum reaches what is looked for. */
function placeOf(sums: readonly number[], wanted: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** From 0 to 1, the same row each time (a linear congruential generator, by the constants of Numerical Recipes). */
function createRandom(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
