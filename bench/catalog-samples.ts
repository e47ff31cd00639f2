import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { readCatalog } from '../src/catalog/read-catalog.ts';
import { createSources } from '../src/catalog/sources/create-sources.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { diffCatalog, fingerprintOf, type KnownPosts } from '../src/posts/diff.ts';
import type { Catalog, Post } from '../src/posts/post.ts';

const base = 'https://base.example/';

/** One list of `expect.json`: what a person counted in a file. */
export interface Expectation {
  readonly file: string;
  readonly kind: string;
  readonly posts: number;
  readonly distinctUrls?: number;
  readonly samples?: readonly Sample[];
}

interface Sample {
  readonly title: string;
  readonly url?: string;
  readonly line?: number;
  readonly date?: string;
}

/** A record of `cases.json`; fields that it leaves out are not looked at, but for the summary, which is then empty. */
interface ExpectedPost extends Sample {
  readonly url: string;
  readonly category?: readonly string[];
  readonly summary?: string;
  readonly summaryOptional?: boolean;
  readonly tags?: readonly string[];
}

interface MinimalCase {
  readonly name: string;
  readonly kind: string;
  readonly format?: string;
  readonly input: string;
  readonly inputEncoding?: string;
  readonly base?: string;
  readonly summaryOptional?: boolean;
  readonly expected: readonly ExpectedPost[];
}

interface Pair {
  readonly tag: string;
  readonly before: string;
  readonly expectedNew: number;
  readonly expectedMoved: number;
}

/**
 * Reads all samples in a folder and prints posts expected, found, missed, false and wrong fields: the lists of
 * `expect.json` in `files/`, the minimal inputs of `cases.json`, and what is news between the readings in `pairs/`.
 */
export async function compareSamples(folder: string): Promise<void> {
  const rows: Record<string, object> = {};
  for (const expectation of expectationsIn(folder)) {
    const path = join(folder, 'files', expectation.file);
    if (existsSync(path)) rows[expectation.file] = rowOf(expectation, (await read(path, base)).posts);
  }
  console.log('\nposts as counted by a person; two titles on one url are two posts');
  console.table(rows);
  await inNewFolder(async (place) => {
    await compareCases(folder, place);
    await comparePairs(folder, place);
  });
}

export function expectationsIn(folder: string): Expectation[] {
  return JSON.parse(readFileSync(join(folder, 'expect.json'), 'utf8'));
}

function rowOf({ posts: counted, distinctUrls = counted, samples = [] }: Expectation, found: readonly Post[]): object {
  // Between the two counts lies what the file repeats: both are right.
  const expected = Math.min(Math.max(found.length, Math.min(counted, distinctUrls)), Math.max(counted, distinctUrls));
  const wrong = samples.filter((sample) => !found.some((post) => agrees(post, sample)));
  return {
    expected,
    found: found.length,
    missed: Math.max(0, expected - found.length),
    false: Math.max(0, found.length - expected),
    'wrong fields': `${wrong.length} of ${samples.length} samples`,
  };
}

