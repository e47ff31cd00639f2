import { diffCatalog, fingerprintOf, type KnownPosts } from '../../src/posts/diff.ts';
import type { Catalog } from '../../src/posts/post.ts';
import { createCatalogFolder, readOnce } from '../support/catalog-world.ts';

/** What is known after a first reading. */
function knownAfter({ posts }: Catalog): KnownPosts {
  return {
    posts: new Map(
      posts.map((post) => [
        post.id,
        { id: post.id, source: post.source, title: post.title, fingerprint: fingerprintOf(post), present: true },
      ]),
    ),
    aliases: new Map(posts.flatMap(({ id, aliases = [] }) => aliases.map((alias) => [alias, id] as const))),
    sources: new Set(posts.map(({ source }) => source)),
  };
}

/** Reads one file before and after an author's change. */
async function change(name: string, before: string, after: string) {
  const folder = createCatalogFolder();
  try {
    const read = (text: string) => readOnce(folder.write(name, text), { baseUrl: 'https://ex.org/list/' });
    const known = knownAfter(await read(before));
    const { news, moves, gone } = diffCatalog(known, await read(after));
    return {
      news: news.map(({ title }) => title),
      moves: moves.map(({ post }) => post.title),
      gone: gone.map(({ title }) => title),
    };
  } finally {
    folder.remove();
  }
}

const nothing = { news: [], moves: [], gone: [] };
const feed = (host: string, ...names: string[]) =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'S',
    items: names.map((name) => ({
      id: `urn:${host}:${name}`,
      url: `https://${host}/blog/#${'_abcd'.indexOf(name)}`,
      title: `Post ${name}`,
    })),
  });

describe('what an author changes between two readings', () => {
  test.each([
    ['a title', '- [One](https://ex.org/1)\n', '- [One, again](https://ex.org/1)\n'],
    [
      'a summary, a date and the category',
      '## A\n- [One](https://ex.org/1) - said\n',
      '## B\n- 2024-01-02 [One](https://ex.org/1) - otherwise\n',
    ],
    [
      'the order',
      '- [One](https://ex.org/1)\n- [Two](https://ex.org/2)\n',
      '- [Two](https://ex.org/2)\n- [One](https://ex.org/1)\n',
    ],
    ['the form of the list', '- [One](https://ex.org/1)\n', '| Title |\n|---|\n| [One](https://ex.org/1) |\n'],
    [
      'how addresses are written',
      '- [One](./docs/one/index.md)\n- [Two](http://www.ex.org/2/)\n',
      '- [One](./docs/one)\n- [Two](https://ex.org/2?utm_source=x)\n',
    ],
    [
      'who shared a WeChat link',
      '- [One](https://mp.weixin.qq.com/s/AbC)\n',
      '- [One](https://mp.weixin.qq.com/s/AbC?scene=21#wechat_redirect)\n',
    ],
    [
      'the order of two titles on one address',
      '- [One](https://ex.org/1)\n- [Two](https://ex.org/1)\n',
      '- [Two](https://ex.org/1)\n- [One](https://ex.org/1)\n',
    ],
  ])('%s: no news', async (_, before, after) => {
    expect(await change('list.md', before, after)).toEqual(nothing);
  });

  test('one entry more and a renamed category: one piece of news', async () => {
    const list = (category: string, ...more: string[]) =>
      `## ${category}\n- [One](https://ex.org/1)\n- [Two](https://ex.org/2)\n${more.join('')}`;
    expect(await change('list.md', list('A'), list('B', '- [Three](https://ex.org/3)\n'))).toEqual({
      ...nothing,
      news: ['Three'],
    });
  });

  test('a second title on a known address is news, wherever it stands', async () => {
    expect(
      await change('list.md', '- [One](https://ex.org/1)\n', '- [Two](https://ex.org/1)\n- [One](https://ex.org/1)\n'),
    ).toEqual({ ...nothing, news: ['Two'] });
  });

  test('a new address under the same title is a move', async () => {
    expect(await change('list.md', '- [One](https://old.example/1)\n', '- [One](https://new.example/one)\n')).toEqual({
      ...nothing,
      moves: ['One'],
    });
  });

  test('a feed that moved to another host with other guids tells only of what is new', async () => {
    expect(await change('feed.json', feed('old.example', 'b', 'a'), feed('new.example', 'c', 'b', 'a'))).toEqual({
      ...nothing,
      news: ['Post c'],
      moves: ['Post b', 'Post a'],
    });
  });

  test('a feed that changes an address but not the guid tells nothing', async () => {
    const item = (title: string, url: string) =>
      `<rss version="2.0"><channel><title>S</title><item><title>${title}</title><link>${url}</link><guid isPermaLink="false">7</guid></item></channel></rss>`;
    expect(await change('feed.xml', item('One', 'https://ex.org/1'), item('One, again', 'https://ex.org/one'))).toEqual(
      nothing,
    );
  });

  test('a feed that shows fewer posts has lost none', async () => {
    expect(await change('feed.json', feed('ex.org', 'c', 'b', 'a'), feed('ex.org', 'd'))).toEqual({
      ...nothing,
      news: ['Post d'],
    });
  });
});
