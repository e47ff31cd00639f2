import fc from 'fast-check';
import { answers, indexOf } from './worlds.ts';

describe('the small language of queries', () => {
  const index = indexOf([
    { title: 'Stable Diffusion 笔记', category: ['AIGC'], date: '2023-05-01' },
    { title: 'Diffusion that is stable', category: ['AIGC', '理论'], date: '2024-02-03' },
    { title: 'Llama 3 微调', category: ['大语言模型（LLM）'], date: '2024-07-01' },
    { title: 'Llama 3 部署', category: ['大语言模型（LLM）'] },
  ]);

  it('holds an exact phrase to its words and their order', () => {
    expect(answers(index, '"stable diffusion"')).toEqual(['0']);
    expect(answers(index, '“stable diffusion”')).toEqual(['0']);
  });

  it('leaves out what is not wanted', () => {
    expect(answers(index, 'llama -部署')).toEqual(['2']);
    expect(answers(index, 'llama -"3 部署"')).toEqual(['2']);
  });

  it('narrows by category, by any of its names', () => {
    expect(answers(index, 'llama category:LLM').sort()).toEqual(['2', '3']);
    expect(answers(index, 'diffusion category:LLM')).toEqual([]);
    expect(answers(index, '分类:AIGC').sort()).toEqual(['0', '1']);
  });

  it('narrows by year', () => {
    expect(answers(index, 'year:2024').sort()).toEqual(['1', '2']);
    expect(answers(index, 'llama 年份:2024')).toEqual(['2']);
  });

  it('takes a year in words for a filter where posts are dated, and for words elsewhere', () => {
    expect(answers(index, '2024年').sort()).toEqual(['1', '2']);
    expect(answers(index, '2024年的 llama')).toEqual(['2']);
    expect(answers(index, 'diffusion 2023 年')).toEqual(['0']);
    expect(
      answers(
        indexOf([
          { title: '2024年终总结', date: '2025-01-01' },
          { title: '别的', date: '2024-01-01' },
        ]),
        '2024年终总结',
      ),
    ).toEqual(['0']);
    expect(
      answers(
        indexOf([
          { title: '2024年回顾', date: '2025-01-01' },
          { title: '回顾', date: '2024-01-01' },
          { title: '回顾二', date: '2023-01-01' },
        ]),
        '2024年回顾',
      ).sort(),
    ).toEqual(['0', '1']);
    expect(answers(indexOf(['微调 2024', '微调 2019']), '2024年 微调')[0]).toBe('0');
  });

  it('takes filters beside the text too', () => {
    const search = (category: string) => index.search({ text: 'diffusion', category, limit: 9, offset: 0 }).hits;
    expect(
      search('AIGC')
        .map(({ post }) => post.id)
        .sort(),
    ).toEqual(['0', '1']);
    expect(search('AIGC / 理论').map(({ post }) => post.id)).toEqual(['1']);
    const { hits } = index.search({ text: 'llama', year: 2024, limit: 9, offset: 0 });
    expect(hits.map(({ post }) => post.id)).toEqual(['2']);
  });

  it('reads what does not fit the language as words', () => {
    expect(
      index.search({ text: 'llama 3 微调 year:soon', limit: 5, offset: 0 }).hits.map(({ post }) => post.id),
    ).toContain('2');
    expect(answers(index, '"llama')).toEqual(expect.arrayContaining(['2', '3']));
    expect(answers(index, '-llama')).toEqual(expect.arrayContaining(['2', '3']));
  });

  it.each(['', '   ', '!!!', '""', '-', 'category:'])('finds nothing for %j and does not throw', (text) => {
    expect(index.search({ text, limit: 5, offset: 0 }).total).toBe(0);
  });
});

