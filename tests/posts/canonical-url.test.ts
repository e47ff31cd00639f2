import fc from 'fast-check';
import { canonicalUrl, withoutTracking } from '../../src/posts/canonical-url.ts';
import { identify, postId, wordsOfTitle } from '../../src/posts/post-id.ts';

describe('one article has one canonical url', () => {
  test.each([
    ['scheme', 'http://ex.org/a', 'https://ex.org/a'],
    ['www.', 'https://www.ex.org/a', 'https://ex.org/a'],
    ['default ports', 'http://ex.org:443/a', 'https://ex.org:80/a'],
    ['a default port of the other scheme', 'http://ex.org:443/a', 'https://ex.org/a'],
    ['a dot behind the host', 'https://ex.org./a', 'https://ex.org/a'],
    ['a trailing slash', 'https://ex.org/a/', 'https://ex.org/a'],
    ['an index page', 'https://ex.org/a/index.md', 'https://ex.org/a'],
    ['an index page in HTML', 'https://ex.org/a/index.html', 'https://ex.org/a/index.htm'],
    ['a default page', 'https://ex.org/a/Default.aspx', 'https://ex.org/a/default.asp'],
    ['parameters that only track', 'https://ex.org/a?utm_source=x', 'https://ex.org/a'],
    ['a fragment with a slash', 'https://ex.org/a#see/1', 'https://ex.org/a'],
    ['a fragment that holds a route', 'https://ex.org/a#see#/1', 'https://ex.org/a'],
    ['escapes in a route', 'https://ex.org/#/%61', 'https://ex.org/#/a'],
    ['upper case in the host', 'https://EX.org/a', 'https://ex.org/a'],
    ['needless escapes', 'https://ex.org/%61%7e', 'https://ex.org/a~'],
    ['the case of escapes', 'https://ex.org/%e4%b8%ad', 'https://ex.org/中'],
    ['tracking parameters', 'https://ex.org/a?utm_source=x&id=1&fbclid=y&spm=z', 'https://ex.org/a?id=1'],
    ['the order of parameters', 'https://ex.org/a?b=2&a=1', 'https://ex.org/a?a=1&b=2'],
    ['a fragment', 'https://ex.org/a#part', 'https://ex.org/a'],
    ['credentials', 'https://u:p@ex.org/a', 'https://ex.org/a'],
    [
      'who shared a WeChat link',
      'https://mp.weixin.qq.com/s/AbC?token=1&lang=zh_CN',
      'http://mp.weixin.qq.com/s/AbC#rd',
    ],
    [
      'who shared a long WeChat link',
      'http://mp.weixin.qq.com/s?__biz=MzA1&mid=100&idx=1&sn=aa&chksm=bb&scene=21#wechat_redirect',
      'https://mp.weixin.qq.com/s?idx=1&mid=100&__biz=MzA1&lang=zh_CN#rd',
    ],
    [
      'the names of old WeChat links',
      'https://mp.weixin.qq.com/mp/appmsg/show?__biz=MzA1==&appmsgid=100&itemidx=2',
      'https://mp.weixin.qq.com/s?__biz=MzA1==&mid=100&idx=2',
    ],
  ])('whatever %s', (_, one, other) => {
    expect(canonicalUrl(one)).toBe(canonicalUrl(other));
  });

  test.each([
    ['paths', 'https://ex.org/a', 'https://ex.org/A'],
    ['hosts', 'https://ex.org/a', 'https://m.ex.org/a'],
    ['hosts with www. in the middle', 'https://a.www.ex.org/', 'https://a.ex.org/'],
    ['other ports', 'https://ex.org:8080/a', 'https://ex.org/a'],
    ['parameters', 'https://ex.org/?p=1', 'https://ex.org/?p=2'],
    ['escaped slashes', 'https://ex.org/a%2Fb', 'https://ex.org/a/b'],
    ['short WeChat ids in case', 'https://mp.weixin.qq.com/s/AbC', 'https://mp.weixin.qq.com/s/abc'],
    [
      'places in one WeChat message',
      'https://mp.weixin.qq.com/s?__biz=M&mid=1&idx=1',
      'https://mp.weixin.qq.com/s?__biz=M&mid=1&idx=2',
    ],
    ['short WeChat ids in their end', 'https://mp.weixin.qq.com/s/AbC', 'https://mp.weixin.qq.com/s/AbD'],
    ['paths of WeChat that end like an id', 'https://mp.weixin.qq.com/x/s/AbC', 'https://mp.weixin.qq.com/s/AbC'],
    ['other pages of WeChat', 'https://mp.weixin.qq.com/cgi/a', 'https://mp.weixin.qq.com/cgi/b'],
    ['pages of a WeChat account', 'https://mp.weixin.qq.com/x?__biz=M&a=1', 'https://mp.weixin.qq.com/x?__biz=M&a=2'],
    ['WeChat pages of no account', 'https://mp.weixin.qq.com/x?mid=1&a=1', 'https://mp.weixin.qq.com/x?mid=1&a=2'],
    ['parameters of a path like WeChat’s', 'https://ex.org/s/AbC?p=1', 'https://ex.org/s/AbC?p=2'],
    ['routes behind #!', 'https://ex.org/#!/posts/1', 'https://ex.org/#!/posts/2'],
    ['routes behind a hash', 'https://ex.org/#/posts/1', 'https://ex.org/#/posts/2'],
  ])('different %s are different articles', (_, one, other) => {
    expect(canonicalUrl(one)).not.toBe(canonicalUrl(other));
  });

  test('a canonical url is its own canonical url once it has a scheme again', () => {
    const host = fc.constantFrom(
      'ex.org',
      'www.ex.org',
      'WWW.Ex.org.',
      'ex.org:443',
      'ex.org:8080',
      'me:pw@ex.org',
      '例子.cn',
    );
    const rest = fc.tuple(fc.webPath(), fc.webQueryParameters(), fc.webFragments());
    fc.assert(
      fc.property(host, rest, (host, [path, query, fragment]) => {
        const once = canonicalUrl(`http://${host}${path}?${query}#${fragment}`);
        expect(canonicalUrl(`https://${once}`)).toBe(once);
      }),
    );
  });

  test('text that is no url is left alone', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !URL.canParse(text)),
        (text) => canonicalUrl(text) === text,
      ),
    );
  });
});

