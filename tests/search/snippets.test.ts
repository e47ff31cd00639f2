import fc from 'fast-check';
import { createSearchIndexer } from '../../src/search/search-indexer.ts';
import { catalogOf } from './worlds.ts';

// One indexer, so that the tables of words are read once.
const indexer = createSearchIndexer();

/** What a card shows of the summary of the one post. */
async function snippet(summary: string, text: string, title = '甲'): Promise<string> {
  const index = await indexer.next(catalogOf([{ title, summary }]));
  const [hit] = index.search({ text, limit: 1, offset: 0 }).hits;
  if (!hit) throw new Error(`nothing answers ${text}`);
  return summary.slice(hit.snippet.start, hit.snippet.end);
}

/** A sentence of Chinese that is so long, with its full stop. */
const filler = (length: number) => `${'字'.repeat(length - 1)}。`;

describe('a snippet of short sentences', () => {
  it.each([
    ['all of what is short', '第一句。讲缓存！第三句', '第一句', '第一句。讲缓存！第三句'],
    ['the beginning where only the title answers', '第一句。第二句。', '甲', '第一句。第二句。'],
    ['nothing of nothing', '', '甲', ''],
    ['the sentence that answers', `${filler(50)}${filler(90)}最后讲缓存。`, '缓存', '最后讲缓存。'],
    ['what follows it, to its end', `${filler(90)}讲缓存？\n第三句。`, '缓存', '讲缓存？\n第三句。'],
    ['no space at its ends', `${filler(90)}  讲 cache!  `, 'cache', '讲 cache!'],
    [
      'more words rather than more of one',
      'Cache, cache, CACHE! A cache in docker.',
      'cache docker',
      'A cache in docker.',
    ],
    ['words of the summary alone', 'nothing of it at all! the cache.', 'docker cache', 'the cache.', 'docker'],
    ['a whole sentence of 120', `cache${filler(115)}b`, 'cache', `cache${filler(115)}`],
    ['sentences of 120 together', `cache${filler(55)}${filler(60)}b`, 'cache', `cache${filler(55)}${filler(60)}`],
    ['none that leads beyond 120', `cache${filler(55)}${filler(61)}b`, 'cache', `cache${filler(55)}`],
  ])('is %s', async (_, summary, text, expected, title = '甲') => {
    expect(await snippet(summary, text, title)).toBe(expected);
  });

  it('is of the earliest of sentences that answer alike', async () => {
    const shown = await snippet(`${filler(100)}早 cache${filler(90)}晚 cache。`, 'cache');
    expect(shown).toMatch(/^早/);
  });

  it('is found in a summary of very many sentences', async () => {
    expect(await snippet(`${'一句。'.repeat(1000)}讲缓存。`, '缓存')).toBe('讲缓存。');
  });
});

describe('a snippet of a sentence that is too long', () => {
  const words = (count: number) => 'word '.repeat(count);

  it.each([
    ['begins with the sentence where that holds the word', `cache ${words(40)}`, `cache ${words(22)}word`],
    ['ends with the sentence where that holds the word', `${words(40)}cache`, `${words(22)}word cache`],
    ['begins a little before the word', `${words(40)}cache ${words(40)}`, `${words(4)}cache ${words(17)}word`],
    ['begins after a pause', `${words(37)}so, a b cache ${words(40)}`, `a b cache ${words(21)}word`],
    ['begins after a colon', `${words(37)}so: a b cache ${words(40)}`, `a b cache ${words(21)}word`],
    [
      'begins after no colon of an address',
      `${words(37)}http://a cache ${words(40)}`,
      `${words(3)}http://a cache ${words(17)}word`,
    ],
    ['ends before nothing but a word', `cache ${words(20)}${'x'.repeat(90)}`, `cache ${words(19)}word`],
    ['ends after a pause', `cache ${words(20)}and, more ${words(20)}`, `cache ${words(20)}and,`],
    [
      'does not end after an early pause',
      `cache ${words(15)}and, ${words(20)}`,
      `cache ${words(15)}and, ${words(6)}word`,
    ],
    ['cuts Chinese anywhere', `${'字'.repeat(200)}缓存${'字'.repeat(200)}`, `${'字'.repeat(24)}缓存${'字'.repeat(94)}`],
    [
      'begins after a pause in Chinese',
      `${'字'.repeat(190)}，${'字'.repeat(9)}缓存${'字'.repeat(200)}`,
      `${'字'.repeat(9)}缓存${'字'.repeat(109)}`,
    ],
  ])('%s', async (_, summary, expected) => {
    const shown = await snippet(summary, /cache/.test(summary) ? 'cache' : '缓存');
    expect(shown).toBe(expected);
    expect(shown.length).toBeLessThanOrEqual(120);
  });

  it('cuts a word that is too long itself', async () => {
    expect(await snippet('x'.repeat(150), '甲')).toBe('x'.repeat(120));
  });

  it('shows where most of the words stand together, the earliest of equals', async () => {
    const once = `a cache ${words(30)}`;
    expect(await snippet(`${once}b cache and a cache ${words(30)}c cache ${words(9)}`, 'cache')).toContain(
      'b cache and a cache',
    );
    expect(await snippet(`${once}b cache ${words(30)}`, 'cache')).toMatch(/^a cache/);
  });

  it('leaves room for a pause before a word at the end no more than is before any other', async () => {
    const shown = await snippet(`${words(40)}and so on, cache`, 'cache');
    expect(shown.length).toBeGreaterThan(120 - 24);
  });
});

describe('a snippet of any summary', () => {
  const pieces = fc.constantFrom(
    'cache',
    'docker',
    'word',
    '字',
    '缓存',
    '，',
    ', ',
    '。',
    '! ',
    '\n',
    ' ',
    '😀',
    '𠮷',
    'https://ex.org/a',
  );
  const summaries = fc.oneof(
    fc.array(pieces, { maxLength: 150 }).map((parts) => parts.join('')),
    fc.array(pieces, { maxLength: 80 }).map((parts) => parts.join(' ')),
    fc.nat(300).map((at) => `${'😀'.repeat(at)}cache${'a😀'.repeat(100)}`),
    fc.nat(300).map((at) => `a${'😀'.repeat(at)}cache${'😀'.repeat(100)}`),
  );

  it('is of two lines at most, holds what was looked for, and halves no character or word', async () => {
    await fc.assert(
      fc.asyncProperty(summaries, async (summary) => {
        const shown = await snippet(summary, 'cache', 'cache');
        expect(shown.length).toBeLessThanOrEqual(120);
        expect(shown).toBe(shown.trim());
        expect(shown).not.toMatch(/\p{Surrogate}/u);
        if (/(?<![a-z])cache(?![a-z])/.test(summary)) expect(shown).toContain('cache');
        // No piece of these is longer than a window: there is a border to cut at.
        if (!/[a-z]{40}/.test(summary)) {
          const words = new Set(summary.match(/[a-z]+/g));
          for (const word of shown.match(/[a-z]+/g) ?? []) expect(words).toContain(word);
        }
      }),
      { numRuns: 200 },
    );
  });
});
