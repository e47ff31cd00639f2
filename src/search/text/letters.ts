/** Words beside the letters that occur in each, as sets of bits: words that differ in many letters cannot be near. */
export interface LetteredWords {
  readonly words: readonly string[];
  readonly letters: readonly number[];
}

export interface WritableLetteredWords extends LetteredWords {
  add(word: string): void;
}

export function createLetteredWords(): WritableLetteredWords {
  const words: string[] = [];
  const letters: number[] = [];
  return {
    words,
    letters,
    add: (word) => {
      words.push(word);
      letters.push(lettersOf(word));
    },
  };
}

export function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) & 31);
  return letters;
}

/** How many letters stand in one word only. */
export function lettersApart(a: number, b: number): number {
  // Counts the bits of 32 in parallel: pairs, fours, eights, and all by a multiplication.
  let left = a ^ b;
  left -= (left >>> 1) & 0x55555555;
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
