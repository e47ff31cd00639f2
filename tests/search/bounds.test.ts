import fc from 'fast-check';
import { indexOf } from './worlds.ts';

/** More lookups than this no query may cost, whatever it holds. Ordinary ones cost a few dozen. */
const MOST_LOOKUPS = 20_000;

describe('the work of a query', () => {
  let lookups = 0;
  const titles = Array.from(
    { length: 60 },
    (_, at) => `数据库 ${at} aaaaaaab transformer 微调 模型 model${at} 损失函数`,
  );
  const index = indexOf(titles, { onLookup: () => lookups++, remembers: false });
  const workOf = (text: string): number => {
    lookups = 0;
    index.search({ text, limit: 5, offset: 0 });
    return lookups;
  };

  const hostile = fc.oneof(
    fc.string({ maxLength: 10_000 }),
    fc.string({ unit: 'grapheme', maxLength: 5000 }),
    fc
      .array(fc.constantFrom('模', '型', '微', '调', '损', '失', '涵', '数', '未', '末'), { maxLength: 5000 })
      .map((all) => all.join('')),
    fc
      .array(fc.constantFrom('transfomer', 'aaaaaaac', 'shi', 'ji', 'x', '-', '"', 'category:', '(', '一'), {
        maxLength: 2000,
      })
      .map((all) => all.join(' ')),
    fc.nat(10_000).map((length) => 'a'.repeat(length)),
    fc.nat(3000).map((length) => 'shi'.repeat(length)),
    fc.constantFrom('数据库 '.repeat(500), '"'.repeat(9999), '-a '.repeat(3000), '('.repeat(10_000)),
  );

  it('has a bound for any text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(workOf(text)).toBeLessThanOrEqual(MOST_LOOKUPS);
      }),
      { numRuns: 120 },
    );
  });

  it('does not grow with a query beyond its limit', () => {
    const long = '微调数据库模型 '.repeat(100);
    expect(workOf(`${long} more`)).toBeLessThanOrEqual(workOf(long) + MOST_LOOKUPS / 100);
  });
});
