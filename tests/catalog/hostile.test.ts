import fc from 'fast-check';
import { defaultParseLimits, parseDocument } from '../../src/catalog/parse/document-parser.ts';
import { readDocument } from '../../src/catalog/read-document.ts';
import { noSettings } from '../../src/catalog/settings.ts';
import { readingOf } from '../../src/catalog/sources/reading-of.ts';

const signal = new AbortController().signal;
const documentOf = (name: string, text: string) => ({
  name,
  bytes: Buffer.from(text),
  base: 'https://ex.org/',
  settings: noSettings,
});

/** What means something in one format or another. */
const fragments = fc.constantFrom(
  '# ',
  '## ',
  '###',
  '- ',
  '  - ',
  '1. ',
  '> ',
  '| ',
  '|-|-|\n',
  '\n',
  '\n\n',
  '[a](https://ex.org/1)',
  '[b](c)',
  '[',
  '](',
  ')',
  '**',
  '`',
  '```\n',
  '<a href="https://ex.org/2">',
  '</a>',
  '<details>',
  '</details>',
  '<summary>',
  '<ul><li>',
  '<table><tr><td>',
  '<!--',
  '-->',
  '---\n',
  'title: x\n',
  '#tag',
  '2020-01-02',
  '（一）',
  'https://ex.org/3',
  '：',
  '中文',
  ':fire:',
  '\\',
  '&amp;',
  '\u0000',
);

describe('whatever a file holds', () => {
  test('reading ends in posts with title and address, and never throws', () => {
    fc.assert(
      fc.property(
        fc.array(fragments, { maxLength: 60 }),
        fc.constantFrom('a.md', 'a.xml', 'a.json', 'a.yaml', 'a.csv', 'a.opml'),
        (parts, name) => {
          const { entries, findings } = readDocument(documentOf(name, parts.join('')));
          for (const { title, url, line } of entries) {
            expect(title.trim()).not.toBe('');
            expect(url).toMatch(/^https?:\/\//);
            expect(line ?? 1).toBeGreaterThanOrEqual(1);
          }
          for (const { message } of findings) expect(message).not.toBe('');
        },
      ),
      { numRuns: 600 },
    );
  });

  test('arbitrary bytes end in a result', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(readDocument({ name: 'a.md', bytes, settings: noSettings }).entries).toBeDefined();
      }),
    );
  });
});

describe('a file that is not what its name says', () => {
  test.each([
    ['a.json', '{"posts": [}', 'bad-json', /valid JSON/],
    ['a.yaml', 'posts: [', 'bad-yaml', /valid YAML/],
    ['a.yaml', 'posts: []\nposts: []\n', 'bad-yaml', /"posts" stands twice/],
    ['a.yaml', '- &a [1]\n- title: [*b]\n', 'bad-yaml', /valid YAML/],
  ])('%s: %s is refused with the reason', (name, text, code, message) => {
    const { entries, findings } = readDocument(documentOf(name, text));
    expect(entries).toEqual([]);
    expect(findings).toEqual([expect.objectContaining({ code, message: expect.stringMatching(message) })]);
  });
});

describe('huge and hostile files end in a result or in a problem that says what to do', () => {
  const link = '[x](https://ex.org/1)';
  test.each([
    ['10,000 nested quotes', 'a.md', '>'.repeat(10_000) + link],
    ['10,000 nested HTML elements', 'a.md', '<div><ul><li>'.repeat(10_000) + link],
    ['details that never close their tag', 'a.md', '<details '.repeat(50_000)],
    ['a quarter of a million brackets', 'a.md', '['.repeat(250_000)],
    ['half a million emphasis marks', 'a.md', '*a_ '.repeat(125_000)],
    ['a line of a megabyte', 'a.md', `- ${link} ${'x '.repeat(500_000)}`],
    ['a megabyte of blanks within a line', 'a.md', `- ${link} a${' '.repeat(1_000_000)}b`],
    ['a megabyte of slashes in an address', 'a.md', `- [x](https://ex.org/${'/'.repeat(1_000_000)}x)`],
    ['a hundred thousand tags', 'a.md', `- ${link} ${'#a '.repeat(100_000)}`],
    ['a hundred thousand dates', 'a.md', `- ${link} ${'2020-01-02 '.repeat(100_000)}`],
    [
      'an entity bomb',
      'a.xml',
      `<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 20 }, (_, at) => `<!ENTITY a${at + 1} "${`&a${at || ''};`.repeat(10)}">`).join('')}]><rss><channel><item><title>&a20;</title><link>https://ex.org/1</link></item></channel></rss>`,
    ],
    ['10,000 nested XML elements', 'a.xml', `<rss><channel><item><title>t</title>${'<a>'.repeat(10_000)}`],
    ['10,000 nested JSON lists', 'a.json', '['.repeat(10_000)],
    ['10,000 nested JSON objects', 'a.json', `${'{"posts":'.repeat(10_000)}[]${'}'.repeat(10_000)}`],
    [
      'a YAML alias bomb',
      'a.yaml',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 12 }, (_, at) => `${'bcdefghijklmn'[at]}: &${'bcdefghijklmn'[at]} [${`*${'abcdefghijklm'[at]},`.repeat(9)}]`).join('\n')}`,
    ],
  ])('%s', (_, name, text) => {
    const { entries, findings } = readDocument(documentOf(name, text));
    for (const { message } of findings) expect(message).not.toBe('');
    expect(entries.length).toBeLessThanOrEqual(1);
  });

  test('a Markdown file of 50,000 posts brings them all', async () => {
    const text = Array.from({ length: 50_000 }, (_, at) => `- [Post ${at}](https://ex.org/${at}) - about ${at}`).join(
      '\n',
    );
    const { entries, findings } = await parseDocument(documentOf('a.md', text), signal);
    expect(entries).toHaveLength(50_000);
    expect(entries.at(-1)).toMatchObject({ title: 'Post 49999', summary: 'about 49999', line: 50_000 });
    expect(findings).toEqual([]);
  });

  test('a file over the limit of size, of posts, of time or of memory is refused by name', async () => {
    const text = `- ${link}\n`.repeat(20_000);
    const parse = (limits: object) =>
      parseDocument(documentOf('a.md', text), signal, { ...defaultParseLimits, inThread: 0, ...limits });
    expect((await parse({ largest: 1000 })).findings[0]).toMatchObject({ code: 'too-large', severity: 'error' });
    const many = await parse({ posts: 1000 });
    expect(many.findings[0]).toMatchObject({ code: 'too-large', message: expect.stringContaining('1000 posts') });
    expect(many.entries).toEqual([]);
    expect((await parse({ milliseconds: 1 })).findings[0]).toMatchObject({ code: 'too-slow', severity: 'error' });
    expect((await parse({ megabytes: 6 })).findings[0]).toMatchObject({ severity: 'error', code: 'too-large' });
  });

  test('a thread and the main one read the same', async () => {
    const text = `## A\n- ${link} - one\n- [y](z.md)\n`;
    const inPlace = await parseDocument(documentOf('a.md', text), signal);
    const inThread = await parseDocument(documentOf('a.md', text), signal, { ...defaultParseLimits, inThread: 0 });
    expect(readingOf('a.md', [inThread], false)).toEqual(readingOf('a.md', [inPlace], false));
    expect(inThread.findings).toEqual(inPlace.findings);
  });
});
