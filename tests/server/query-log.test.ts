import fc from 'fast-check';
import { createSearchIndex } from '../../src/search/search-indexer.ts';
import { createQueryLog } from '../../src/server/query-log.ts';
import { post } from '../support/web-app.ts';

const index = createSearchIndex({ posts: [post('LoRA'), post('Docker')], problems: [], revision: '1' });

describe('the log of queries', () => {
  it('counts what was asked, however it was written, and what nothing answered', () => {
    const log = createQueryLog();
    const search = (text: string, offset = 0) =>
      log
        .watch(() => index)()
        .search({ text, limit: 5, offset });
    for (const text of ['LoRA', ' lora ', 'ＬｏＲＡ', 'Docker', 'qwertyuiop', 'qwertyuiop']) search(text);
    search('Docker', 5);
    expect(log.top(2).map(({ query, count }) => [query, count])).toEqual([
      ['ＬｏＲＡ', 3],
      ['qwertyuiop', 2],
    ]);
    expect(log.unanswered(5)).toEqual([{ query: 'qwertyuiop', count: 2, total: 0 }]);
  });

  it('answers as the index does, and is the same index as long as that is', () => {
    const watched = createQueryLog().watch(() => index);
    expect(watched()).toBe(watched());
    fc.assert(
      fc.property(fc.string(), (text) => {
        const query = { text, limit: 3, offset: 0 };
        expect(watched().search(query)).toEqual(index.search(query));
      }),
    );
  });

  it('stays small, whatever is asked', () => {
    const log = createQueryLog();
    for (let asked = 0; asked < 5_000; asked += 1) log.asked(`${asked} ${'long '.repeat(100)}`, 1);
    const top = log.top(10_000);
    expect(top.length).toBeLessThanOrEqual(2_000);
    expect(Math.max(...top.map(({ query }) => query.length))).toBeLessThanOrEqual(100);
    log.asked('  \n ', 0);
    expect(log.unanswered(1)).toEqual([]);
  });
});
