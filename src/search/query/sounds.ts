import { listOf } from '../../kernel/list-of.ts';
import { createReadings, type Readings } from './readings.ts';

/** How Chinese words sound: pinyin without tones, `lü` written `lv`. Loaded when first asked. */
export interface Sounds {
  /** Words that sound like these letters, of those given to `learn`. */
  wordsOf(letters: string): readonly string[];
  /** Other words that sound like this one. */
  homophonesOf(word: string): readonly string[];
  /** Single characters with this syllable. */
  charactersOf(syllable: string): readonly string[];
  /** Words whose syllables begin with these letters, as `dmt` for 多模态. */
  wordsOfInitials(initials: string): readonly string[];
}

export interface WritableSounds extends Sounds {
  /** Takes in words that it has not seen; each is read once. */
  learn(words: readonly string[]): void;
}

const LONGEST = 8;
const MOST_READINGS = 6;

export function createSounds(): WritableSounds {
  const byLetters = new Map<string, string[]>();
  const byInitials = new Map<string, string[]>();
  const bySyllable = new Map<string, string[]>();
  const readings = new Map<string, readonly string[]>();
  const seen = new Set<string>();
  /** How much of a list that only grows was taken in. */
  const progress = new WeakMap<readonly string[], number>();
  let read: Readings | undefined;

  const readingsOf = (character: string): readonly string[] => {
    const known = readings.get(character);
    if (known) return known;
    read ??= createReadings();
    const found = read(character);
    readings.set(character, found);
    for (const syllable of found) listOf(bySyllable, syllable).push(character);
    return found;
  };

  /** The common reading of each character, then those where one character is read otherwise. */
  const spellings = (word: string): string[][] => {
    const readings = Array.from(word, readingsOf);
    const common = readings.map((syllables) => syllables[0] ?? '');
    const found = [common];
    for (const [at, syllables] of readings.entries()) {
      for (const other of syllables.slice(1)) found.push(common.with(at, other));
    }
    return found.slice(0, MOST_READINGS);
  };

  return {
    wordsOf: (letters) => byLetters.get(letters) ?? [],
    homophonesOf: (word) => {
      if (word.length > LONGEST) return [];
      // Two words that are both read in a rare way do not sound alike to anyone.
      const letters = (spellings(word)[0] ?? []).join('');
      return (byLetters.get(letters) ?? []).filter((other) => other !== word && other.length === word.length);
    },
    charactersOf: (syllable) => bySyllable.get(syllable) ?? [],
    wordsOfInitials: (initials) => byInitials.get(initials) ?? [],
    learn: (words) => {
      const from = progress.get(words) ?? 0;
      if (from === words.length) return;
      progress.set(words, words.length);
      for (const word of from === 0 ? words : words.slice(from)) {
        if (word.length > LONGEST || seen.has(word) || !/^\p{Script=Han}+$/u.test(word)) continue;
        seen.add(word);
        if (word.length === 1) {
          readingsOf(word);
          continue;
        }
        const spelled = spellings(word);
        for (const letters of new Set(spelled.map((syllables) => syllables.join(''))))
          listOf(byLetters, letters).push(word);
        if (word.length < 3) continue;
        const initials = new Set(spelled.map((syllables) => syllables.map((syllable) => syllable.charAt(0)).join('')));
        for (const letters of initials) listOf(byInitials, letters).push(word);
      }
    },
  };
}
