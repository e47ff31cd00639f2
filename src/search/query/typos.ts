import type { Vocabulary } from '../corpus/vocabulary.ts';

export interface NearWord {
  readonly word: string;
  readonly distance: 1 | 2;
}

/** Where near words are looked for: by length in letters. */
export type WordsOfLength = (length: number) => readonly string[];

const SHORTEST = 4;
/** From this many letters on, two errors are one word mistyped rather than two words. */
const TWO_ERRORS_FROM = 8;
const MOST_LOOKED_AT = 60_000;

/** Words one typing error away, or two in long words: a letter more, less, other, or two exchanged. */
export function nearWords(word: string, ofLength: WordsOfLength): NearWord[] {
  if (word.length < SHORTEST || !/^[a-z]+\d?$/.test(word)) return [];
  const most = word.length >= TWO_ERRORS_FROM ? 2 : 1;
  const letters = lettersOf(word);
  const found: NearWord[] = [];
  let looked = 0;
  for (let length = word.length - most; length <= word.length + most; length++) {
    for (const other of ofLength(length)) {
      if (++looked > MOST_LOOKED_AT) return nearestOf(found);
      if (bits(letters ^ lettersOf(other)) > 2 * most) continue;
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
  const lists: string[][] = [];
  for (const word of words) {
    lists[word.length] ??= [];
    lists[word.length]?.push(word);
  }
  return (length) => lists[length] ?? [];
}

function nearestOf(found: readonly NearWord[]): NearWord[] {
  const least = Math.min(...found.map(({ distance }) => distance));
  return found
    .filter(({ distance }) => distance === least)
    .sort((a, b) => (a.word < b.word ? -1 : 1))
    .slice(0, 6);
}

/** Which letters occur, as a set of bits: words that differ in many cannot be near. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) & 31);
  return letters;
}

function bits(value: number): number {
  let left = value >>> 0;
  let count = 0;
  while (left !== 0) {
    left &= left - 1;
    count++;
  }
  return count;
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