describe('what a query is understood as', () => {
  const index = indexOf([{ title: 'Llama 3 部署', category: ['AIGC'], date: '2024-02-03' }]);
  const understood = (text: string) => {
    const { filters, units } = index.explain({ text, limit: 1, offset: 0 });
    return { ...filters, words: units.map((unit) => unit.text) };
  };
  const plain = { phrases: [], without: [], categories: [] };

  it.each([
    ['llama', { ...plain, words: ['llama'] }],
    ['-部署 llama', { ...plain, without: ['部署'], words: ['llama'] }],
    ['llama －"3 部署"', { ...plain, without: ['3 部署'], words: ['llama'] }],
    ['llama "  " -"  "', { ...plain, words: ['llama'] }],
    ['「llama 3」', { ...plain, phrases: ['llama 3'], words: ['llama 3'] }],
    ['“ llama ”', { ...plain, phrases: ['llama'], words: ['llama'] }],
    ['llama 分類："Deep Learning"', { ...plain, categories: ['Deep Learning'], words: ['llama'] }],
    ['llama category:" AIGC "', { ...plain, categories: ['AIGC'], words: ['llama'] }],
    ['llama category:""', { ...plain, words: ['llama'] }],
    ['llama YEAR:2024', { ...plain, year: 2024, words: ['llama'] }],
    ['llama 2024年份', { ...plain, year: 2024, words: ['llama'] }],
    ['llama 2024年份的', { ...plain, year: 2024, words: ['llama'] }],
    ['llama 2024 年间', { ...plain, year: 2024, words: ['llama'] }],
  ])('%j', (text, expected) => {
    expect(understood(text)).toEqual(expected);
  });

  it.each(['year:20245', 'year:in2024', 'year:24', 'subcategory:AIGC', '12024年', '2024年终', '2019年', '1824年'])(
    'no filter in llama %s',
    (text) => expect(understood(`llama ${text}`)).toMatchObject(plain),
  );
  it.each(['year:20245', 'year:in2024', '2024年终', '2019年'])('no year in llama %s', (text) => {
    expect(understood(`llama ${text}`)).not.toHaveProperty('year');
  });

  it('narrows by what is not wanted alone only beside a filter', () => {
    const posts = indexOf([
      { title: 'Llama', category: ['AIGC'], date: '2024-02-03' },
      { title: '部署', category: ['AIGC'], date: '2024-02-03' },
      { title: '索引', category: ['运维'], date: '2023-02-03' },
    ]);
    expect(answers(posts, 'category:AIGC -部署')).toEqual(['0']);
    expect(answers(posts, 'year:2024 -部署')).toEqual(['0']);
    expect(answers(posts, '-部署')).toEqual(['1']);
  });

  it('takes eight of a kind and 240 characters, spaces before them not counted', () => {
    const list = (sign: string) => Array.from({ length: 9 }, (_, at) => `${sign}"w${at}"`).join(' ');
    expect(understood(`llama ${list('-')}`)).toMatchObject({ without: { length: 8 }, words: ['llama'] });
    expect(understood(list('category:'))).toMatchObject({ categories: { length: 8 } });
    expect(understood(list(''))).toMatchObject({ phrases: { length: 8 } });

    const upTo = (end: string, length: number) => `llama${' '.repeat(length - 5 - end.length)}${end}`;
    expect(understood(upTo('docker', 240)).words).toEqual(['llama', 'docker']);
    expect(understood(upTo('docker', 241)).words).toEqual(['llama', 'docke']);
    expect(understood(`${' '.repeat(300)}llama`).words).toEqual(['llama']);
    // 吉 as 𠮷, two units of UTF-16: taken whole or not at all.
    expect(understood(upTo('𠮷', 240)).words).toEqual(['llama', '𠮷']);
    expect(understood(upTo('𠮷', 241)).words).toEqual(['llama']);
  });
});

describe('where nothing answers', () => {
  const index = indexOf([
    { title: 'Kubernetes 部署', category: ['运维'] },
    { title: '损失函数', category: ['机器学习'] },
    { title: '数据库备份', category: ['运维'] },
  ]);

  it('says so and offers a query that answers', () => {
    const { total, suggestions } = index.search({ text: '损失函数 火星 登陆 计划', limit: 5, offset: 0 });
    expect(total).toBe(0);
    expect(suggestions).toContainEqual({ kind: 'query', query: '损失函数' });
  });

  it('offers words, without the signs that stood about what was typed', () => {
    const photos = indexOf(['Photo filters', 'Kubernetes 部署', '损失函数']);
    const offered = (text: string) =>
      photos
        .search({ text, limit: 5, offset: 0 })
        .suggestions.flatMap((each) => (each.kind === 'query' ? [each.query] : []));
    const signs = fc.string({ unit: fc.constantFrom('_', '*', '<', '>', '`', '[', '~', '(', '#', '、'), maxLength: 3 });
    fc.assert(
      fc.property(
        signs,
        signs,
        fc.constantFrom('proto', 'kubernetis 火星', '损失函数火星 登陆'),
        (before, after, words) => {
          for (const query of offered(`${before}${words}${after} ${before}`))
            expect(query).toMatch(/^[\p{L}\p{N} ]+$/u);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('offers categories', () => {
    const { suggestions } = index.search({ text: '红烧肉', limit: 5, offset: 0 });
    expect(suggestions).toContainEqual({ kind: 'category', category: '运维' });
  });

  it('marks what is only near', () => {
    const { hits, nearest, total } = index.search({ text: '损失函数 火星 登陆', limit: 5, offset: 0 });
    expect({ total, nearest, first: hits[0]?.post.title }).toEqual({ total: 0, nearest: true, first: '损失函数' });
  });
});