describe('a url without what tracks', () => {
  test.each([
    ['https://ex.org/a?utm_source=x&b=%20c#part', 'https://ex.org/a?b=%20c#part'],
    ['https://ex.org/a?utm_source=x&FBCLID=1#f', 'https://ex.org/a#f'],
    ['https://ex.org/?a&spm=1&b=1=2', 'https://ex.org/?a&b=1=2'],
    ['https://ex.org/a?b=1&a', 'https://ex.org/a?b=1&a'],
    ['https://ex.org/a?', 'https://ex.org/a?'],
    ['https://ex.org/a#?utm_source=x', 'https://ex.org/a#?utm_source=x'],
  ])('%s is %s', (url, clean) => {
    expect(withoutTracking(url)).toBe(clean);
  });
});

describe('the words of a title', () => {
  test.each([
    ['LoRA：入门！', 'lora 入门'],
    ['🎉 Hello', 'Hello'],
    ['e.g. this', 'eg this'],
    ['版本 1. 新', '版本1新'],
    ['.5 与 v.2', '5与v2'],
  ])('are the same in %s and %s', (one, other) => {
    expect(wordsOfTitle(one)).toBe(wordsOfTitle(other));
  });

  test.each([
    ['C', 'C++'],
    ['C', 'C#'],
    ['1.2', '12'],
    ['कि', 'का'],
    ['🎉', '🎊'],
    ['第 1 篇', '第 2 篇'],
  ])('are others in %s and %s', (one, other) => {
    expect(wordsOfTitle(one)).not.toBe(wordsOfTitle(other));
  });
});

