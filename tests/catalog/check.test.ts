import fc from 'fast-check';
import { checkLinks } from '../../src/catalog/check/check-links.ts';
import { checkPosts } from '../../src/catalog/check/check-posts.ts';
import { fixText } from '../../src/catalog/check/fix-text.ts';
import { formatGithub, formatProblem, summaryTable } from '../../src/catalog/check/format-problem.ts';
import { nearDuplicates } from '../../src/catalog/check/near-duplicates.ts';
import { createHttpClient } from '../../src/catalog/sources/http-client.ts';
import type { Clock } from '../../src/kernel/clock.ts';
import { readMarkdownFile } from '../support/catalog-world.ts';
import { makePost } from '../support/make-post.ts';
import { startPageServer } from '../support/page-server.ts';

const check = async (text: string) => {
  const problems = checkPosts(await readMarkdownFile(text));
  return problems.filter(({ code }) => code !== 'empty-summary').map(({ line, code }) => [line, code]);
};

describe('what is wrong in a catalog', () => {
  test('one url under two titles', async () => {
    expect(await check('- [甲](https://ex.org/a)\n- [乙](http://www.ex.org/a/)\n')).toEqual([[2, 'duplicate-url']]);
  });

  test('one title under two urls of a category, but not of two categories', async () => {
    expect(
      await check('## A\n- [甲](https://ex.org/a)\n- [甲](https://ex.org/b)\n\n## B\n- [甲](https://ex.org/c)\n'),
    ).toEqual([[3, 'duplicate-title']]);
  });

  test.each([
    ['a link that does not end yet', '### [丙](https://ex.org/c'],
    ['brackets in a title', '### [丙 ]] 丁](https://ex.org/c)'],
    ['a space in an address', '### [丙](https://ex.org/c d)'],
  ])('%s, which is no post for as long', async (_, entry) => {
    const text = `## A\n### [甲](https://ex.org/a)\n\n### [乙](https://ex.org/b)\n\n${entry}`;
    const reading = await readMarkdownFile(text);
    expect(reading.posts.map(({ title }) => title)).toEqual(['甲', '乙']);
    expect(reading.problems).toMatchObject([{ line: 6, code: 'broken-link', severity: 'error' }]);
  });

  test('scripts and styles in a line are no summary', async () => {
    const text = '## A\n### [甲](https://ex.org/a)\n前 <script>alert(1)</script>中<style>p{}</style> 后 <script> 尾\n';
    expect((await readMarkdownFile(text)).posts[0]?.summary).toBe('前 中 后 尾');
  });

  test('titles that differ by a slip', async () => {
    expect(
      await check(
        '- [大语言模型微调的原理与实践](https://ex.org/a)\n- [大语言模型微调的原理和实践](https://ex.org/b)\n',
      ),
    ).toEqual([[2, 'similar-title']]);
  });

  test('tracking parameters, relative links, titles and links that are missing', async () => {
    expect(await check('- [甲](https://ex.org/a?utm_source=x)\n')).toEqual([[1, 'tracking-parameters']]);
    expect(await check('- [甲](a.md)\n')).toEqual([[1, 'relative-link']]);
    expect(await check('- [](https://ex.org/a)\n')).toEqual([[1, 'empty-title']]);
    expect(
      await check(
        '## A\n- [甲](https://ex.org/a)\n- 乙丙丁\n- [戊]()\n- [己](https://ex.org/b)\n- [庚](https://ex.org/c)\n',
      ),
    ).toEqual([
      [3, 'no-link'],
      [4, 'no-link'],
    ]);
  });

  test('an entry without a summary', async () => {
    const problems = checkPosts(await readMarkdownFile('- [甲](https://ex.org/a)\n- [乙](https://ex.org/b) - said\n'));
    expect(problems).toEqual([expect.objectContaining({ code: 'empty-summary', severity: 'warning', line: 1 })]);
  });
});

