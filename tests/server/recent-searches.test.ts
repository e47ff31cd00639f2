import fc from 'fast-check';
import { createSearchIndex } from '../../src/search/search-indexer.ts';
import { createRecentSearches } from '../../src/server/recent-searches.ts';
import { post } from '../support/web-app.ts';

const indexOf = (...titles: string[]) =>
  createSearchIndex({ posts: titles.map((title) => post(title)), problems: [], revision: titles.join() });

describe('searches that were asked before', () => {
  const indexes = [indexOf('LoRA', 'Docker'), indexOf('LoRA', 'LoRA again', 'Diffusion')];

  it('are answered as the current index answers them, whatever was asked of which before', () => {
    const asked = fc.record({
      text: fc.constantFrom('LoRA', 'lora', 'Docker', 'nothing', ''),
      category: fc.constantFrom(undefined, 'A'),
      limit: fc.integer({ min: 1, max: 3 }),
      offset: fc.integer({ min: 0, max: 2 }),
      of: fc.integer({ min: 0, max: 1 }),
    });
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 30 }), (questions) => {
        let current = 0;
        const search = createRecentSearches(() => indexes[current] ?? indexOf());
        for (const { of, category, ...rest } of questions) {
          current = of;
          const query = { ...rest, ...(category && { category }) };
          expect(search(query)).toEqual(indexes[of]?.search(query));
        }
      }),
    );
  });
});
