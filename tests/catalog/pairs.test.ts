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
    return told(await read(before), await read(after));
  } finally {
    folder.remove();
  }
}

/** Reads a folder before and after its author moved things between its files. */
async function changeFolder(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>) {
  const read = async (files: Readonly<Record<string, string>>) => {
    const folder = createCatalogFolder(files);
    try {
      return await readOnce('.', { folder: folder.path, baseUrl: 'https://ex.org/list/' });
    } finally {
      folder.remove();
    }
  };
  return told(await read(before), await read(after));
}

function told(before: Catalog, after: Catalog) {
  const { news, moves, gone } = diffCatalog(knownAfter(before), after);
  return {
    news: news.map(({ title }) => title),
    moves: moves.map(({ post }) => post.title),
    gone: gone.map(({ title }) => title),
  };
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

  test.each([
    ['spaces between scripts', '使用 Hugo 搭建博客', '使用Hugo搭建博客'],
    ['the width of punctuation', '你好, 世界!', '你好，世界！'],
    ['an emoji', 'Owls at night', '🦉 Owls at night'],
  ])('a new address and %s of the title tidied at once is a move', async (_, before, after) => {
    const list = (title: string, url: string) => `- [Two](https://ex.org/2)\n- [${title}](${url})\n`;
    expect(await change('list.md', list(before, 'https://ex.org/old'), list(after, 'https://ex.org/new'))).toEqual({
      ...nothing,
      moves: [after],
    });
  });

  test('signs that tell titles apart are no punctuation', async () => {
    expect(
      await change(
        'list.md',
        '- [C 1.2](https://ex.org/c)\n',
        '- [C++ 1.2](https://ex.org/d)\n- [C 12](https://ex.org/e)\n',
      ),
    ).toEqual({ ...nothing, news: ['C++ 1.2', 'C 12'], gone: ['C 1.2'] });
  });

  test('the very title is a move before one of the same words', async () => {
    expect(
      await change('list.md', '- [A B](https://ex.org/1)\n', '- [AB](https://ex.org/2)\n- [A B](https://ex.org/3)\n'),
    ).toEqual({ ...nothing, news: ['AB'], moves: ['A B'] });
  });

  test('two of one title gone and two come cannot be matched, and are news', async () => {
    const list = (...urls: string[]) => urls.map((url) => `- [A](https://ex.org/${url})\n`).join('');
    expect(await change('list.md', list('o1', 'o2'), list('n1', 'n2'))).toEqual({
      news: ['A', 'A'],
      moves: [],
      gone: ['A', 'A'],
    });
  });

  const one = '- [One](https://ex.org/1)\n';
  const two = '- [Two](https://ex.org/2)\n';
  const three = '- [Three](https://ex.org/3)\n';
  test.each([
    ['a file is split', { 'a.md': one + two }, { 'a.md': one, 'b.md': two }, nothing],
    [
      'a file is split and gains an entry',
      { 'a.md': one + two },
      { 'a.md': one, 'b.md': two + three },
      { ...nothing, news: ['Three'] },
    ],
    ['two files are joined', { 'a.md': one, 'b.md': two }, { 'b.md': two + one }, nothing],
    ['a file is renamed', { 'a.md': one }, { 'z/list.md': one }, nothing],
    [
      'a file is moved with its relative links',
      { 'a.md': '- [One](x/1.md)\n' },
      { 'sub/b.md': '- [One](../x/1.md)\n' },
      nothing,
    ],
    ['a list becomes data', { 'a.md': one }, { 'a.csv': 'title,url\nOne,https://ex.org/1\n' }, nothing],
    [
      'a list is mirrored by a feed',
      { 'a.md': one },
      { 'a.md': one, 'b.json': feed('ex.org', 'a').replace('/blog/#1', '/1/').replace('Post a', 'One') },
      nothing,
    ],
  ])('%s', async (_, before, after, expected) => {
    expect(await changeFolder(before, after)).toEqual(expected);
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
