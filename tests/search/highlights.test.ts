import fc from 'fast-check';
import { createSearchIndexer } from '../../src/search/search-indexer.ts';
import { catalogOf, indexOf } from './worlds.ts';

/** The marked pieces of a field of the first post that answers. */
function marked(
  post: { title?: string; summary?: string; category?: string[] },
  text: string,
  field = 'title',
): string[] {
  const [hit] = indexOf([post, '无关']).search({ text, limit: 1, offset: 0 }).hits;
  return (hit?.highlights ?? [])
    .filter((highlight) => highlight.field === field)
    .map(({ start, end, element }) => {
      const whole = { title: hit?.post.title, summary: hit?.post.summary, category: hit?.post.category[element ?? 0] };
      return (whole[field as keyof typeof whole] ?? '').slice(start, end);
    });
}

describe('highlights', () => {
  it.each([
    ['用 LoRA 微调', 'lora', ['LoRA']],
    ['大语言模型微调', '微调', ['微调']],
    ['大語言模型微調', '微调', ['微調']],
    ['記憶體洩漏與資料庫', '数据库', ['資料庫']],
    ['ＬｏＲＡ　入门', 'lora', ['ＬｏＲＡ']],
    ['深入理解 Transformer', 'transfomer', ['Transformer']],
    ['损失函数', 'sunshihanshu', ['损失函数']],
    ['Deploying with Docker', 'deploy', ['Deploying']],
    ['miniGPT-4 简介', 'gpt4', ['GPT-4']],
    ['GroundingDINO 简介', 'dino', ['DINO']],
    ['数据库入门', 'database', ['数据库']],
    ['😀 数据库 😀', '数据库', ['数据库']],
    ['😀cache😃', '😃cache', ['cache']],
    ['𠮷野家的菜单', '𠮷野家', ['𠮷野家']],
    ['去𠮷野家', '𠮷', ['𠮷']],
  ])('in %s for %s mark what matched', (title, query, expected) => {
    expect(marked({ title }, query)).toEqual(expected);
  });

  it('mark categories by element, and summaries', () => {
    expect(marked({ title: '甲', category: ['人工智能', '视觉'] }, '视觉', 'category')).toEqual(['视觉']);
    expect(marked({ title: '甲', summary: '讲讲缓存。缓存很快。' }, '缓存', 'summary')).toEqual(['缓存', '缓存']);
  });

  it('lie within their field, in order, apart, and never empty, for any text', async () => {
    // One indexer, so that the tables of words are read once.
    const indexer = createSearchIndexer();
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('資料庫 ﬁle', 'İstanbul', 'ｶﾞｷﾞ', '𠮷野家'),
      fc.string({ unit: fc.constantFrom('𠮷', '𠮶', '𪚥', '野', '家', '😀', '👩‍💻', 'a', ' ', '資') }),
    );
    await fc.assert(
      fc.asyncProperty(text, text, text, async (title, summary, query) => {
        const index = await indexer.next(catalogOf([{ title: `${title} 数据`, summary: `${summary}${query}` }]));
        const { hits } = index.search({
          text: `${query} 数据`,
          limit: 1,
          offset: 0,
        });
        for (const { post, highlights, snippet } of hits) {
          const ends = { title: 0, summary: 0, category: 0 };
          for (const { field, start, end } of highlights) {
            expect(start).toBeGreaterThanOrEqual(ends[field]);
            expect(end).toBeGreaterThan(start);
            const whole = field === 'title' ? post.title : post.summary;
            expect(end).toBeLessThanOrEqual(whole.length);
            if (!/\p{Surrogate}/u.test(whole)) expect(whole.slice(start, end)).not.toMatch(/\p{Surrogate}/u);
            ends[field] = end;
          }
          expect(snippet.start).toBeGreaterThanOrEqual(0);
          expect(snippet.end).toBeGreaterThanOrEqual(snippet.start);
          expect(snippet.end).toBeLessThanOrEqual(post.summary.length);
        }
      }),
      { numRuns: 150 },
    );
  });
});
