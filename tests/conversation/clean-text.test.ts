import { withoutHidden } from '../../src/conversation/clean-text.ts';

describe('a text of others', () => {
  it('keeps every character that can be seen, and none that is hidden but the joiners of emoji and scripts', () => {
    const wrong: string[] = [];
    for (let code = 0; code <= 0x10ffff; code++) {
      const character = String.fromCodePoint(code);
      const kept = withoutHidden(character) === character && withoutHidden(`微🔔${character}`) === `微🔔${character}`;
      const isSeen = /^[\p{Letter}\p{Mark}\p{Number}\p{Punctuation}\p{Symbol}\p{Separator}]$/u.test(character);
      const isHidden = /^[\p{Control}\p{Format}\p{Surrogate}]$/u.test(character) && !/[\u200c\u200d]/.test(character);
      if (isSeen ? !kept : kept && isHidden) wrong.push(code.toString(16));
    }
    expect(wrong).toEqual([]);
  });
});
