import type { Vocabulary } from '../corpus/vocabulary.ts';
import {
  createLetteredWords,
  type LetteredWords,
  lettersApart,
  lettersOf,
  type WritableLetteredWords,
} from '../text/letters.ts';

export interface NearWord {
  readonly word: string;
  readonly distance: 1 | 2;
}

/** Where near words are looked for: by length in letters. */
export type WordsOfLength = (length: number) => LetteredWords;

const SHORTEST = 4;
/** From this many letters on, two errors are one word mistyped rather than two words. */
const TWO_ERRORS_FROM = 8;
const MOST_LOOKED_AT = 60_000;
const NONE: LetteredWords = { words: [], letters: [] };

/** Words one typing error away, or two in long words: a letter more, less, other, or two exchanged. */
export function nearWords(word: string, ofLength: WordsOfLength): NearWord[] {
  if (word.length < SHORTEST || !/^[a-z]+\d?$/.test(word)) return [];
  const most = word.length >= TWO_ERRORS_FROM ? 2 : 1;
  const letters = lettersOf(word);
  const found: NearWord[] = [];
  let looked = 0;
  for (let length = word.length - most; length <= word.length + most; length++) {
    const others = ofLength(length);
    for (let at = 0; at < others.words.length; at++) {
      if (++looked > MOST_LOOKED_AT) return nearestOf(found);
      if (lettersApart(letters, others.letters[at] ?? 0) > 2 * most) continue;
      const other = others.words[at] ?? '';
      const distance = editDistance(word, other, most);
      if (distance > most || (distance !== 1 && distance !== 2)) continue;
      // In a word of four letters, another letter makes another word; only one left out or two exchanged is forgiven.
      if (word.length === SHORTEST && other.length <= SHORTEST && letters !== lettersOf(other)) continue;
      found.push({ word: other, distance });
    }
  }
  return nearestOf(found);
}

export function vocabularyOf(vocabulary: Vocabulary): WordsOfLength {
  return (length) => vocabulary.ofLength(length);
}

export function byLength(words: readonly string[]): WordsOfLength {
  const lists: WritableLetteredWords[] = [];
  for (const word of words) {
    lists[word.length] ??= createLetteredWords();
    lists[word.length]?.add(word);
  }
  return (length) => lists[length] ?? NONE;
}

function nearestOf(found: readonly NearWord[]): NearWord[] {
  const least = Math.min(...found.map(({ distance }) => distance));
  return found
    .filter(({ distance }) => distance === least)
    .sort((a, b) => (a.word < b.word ? -1 : 1))
    .slice(0, 6);
}

/** Edit distance with exchanges of neighbours; above `most` some larger number. */
function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return most + 1;
    before = last;
    last = row;
  }
  return last[b.length] ?? most + 1;
}