function agrees(post: Post, { title, url, line, date }: Sample): boolean {
  const plain = (text: string) => text.replace(/[`\s]/g, '').replace(/&#43;/g, '+');
  return (
    plain(post.title) === plain(title) &&
    (url === undefined || new URL(post.url).href === new URL(url, base).href) &&
    (line === undefined || post.line === line) &&
    (date === undefined || post.date !== undefined)
  );
}

async function compareCases(folder: string, place: string): Promise<void> {
  const file = join(folder, 'cases.json');
  if (!existsSync(file)) return;
  const rows: Record<string, { cases: number } & Record<string, number>> = {};
  const cases: MinimalCase[] = JSON.parse(readFileSync(file, 'utf8'));
  for (const one of cases) {
    const { posts } = await read(writeCase(one, place), one.base);
    const missed = one.expected.filter((want) => !posts.some((post) => isPost(post, want, one)));
    const extra = posts.filter((post) => !one.expected.some((want) => isPost(post, want, one)));
    const wrong = one.expected.flatMap((want) =>
      wrongFields(
        posts.find((post) => isPost(post, want, one)),
        want,
        one,
      ),
    );
    const sum = rows[one.kind] ?? { cases: 0, expected: 0, found: 0, missed: 0, false: 0, 'wrong fields': 0 };
    rows[one.kind] = {
      cases: sum.cases + 1,
      expected: (sum.expected ?? 0) + one.expected.length,
      found: (sum.found ?? 0) + posts.length,
      missed: (sum.missed ?? 0) + missed.length,
      false: (sum.false ?? 0) + extra.length,
      'wrong fields': (sum['wrong fields'] ?? 0) + wrong.length,
    };
    if (missed.length + extra.length + wrong.length > 0)
      console.log(`${one.name}: ${wrong.join(', ') || 'other posts'}`);
  }
  console.log('\nminimal cases');
  console.table(rows);
}

function writeCase({ kind, format, input, inputEncoding }: MinimalCase, place: string): string {
  const ending = format ?? (kind === 'markdown' ? 'md' : input.trimStart().startsWith('{') ? 'json' : 'xml');
  const path = join(place, `case.${ending}`);
  writeFileSync(path, inputEncoding === 'base64' ? Buffer.from(input, 'base64') : input);
  return path;
}

function isPost(post: Post, want: ExpectedPost, { base: own = base }: MinimalCase): boolean {
  return oneLine(post.title) === oneLine(want.title) && post.url === new URL(want.url, own).href;
}

function wrongFields(post: Post | undefined, want: ExpectedPost, one: MinimalCase): string[] {
  if (!post) return [];
  const optional = want.summary === undefined && (want.summaryOptional || one.summaryOptional);
  const differs: Record<string, boolean> = {
    category: want.category !== undefined && want.category.join('\n') !== post.category.join('\n'),
    summary: !optional && oneLine(want.summary ?? '') !== oneLine(post.summary),
    date: want.date !== undefined && want.date.slice(0, 10) !== post.date?.slice(0, 10),
    tags: want.tags?.some((tag) => !post.tags.includes(tag)) ?? false,
  };
  return Object.keys(differs).filter((field) => differs[field]);
}

async function comparePairs(folder: string, place: string): Promise<void> {
  const file = join(folder, 'pairs', 'pairs.json');
  if (!existsSync(file)) return;
  const rows: Record<string, object> = {};
  const pairs: (Pair & { readonly path: string })[] = JSON.parse(readFileSync(file, 'utf8'));
  for (const { tag, path, expectedNew, expectedMoved } of pairs) {
    const ending = extname(basename(path));
    // Both readings are of one source: the same file, rewritten.
    const readAs = (when: string) => {
      const list = join(place, `${tag}${ending}`);
      writeFileSync(list, readFileSync(join(folder, 'pairs', `${tag}.${when}${ending}`)));
      return read(list, base);
    };
    const known = knownAfter(await readAs('before'));
    const { news, moves } = diffCatalog(known, await readAs('after'));
    rows[tag] = {
      'news expected': expectedNew,
      news: news.length,
      'moves expected': expectedMoved,
      moves: moves.length,
    };
  }
  console.log('\nwhat is news between two readings');
  console.table(rows);
}

function knownAfter({ posts }: Catalog): KnownPosts {
  const known = posts.map(
    (post) =>
      [
        post.id,
        { id: post.id, source: post.source, title: post.title, fingerprint: fingerprintOf(post), present: true },
      ] as const,
  );
  return {
    posts: new Map(known),
    aliases: new Map(posts.flatMap(({ id, aliases = [] }) => aliases.map((alias) => [alias, id] as const))),
    sources: new Set(posts.map(({ source }) => source)),
  };
}

function read(path: string, baseUrl: string | undefined): Promise<Catalog> {
  return readCatalog(
    createSources(path, { folder: process.cwd(), clock: systemClock, ...(baseUrl === undefined ? {} : { baseUrl }) }),
    new AbortController().signal,
  );
}

async function inNewFolder(run: (place: string) => Promise<void>): Promise<void> {
  const place = mkdtempSync(join(tmpdir(), 'postbell-samples-'));
  try {
    await run(place);
  } finally {
    rmSync(place, { recursive: true });
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
