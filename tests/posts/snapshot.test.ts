import type { Post, Reading } from '../../src/posts/post.ts';
import { defaultGuardLimits, lossOf, withEarlier } from '../../src/posts/reading-guard.ts';
import { partOf } from '../../src/posts/series.ts';
import { buildCatalog } from '../../src/posts/snapshot.ts';
import { makePost } from '../support/make-post.ts';

const reading = (source: string, posts: readonly Post[], more: Partial<Reading> = {}): Reading => ({
  source,
  posts: posts.map((post) => ({ ...post, source })),
  problems: [],
  ...more,
});
const posts = (count: number, prefix = 'post') =>
  Array.from({ length: count }, (_, at) => makePost({ title: `${prefix} ${at}` }));

describe('the catalog of several sources', () => {
  test('a post of two sources is one post in both categories, and keeps what either knows of it', () => {
    const list = makePost({ title: '甲', category: ['A'], tags: ['x'] });
    const feed = makePost({ title: '甲', category: ['B'], summary: 'Said.', date: '2020-01-02', tags: ['y'] });
    const { posts: merged } = buildCatalog([reading('list.md', [list]), reading('feed.xml', [feed])]);
    expect(merged).toEqual([
      expect.objectContaining({
        category: ['A'],
        alsoIn: [['B']],
        summary: 'Said.',
        date: '2020-01-02',
        tags: ['x', 'y'],
        source: 'list.md',
      }),
    ]);
  });

  test('the short and the long WeChat link of one title in two sources are one post', () => {
    const short = makePost({ title: '甲', id: 's', url: 'https://mp.weixin.qq.com/s/AbC' });
    const long = makePost({ title: '甲', id: 'l', url: 'https://mp.weixin.qq.com/s?__biz=M&mid=1&idx=1' });
    const { posts: merged } = buildCatalog([reading('a.md', [short]), reading('b.md', [long])]);
    expect(merged).toEqual([expect.objectContaining({ id: 's', aliases: ['l'] })]);
  });

  test('the revision changes exactly when something of the posts does', () => {
    const one = buildCatalog([reading('a.md', posts(3))]);
    expect(buildCatalog([reading('a.md', posts(3))]).revision).toBe(one.revision);
    expect(buildCatalog([reading('a.md', posts(2))]).revision).not.toBe(one.revision);
    expect(
      buildCatalog([reading('a.md', [...posts(2), makePost({ title: 'post 2', summary: 'new' })])]).revision,
    ).not.toBe(one.revision);
  });
});

describe('series', () => {
  test.each([
    ['多模态串烧3：CoCa', '多模态串烧', 3],
    ['简单抓站的N种方式（二）-requests', '简单抓站的N种方式', 2],
    ['React 源码漂流（十一）之 createFactory', 'React 源码漂流', 11],
    ['Sorting things, Part 2: heaps', 'Sorting things', 2],
    ['Notes on sails Part IV', 'Notes on sails', 4],
    ['TypeScript之常见类型（下）', 'TypeScript之常见类型', 3],
    ['编译原理 第12讲 语法', '编译原理', 12],
    ['第 3 篇：窗口函数', '窗口函数', 3],
  ])('%s is a part of a series', (title, name, place) => {
    expect(partOf(title)).toEqual({ name, place });
  });

  test.each(['GPT 4 is here', 'HTTP/2 explained', '2024 年终总结', 'Top 10 tips', '上海之行'])(
    '%s is no part of one',
    (title) => {
      const { posts: placed } = buildCatalog([reading('a.md', [makePost({ title })])]);
      expect(placed[0]?.series).toBeUndefined();
    },
  );

  test('parts of one name in one category know their places; a lone part and another category do not', () => {
    const { posts: placed } = buildCatalog([
      reading('a.md', [
        makePost({ title: '漫谈（二）', category: ['A'] }),
        makePost({ title: '漫谈（一）：开篇', category: ['A'] }),
        makePost({ title: '漫谈（三）', category: ['B'] }),
      ]),
    ]);
    expect(placed.map(({ series }) => series)).toEqual([
      { name: '漫谈', place: 2 },
      { name: '漫谈', place: 1 },
      undefined,
    ]);
  });
});

describe('a reading that lost much', () => {
  const none = () => [];

  test('is held back if it lost more than a third and more than three posts', () => {
    expect(lossOf(reading('a', posts(10)), reading('a', posts(5)), none, defaultGuardLimits)).toEqual({
      lost: 5,
      before: 10,
    });
    expect(lossOf(reading('a', posts(10)), reading('a', posts(8)), none, defaultGuardLimits)).toBeUndefined();
    expect(lossOf(reading('a', posts(4)), reading('a', posts(1)), none, defaultGuardLimits)).toBeUndefined();
  });

  test('has lost nothing that stands in another source now, or under the same title', () => {
    expect(
      lossOf(reading('a', posts(10)), reading('a', posts(5)), () => posts(10), defaultGuardLimits),
    ).toBeUndefined();
    const moved = posts(10).map((post) => ({ ...post, id: `new-${post.id}` }));
    expect(lossOf(reading('a', posts(10)), reading('a', moved), none, defaultGuardLimits)).toBeUndefined();
  });

  test('a feed keeps what it no longer shows, but not the old url of a post that moved', () => {
    const before = reading('f', [makePost({ title: 'old' }), makePost({ title: 'moved' })], { window: true });
    const now = reading('f', [makePost({ title: 'new' }), makePost({ title: 'moved', id: 'other' })], { window: true });
    expect(withEarlier(before, now).posts.map(({ id }) => id)).toEqual(['id-of-new', 'other', 'id-of-old']);
    expect(lossOf(before, now, none, defaultGuardLimits)).toBeUndefined();
  });
});
