import fc from 'fast-check';
import { rememberSearches } from '../../src/search/remember-searches.ts';
import { makePost } from '../support/make-post.ts';
import { createQuickIndex } from '../support/quick-index.ts';

const posts = ['LoRA one', 'LoRA two', 'QLoRA three', '微调 four'].map((title) =>
  makePost({ title, category: ['LLM'] }),
);
const index = createQuickIndex({ posts, problems: [], revision: 'one' });

it('an index that remembers answers as the index itself does, in whatever order it is asked', () => {
  const query = fc.record({
    text: fc.constantFrom('LoRA', 'lora', '微调', 'nothing', ''),
    limit: fc.constantFrom(1, 2, 5, 60),
    offset: fc.nat(3),
  });
  fc.assert(
    fc.property(fc.array(query, { maxLength: 20 }), (queries) => {
      const remembering = rememberSearches(index);
      for (const one of queries) expect(remembering.search(one)).toEqual(index.search(one));
    }),
  );
});

it('a repeated search costs no search', () => {
  let searches = 0;
  const counting = rememberSearches({
    ...index,
    search: (query) => {
      searches += 1;
      return index.search(query);
    },
  });
  for (let time = 0; time < 3; time += 1) counting.search({ text: 'LoRA', limit: 5, offset: 0 });
  counting.search({ text: 'LoRA', limit: 5, offset: 5 });
  expect(searches).toBe(2);
});
