import { readCatalog } from '../src/catalog/read-catalog.ts';
import { createSources } from '../src/catalog/sources/create-sources.ts';
import { systemClock } from '../src/kernel/clock.ts';
import type { Catalog, Post } from '../src/posts/post.ts';

/** Reads a local file or folder of posts as the app does. */
export async function readPosts(path: string, baseUrl = 'https://example.org/'): Promise<Catalog> {
  const sources = createSources(path, { baseUrl, folder: process.cwd(), clock: systemClock });
  return readCatalog(sources, new AbortController().signal);
}

/** Numbers from 0 to 1 that are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

/**
 * A catalog of any size in mixed text, made of pieces of real posts: titles and sentences are cut at their
 * punctuation and put together anew, with a word of their own now and then, so that vocabulary grows with size.
 */
export function resample(catalog: Catalog, size: number): Catalog {
  if (size <= catalog.posts.length) return { ...catalog, posts: catalog.posts.slice(0, size) };
  const random = seeded(7);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const titles = catalog.posts.flatMap(({ title }) => title.split(/[：:，,（）()]/)).filter((part) => part.length > 1);
  const sentences = catalog.posts.flatMap(({ summary }) => summary.split(/[。；\n]/)).filter((part) => part.length > 3);
  const categories = catalog.posts.map(({ category }) => category);
  const posts = Array.from({ length: size }, (_, at): Post => {
    const own = random() < 0.3 ? ` ${wordOf(random)}` : '';
    return {
      id: `post-${at}`,
      title: `${pick(titles) ?? ''}：${pick(titles) ?? ''}${own}`,
      url: `https://example.org/posts/${at}`,
      category: pick(categories) ?? [],
      summary: `${(pick(sentences) ?? '').slice(0, 80)}。${(pick(sentences) ?? '').slice(0, 80)}。`,
      links: [],
      tags: [],
      source: 'resampled',
    };
  });
  return { posts, problems: [], revision: `resampled-${size}` };
}

function wordOf(random: () => number): string {
  const syllables = [
    'lo',
    'ra',
    'net',
    'for',
    'mer',
    'vis',
    'tok',
    'gen',
    'dif',
    'seg',
    'py',
    'max',
    'ten',
    'sor',
    'flow',
  ];
  const count = 2 + Math.floor(random() * 2);
  return Array.from({ length: count }, () => syllables[Math.floor(random() * syllables.length)] ?? '').join('');
}