describe('nearly equal titles', () => {
  test('parts of a series are not', () => {
    expect(
      nearDuplicates([
        '简单抓站的N种方式（一）',
        '简单抓站的N种方式（二）',
        'Sorting things Part 1',
        'Sorting things Part 2',
      ]),
    ).toEqual([]);
  });

  test('are found whatever else stands around them', () => {
    const other = fc.array(
      fc.string({ minLength: 8, maxLength: 30, unit: fc.constantFrom(...'abcdefghijklm甲乙丙丁') }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(other, other, (before, after) => {
        const titles = [...before, 'How to tie a bowline knot', ...after, 'How to tie a bowline knott'];
        expect(nearDuplicates(titles)).toContainEqual([before.length, titles.length - 1]);
      }),
    );
  });
});

describe('repairs', () => {
  test('take tracking parameters out and put spaces into headings, and nothing else', () => {
    const text = '##工具\r\n- [甲](https://ex.org/a?utm_source=x&id=1)  \n```\n##code\n```\n- [乙](https://ex.org/b)';
    const problem = {
      source: 'a.md',
      line: 2,
      code: 'tracking-parameters',
      severity: 'warning',
      message: '',
      fix: { from: 'https://ex.org/a?utm_source=x&id=1', to: 'https://ex.org/a?id=1' },
    } as const;
    expect(fixText(text, [problem])).toEqual({
      text: '## 工具\r\n- [甲](https://ex.org/a?id=1)  \n```\n##code\n```\n- [乙](https://ex.org/b)',
      lines: [1, 2],
    });
  });

  test('leave an address alone that only begins like the one to repair', () => {
    const problem = {
      source: 'a.md',
      line: 1,
      code: 'moved-link',
      severity: 'warning',
      message: '',
      fix: { from: 'https://ex.org/a', to: 'https://ex.org/z' },
    } as const;
    expect(fixText('- [甲](https://ex.org/ab)', [problem]).lines).toEqual([]);
  });
});

describe('how problems are printed', () => {
  const problem = { source: 'a,b.md', line: 3, code: 'no-link', severity: 'warning', message: '50% of\n"x"' } as const;

  test('a line with file and line number that editors follow', () => {
    expect(formatProblem({ ...problem, source: 'a.md' })).toBe('a.md:3: warning no-link: 50% of\n"x"');
  });

  test('annotations of GitHub, escaped', () => {
    expect(formatGithub(problem)).toBe('::warning file=a%2Cb.md,line=3,title=no-link::50%25 of%0A"x"');
  });

  test('a table of how often each occurs', () => {
    expect(summaryTable([problem, problem, { ...problem, severity: 'error', code: 'dead-link' }])).toBe(
      '  error dead-link      1\n  warning no-link      2\n',
    );
  });
});

describe('links', () => {
  const slept: number[] = [];
  const clock: Clock = { now: () => new Date('2026-01-02T03:04:05Z'), sleep: async (ms) => void slept.push(ms) };
  const signal = new AbortController().signal;

  test('dead, refused and moved ones are told apart; servers without HEAD are asked again', async () => {
    const server = await startPageServer();
    server.answer(({ url, method }, response) => {
      if (url === '/dead') response.writeHead(404).end();
      else if (url === '/refused') response.writeHead(403).end();
      else if (url === '/moved') response.writeHead(301, { location: '/new' }).end();
      else if (url === '/for-now') response.writeHead(302, { location: '/new' }).end();
      else if (url === '/no-head' && method === 'HEAD') response.writeHead(405).end();
      else response.writeHead(200).end('page');
    });
    const posts = ['fine', 'dead', 'refused', 'moved', 'for-now', 'no-head'].map((name) =>
      makePost({ title: name, url: `${server.url}/${name}` }),
    );
    const client = createHttpClient({ clock, allowPrivateNetwork: true });
    const values = new Map<string, string>();
    const cache = {
      get: async (key: string) => values.get(key),
      put: async (key: string, value: string) => void values.set(key, value),
      putIfAbsent: async () => false,
      remove: async () => {},
    };
    const told: number[] = [];
    const options = { client, clock, cache, progress: (done: number) => void told.push(done) };
    const problems = await checkLinks(posts, options, signal);
    expect(problems.map(({ code, fix }) => [code, fix?.to])).toEqual([
      ['dead-link', undefined],
      ['link-refused', undefined],
      ['moved-link', `${server.url}/new`],
    ]);
    expect(told).toEqual([1, 2, 3, 4, 5, 6]);
    expect(slept.filter((ms) => ms === 500)).toHaveLength(6);
    const asked = server.requests.length;
    expect(await checkLinks(posts, options, signal)).toEqual(problems);
    expect(server.requests).toHaveLength(asked);
    await server.close();
  });

  test('a server that is not there is no proof that the page is gone', async () => {
    const server = await startPageServer();
    await server.close();
    const client = createHttpClient({ clock, allowPrivateNetwork: true });
    const [problem] = await checkLinks([makePost({ title: 'a', url: `${server.url}/a` })], { client, clock }, signal);
    expect(problem).toMatchObject({ code: 'link-unanswered', severity: 'warning' });
  });
});
