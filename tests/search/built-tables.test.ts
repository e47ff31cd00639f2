import { createSearchIndex } from '../../src/search/search-indexer.ts';
import { postbell } from '../support/process.ts';
import { foundingCatalog } from './worlds.ts';

const queries = [
  ...['LoRA', '怎么微调大模型', 'fine tuning', 'deploy', '卷积神经网络', 'how to detect objects'],
  ...['weitiao', 'duo mo tai', 'dmt', 'shujufenxi', 'lveduo', 'nvxing'],
  ...['資料庫', '影像分割', '機器學習', '軟體', '㐀', '𠮷野家'],
  ...['blip2', 'BLIP-2', 'piza', '多摸态', 'transfomer', 'ｌｏｒａ'],
];

describe('the program as it is built', () => {
  it('finds the same with the tables of its build as the sources with those that they make', async () => {
    const { stdout } = await postbell(['search', '--stdin', '--json'], { input: queries.join('\n') });
    const found = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const index = createSearchIndex(await foundingCatalog());
    expect(found.map(({ query }) => query)).toEqual(queries);
    for (const { query, total, hits } of found) {
      const expected = index.search({ text: query, limit: 10, offset: 0 });
      const ids = hits.map(({ id, score }: { id: string; score: number }) => [id, score]);
      expect([query, total, ids]).toEqual([
        query,
        expected.total,
        expected.hits.slice(0, hits.length).map(({ post, score }) => [post.id, score]),
      ]);
    }
  });
});
