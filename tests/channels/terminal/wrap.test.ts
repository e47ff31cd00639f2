import fc from 'fast-check';
import stringWidth from 'string-width';
import { wrap } from '../../../src/channels/terminal/wrap.ts';

const lines = (text: string, width: number) => wrap(text, width).map(({ start, end }) => text.slice(start, end));

describe('a line of text in the terminal', () => {
  it('counts a Chinese character as two columns', () => {
    expect(lines('大模型微调的原理', 8)).toEqual(['大模型', '微调的', '原理']);
  });

  it('breaks English between words', () => {
    expect(lines('small adapters are cheap', 15)).toEqual(['small adapters', 'are cheap']);
  });

  it('begins no line with a stop and ends none with an opening bracket', () => {
    const text = '本文介绍（微调），以及推理。';
    for (let width = 12; width < 30; width++) {
      for (const line of lines(text, width)) {
        expect(line).not.toMatch(/^[，。）]/);
        expect(line).not.toMatch(/（$/);
      }
    }
  });

  it('cuts a word that is wider than the line', () => {
    expect(lines('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  });

  it('never runs over, loses nothing but white space at line ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.integer({ min: 4, max: 40 }), (raw, width) => {
        const text = raw.replace(/\p{Control}/gu, '');
        const wrapped = lines(text, width);
        for (const line of wrapped) expect(stringWidth(line)).toBeLessThanOrEqual(width);
        expect(wrapped.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });
});