describe('the identity of posts', () => {
  const page = 'https://ex.org/a';
  const idsOf = (...entries: { title: string; url: string; guid?: string }[]) =>
    identify(entries, 's').map(({ id }) => id);

  test('has the form that addresses and tables hold', () => {
    expect(postId(page)).toMatch(/^[\w-]{16}$/);
  });

  test('on one page is told by the fragment, whatever becomes of the titles', () => {
    const [one, other] = idsOf({ title: '甲', url: `${page}#1` }, { title: '乙', url: `${page}#2` });
    expect(one).not.toBe(other);
    expect(idsOf({ title: '丙', url: `${page}#1` }, { title: '丁', url: `${page}#2` })).toEqual([one, other]);
    // A fragment that no other title shares the page with names nothing.
    expect(idsOf({ title: '甲', url: `${page}#1` })).toEqual([postId(page)]);
  });

  test('on one place is told by the title, and titles of one wording are one post', () => {
    const [one, other] = idsOf({ title: '甲', url: page }, { title: '乙', url: `${page}#` });
    expect(one).not.toBe(other);
    const same = idsOf({ title: 'LoRA  Ａ', url: page }, { title: ' lora a', url: page });
    expect(same).toEqual([postId(page), postId(page)]);
  });

  test('does not change with what WeChat hangs on a copied link', () => {
    const link = 'https://mp.weixin.qq.com/s/AbC';
    const copied = idsOf({ title: '甲', url: `${link}#rd` }, { title: '乙', url: `${link}#wechat_redirect` });
    expect(idsOf({ title: '甲', url: link }, { title: '乙', url: link })).toEqual(copied);
  });

  test('is that of the url which a guid is, and of a guid that is unique by design in any source', () => {
    const aliases = (guid: string, source: string) =>
      identify([{ title: '甲', url: 'https://new.example/', guid }], source)[0]?.aliases.at(-1);
    expect(aliases('http://www.ex.org/a/', 's')).toBe(postId(page));
    expect(aliases(page, 's')).toBe(postId(page));
    expect(aliases(`see ${page}`, 's')).not.toBe(aliases(`see ${page}`, 't'));
    expect(aliases('urn:uuid:1', 's')).toBe(aliases('urn:uuid:1', 't'));
    expect(aliases('TAG:ex.org,2024:1', 's')).toBe(aliases('TAG:ex.org,2024:1', 't'));
    expect(aliases('my-tag:1', 's')).not.toBe(aliases('my-tag:1', 't'));
  });

  const entry = fc.record({
    title: fc.constantFrom('甲', '乙', '丙'),
    url: fc.constantFrom(
      'https://ex.org/a',
      'http://www.ex.org/a/',
      'https://ex.org/a#1',
      'https://ex.org/a#2',
      'https://ex.org/b',
    ),
  });
  const known = (entries: { title: string; url: string }[]) =>
    new Set(identify(entries, 's').flatMap(({ id, aliases }) => [id, ...aliases]));

  test('does not depend on the order of the entries', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 8 }), fc.nat(), (entries, seed) => {
        const shuffled = entries.map((one, at) => ({ one, key: (seed * (at + 7)) % 11 })).sort((a, b) => a.key - b.key);
        const ids = new Map(entries.map((one, at) => [one, identify(entries, 's')[at]?.id]));
        const again = identify(
          shuffled.map(({ one }) => one),
          's',
        );
        expect(again.map(({ id }) => id)).toEqual(shuffled.map(({ one }) => ids.get(one)));
      }),
    );
  });

  test('a post stays known when others begin or cease to share its url', () => {
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: 1, maxLength: 6 }),
        fc.array(entry, { maxLength: 4 }),
        (entries, others) => {
          const before = known(entries);
          const after = identify([...others, ...entries], 's').slice(others.length);
          for (const { id, aliases } of after) expect([id, ...aliases].some((one) => before.has(one))).toBe(true);
        },
      ),
    );
  });

  test('is the plain id of the url as long as nothing shares it', () => {
    expect(identify([{ title: '甲', url: 'https://ex.org/a' }], 's')[0]?.id).toBe(postId('http://ex.org/a/'));
  });

  test('a guid names a post besides its url, unless the feed repeats it', () => {
    const [before] = identify([{ title: '甲', url: 'https://old.example/a', guid: '7' }], 's');
    const [after] = identify([{ title: '乙', url: 'https://new.example/b', guid: '7' }], 's');
    expect(after?.aliases).toContain(before?.aliases.at(-1));
    const repeated = identify(
      [
        { title: '甲', url: 'https://ex.org/a', guid: '7' },
        { title: '乙', url: 'https://ex.org/b', guid: '7' },
      ],
      's',
    );
    expect(repeated[0]?.aliases).not.toContain(before?.aliases.at(-1));
  });

  test('counting guids of two feeds are not the same', () => {
    const [one] = identify([{ title: '甲', url: 'https://ex.org/a', guid: '1' }], 'feed-a');
    const [other] = identify([{ title: '乙', url: 'https://ex.org/b', guid: '1' }], 'feed-b');
    expect(one?.aliases.some((alias) => other?.aliases.includes(alias))).toBe(false);
  });
});
