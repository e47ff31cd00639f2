import { readFileSync } from 'node:fs';
import type { Catalog, Post } from '../../src/posts/post.ts';
import { createCatalogFolder, readOnce } from '../support/catalog-world.ts';

interface ExpectedPost {
  readonly title: string;
  readonly url: string;
  readonly category?: readonly string[];
  readonly alsoIn?: readonly (readonly string[])[];
  readonly summary?: string;
  readonly summaryOptional?: boolean;
  readonly date?: string;
  readonly links?: readonly { readonly url: string }[];
  readonly tags?: readonly string[];
}

interface Case {
  readonly name: string;
  readonly kind: 'markdown' | 'feed';
  readonly format?: string;
  readonly input: string;
  readonly inputEncoding?: 'base64';
  readonly base?: string;
  readonly error?: boolean;
  readonly summaryOptional?: boolean;
  readonly expected: readonly ExpectedPost[];
}

const casesIn = (file: string): Case[] =>
  JSON.parse(readFileSync(new URL(`fixtures/${file}`, import.meta.url), 'utf8'));
const squash = (text: string) => text.replace(/\s+/g, ' ').trim();
const href = (url: string, base?: string) => new URL(url, base).href;

async function read({ kind, format, input, inputEncoding, base }: Case): Promise<Catalog> {
  const ending = format ?? (kind === 'markdown' ? 'md' : input.trimStart().startsWith('{') ? 'json' : 'xml');
  const folder = createCatalogFolder();
  try {
    const file = folder.write(`case.${ending}`, inputEncoding ? Buffer.from(input, inputEncoding) : input);
    return await readOnce(file, base === undefined ? {} : { baseUrl: base });
  } finally {
    folder.remove();
  }
}

/** What of a post the case says something about. */
function told(post: Post | undefined, want: ExpectedPost, { base, summaryOptional }: Case): object {
  const date = want.date?.length === 10 ? post?.date?.slice(0, 10) : post?.date;
  return {
    title: squash(post?.title ?? ''),
    url: post && href(post.url, base),
    ...(want.category && { category: post?.category }),
    ...(want.alsoIn && { alsoIn: post?.alsoIn }),
    ...((want.summary !== undefined || !(want.summaryOptional || summaryOptional)) && {
      summary: squash(post?.summary ?? ''),
    }),
    ...(want.date && { date }),
    ...(want.links && {
      links: want.links.map(({ url }) => post?.links.find((link) => link.url === href(url, base))?.url),
    }),
    ...(want.tags && { tags: post?.tags }),
  };
}

function wanted(want: ExpectedPost, { base, summaryOptional }: Case): object {
  return {
    title: squash(want.title),
    url: href(want.url, base),
    ...(want.category && { category: want.category }),
    ...(want.alsoIn && { alsoIn: want.alsoIn }),
    ...((want.summary !== undefined || !(want.summaryOptional || summaryOptional)) && {
      summary: squash(want.summary ?? ''),
    }),
    ...(want.date && { date: want.date }),
    ...(want.links && { links: want.links.map(({ url }) => href(url, base)) }),
    ...(want.tags && { tags: want.tags }),
  };
}

describe.each(['cases.json', 'habits.json'])('a catalog is understood as its author meant it (%s)', (file) => {
  test.each(casesIn(file).map((one) => [one.name, one] as const))('%s', async (_, one) => {
    const { posts, problems } = await read(one);
    expect(posts.map((post, at) => told(post, one.expected[at] ?? { title: '', url: '' }, one))).toEqual(
      one.expected.map((want) => wanted(want, one)),
    );
    if (one.error) expect(problems).toContainEqual(expect.objectContaining({ severity: 'error' }));
  });
});

test('the founding catalog holds its 77 posts, each with title, url, category and summary', async () => {
  const founding = JSON.parse(readFileSync(new URL('fixtures/founding.json', import.meta.url), 'utf8'));
  const { posts, problems } = await readOnce('catalog/laygin.md');
  expect(
    posts.map(({ title, url, category, summary }) => ({
      title,
      url,
      category: category.join(),
      summary: squash(summary),
    })),
  ).toEqual(founding.map((one: { summary: string }) => ({ ...one, summary: squash(one.summary) })));
  expect(problems).toEqual([]);
});
