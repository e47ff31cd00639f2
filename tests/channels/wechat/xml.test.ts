import { withoutControls } from '../../../src/channels/tencent/xml.ts';

describe('what goes into XML', () => {
  it('is every character that can be seen, and none that XML 1.0 does not know', () => {
    const wrong: string[] = [];
    for (let code = 0; code <= 0x10ffff; code++) {
      const character = String.fromCodePoint(code);
      const kept = withoutControls(character) === character && withoutControls(`🔔${character}`) === `🔔${character}`;
      // The production `Char` of the recommendation.
      const known = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]$/u.test(character);
      const isSeen = /^[\p{Letter}\p{Mark}\p{Number}\p{Punctuation}\p{Symbol}\p{Space_Separator}]$/u.test(character);
      if ((kept && !known) || (isSeen && !kept)) wrong.push(code.toString(16));
    }
    expect(wrong).toEqual([]);
  });

  it('is no half of a character', () => {
    expect(withoutControls('a\ud83db\udd14c')).toBe('abc');
    expect(withoutControls('🔔\ud83d')).toBe('🔔');
  });
});
