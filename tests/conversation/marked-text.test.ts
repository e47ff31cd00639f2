import fc from 'fast-check';
import { cleanLine, cut } from '../../src/conversation/clean-text.ts';
import { tidyPart } from '../../src/conversation/marked-text.ts';

const messy = fc
  .array(
    fc.constantFrom('微调', 'LoRA', ' ', '  ', '\n', '\t', '。', '，', '\u202e', '\u0007', '😀', '\u200d', '\u3000'),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

describe('a part of a text with marks', () => {
  it('keeps each mark on the same words, however much is tidied away', () => {
    fc.assert(
      fc.property(messy, fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 4 }), (text, ends) => {
        const marks = ends.map(([one, other]) => ({
          start: Math.min(one, other, text.length),
          end: Math.min(Math.max(one, other), text.length),
        }));
        const tidy = tidyPart(text, { start: 0, end: text.length }, marks);

        const wanted = [...text].map((character, at, all) => {
          const start = all.slice(0, at).join('').length;
          return marks.some((mark) => mark.start <= start && start + character.length <= mark.end) ? character : '';
        });
        const shown = tidy.marks.map(({ start, end }) => tidy.text.slice(start, end)).join('');
        for (const word of ['微', '调', 'L', 'o', 'R', 'A']) {
          expect(count(shown, word)).toBe(count(wanted.join(''), word));
        }
      }),
    );
  });

  it('is one line without hidden characters or doubled spaces', () => {
    fc.assert(
      fc.property(messy, (text) => {
        const tidy = tidyPart(text, { start: 0, end: text.length }, []).text;
        expect(tidy).not.toMatch(/[\p{Control}\u202e]|\s{2}|^\s|\s$/u);
        expect(tidy.replace(/[\s\u200d]/g, '')).toBe(cleanLine(text).replace(/[\s\u200d]/g, ''));
      }),
    );
  });

  it('joins marks that overlap or touch', () => {
    const marks = [
      { start: 4, end: 6 },
      { start: 0, end: 2 },
      { start: 1, end: 3 },
      { start: 6, end: 7 },
    ];
    expect(tidyPart('abcdefgh', { start: 0, end: 8 }, marks).marks).toEqual([
      { start: 0, end: 3 },
      { start: 4, end: 7 },
    ]);
  });
});

describe('a text that is cut', () => {
  it('never holds more characters than asked, nor half of one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.integer({ min: 1, max: 20 }), (text, limit) => {
        const short = cut(text, limit);
        expect([...short].length).toBeLessThanOrEqual(limit);
        expect(short).not.toMatch(/\p{Surrogate}/u);
        if ([...text].length <= limit) expect(short).toBe(text);
      }),
    );
  });
});

function count(text: string, word: string): number {
  return text.split(word).length - 1;
}
