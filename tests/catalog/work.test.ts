import fc from 'fast-check';
import { readDocument } from '../../src/catalog/read-document.ts';
import { noSettings } from '../../src/catalog/settings.ts';
import { readingOf } from '../../src/catalog/sources/reading-of.ts';
import { diffCatalog, fingerprintOf } from '../../src/posts/diff.ts';
import type { Catalog } from '../../src/posts/post.ts';
import { buildCatalog } from '../../src/posts/snapshot.ts';
import { startWorkCounter, type WorkCounter } from '../support/work-counter.ts';

let work: WorkCounter;
beforeAll(async () => {
  work = await startWorkCounter('/');
});
afterAll(() => work.stop());

/** More than double for what is sorted, far less than the fourfold of what is compared with all else. */
const mostGrowth = 2.6;

/** The work of twice as much, beside that of the half. */
async function growth(run: (times: number) => unknown, times: number): Promise<number> {
  const once = await work.count(() => run(times));
  return (await work.count(() => run(times * 2))) / once;
}

const read = (name: string, text: string) =>
  readDocument({ name, bytes: Buffer.from(text), base: 'https://ex.org/', settings: noSettings });

describe('twice the text is twice the work', () => {
  const fragment = fc.constantFrom(
    ...[
      '# ',
      '## [a](https://ex.org/1)\n',
      '### a\n',
      '- ',
      '  - ',
      '    - ',
      '1. ',
      '> ',
      '| ',
      '|-|-|\n',
      '\n',
      '\n\n',
    ],
    ...['[a](https://ex.org/1)', '[原文](https://ex.org/1)', '[b](c)', '[', ']', '](', ')', '**', '*a_ ', '`', '```\n'],
    ...['<a href="https://ex.org/2">', '</a>', '<details>\n', '</details>\n', '<summary>', '</summary>\n', '<ul><li>'],
    ...[
      '</li></ul>',
      '<table><tr><td rowspan="9">',
      '</td></tr></table>\n',
      '<!--',
      '-->',
      '<script>',
      '</script>',
      '<pre>',
    ],
    ...[
      '---\n',
      '+++\n',
      '#tag ',
      '2020-01-02 ',
      '（一）',
      'https://ex.org/3 ',
      '：',
      '《',
      '中文',
      ':fire:',
      '\\',
      '&amp;',
    ],
    ...['[^1]', '[^1]: x\n', '[x]: https://ex.org/4\n', 'a'],
  );

  test('of Markdown, whatever is repeated', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fragment, { minLength: 1, maxLength: 6 }), async (parts) => {
        const unit = parts.join('');
        expect(await growth((times) => read('a.md', unit.repeat(times)), 150)).toBeLessThan(mostGrowth);
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  test('of the other formats, whatever is repeated', async () => {
    const name = fc.constantFrom('a.xml', 'a.opml', 'a.json', 'a.yaml', 'a.csv', 'a.toml');
    await fc.assert(
      fc.asyncProperty(fc.array(fragment, { minLength: 1, maxLength: 4 }), name, async (parts, name) => {
        const unit = parts.join('');
        expect(await growth((times) => read(name, unit.repeat(times)), 150)).toBeLessThan(mostGrowth);
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  test.each([
    ['a YAML list', 'a.yaml', (at: number) => `k${at}: v`],
    ['front matter', 'a.md', (at: number) => `k${at}: v`],
    ['a TOML file', 'a.toml', (at: number) => `k${at} = 1`],
    ['a JSON object', 'a.json', (at: number) => `"k${at}": 1,`],
  ])('of as many keys in %s', async (_, name, line) => {
    const [head, tail] = name === 'a.md' ? ['---\n', '\n---\n'] : name === 'a.json' ? ['{', '"k":1}'] : ['', ''];
    const keys = (count: number) => Array.from({ length: count }, (_, at) => line(at)).join('\n');
    expect(await growth((count) => read(name, head + keys(count) + tail), 400)).toBeLessThan(mostGrowth);
  });

  const item = '<item><title>a</title><link>https://ex.org/1</link></item>';
  test.each([
    ['an RSS feed', 'a.xml', '<rss><channel>', item, '</channel></rss>'],
    ['a feed that ends in the middle', 'a.xml', '<rss><channel>', item, '<item><ti'],
    ['a feed of unescaped signs', 'a.xml', '<rss><channel>', item.replace('a<', '1 < 2<'), '</channel></rss>'],
    ['a feed of comments that do not end', 'a.xml', '<rss><channel>', '<!-- <![CDATA[ ', ''],
    [
      'HTML in a feed',
      'a.xml',
      '<rss><channel><item><title>a</title><link>https://ex.org/1</link><description><![CDATA[',
      '<p>a<table><tr><td rowspan="9">b',
      ']]></description></item></channel></rss>',
    ],
    ['an OPML list', 'a.opml', '<opml><body>', '<outline xmlUrl="https://ex.org/1"/>', '</body></opml>'],
    ['a JSON list', 'a.json', '[', '{"title":"a","url":"https://ex.org/1"},', '{}]'],
    ['JSON groups', 'a.json', '[', '{"name":"g","items":[{"title":"a","url":"https://ex.org/1"}]},', '{}]'],
    ['lines of JSON', 'a.jsonl', '', '{"title":"a","url":"https://ex.org/1"}\n', ''],
    ['a YAML list', 'a.yaml', '', '- title: a\n  url: https://ex.org/1\n', ''],
    ['CSV', 'a.csv', 'title,url\n', 'a,https://ex.org/1\n', ''],
    ['CSV without a header', 'a.csv', '', 'a,https://ex.org/1\n', ''],
    ['CSV of quotes', 'a.csv', 'title,url\n', '"', ''],
  ])('of %s', async (_, name, head, unit, tail) => {
    expect(await growth((times) => read(name, head + unit.repeat(times) + tail), 200)).toBeLessThan(mostGrowth);
  });
});

describe('twice the posts are twice the work', () => {
  const catalogOf = (urls: (at: number) => string, titles: (at: number) => string) => (count: number) =>
    buildCatalog([
      readingOf(
        'a.md',
        [
          {
            entries: Array.from({ length: count }, (_, at) => ({
              title: titles(at),
              url: urls(at),
              category: [],
              summary: '',
              links: [],
              tags: [],
            })),
            findings: [],
          },
        ],
        false,
      ),
    ]);
  const known = ({ posts }: Catalog) => ({
    posts: new Map(
      posts.map((post) => [
        post.id,
        { id: post.id, source: post.source, title: post.title, fingerprint: fingerprintOf(post), present: true },
      ]),
    ),
    aliases: new Map<string, string>(),
    sources: new Set(['a.md']),
  });

  const own = (at: number) => `https://ex.org/${at}`;
  const moved = (at: number) => `https://new.example/${at}`;
  const same = () => 'https://ex.org/';
  test.each([
    ['that moved', catalogOf(own, (at) => `Post ${at}`), catalogOf(moved, (at) => `Post ${at}`)],
    ['that moved under one title', catalogOf(own, () => 'Post'), catalogOf(moved, () => 'Post')],
    ['on one address', catalogOf(same, (at) => `Post ${at}`), catalogOf(same, (at) => `Post ${at}, again`)],
    ['of one series', catalogOf(own, (at) => `Part ${at}`), catalogOf(own, (at) => `Part ${at + 1}`)],
    [
      'on fragments',
      catalogOf(
        (at) => `https://ex.org/#${at}`,
        () => 'Post',
      ),
      catalogOf(
        (at) => `https://ex.org/#${at + 5}`,
        () => 'Post',
      ),
    ],
  ])('%s', async (_, before, after) => {
    expect(await growth((count) => diffCatalog(known(before(count)), after(count)), 200)).toBeLessThan(mostGrowth);
  });
});
