import { listOf } from '../../kernel/list-of.ts';
import { createLetteredWords, type LetteredWords, type WritableLetteredWords } from '../text/letters.ts';

/**
 * The words that stand in the documents, for finding what a query may have meant. Words are only ever added; whether
 * a snapshot still holds one is for its postings to say.
 */
export interface Vocabulary {
  /** A Chinese word, as segmented. */
  hasCjk(word: string): boolean;
  hasWord(word: string): boolean;
  /** Words that begin so, at most `limit` of them looked at. Prefixes have two letters or more. */
  startingWith(prefix: string, limit: number): readonly string[];
  /** Words by their length in characters. */
  ofLength(length: number): LetteredWords;
  /** Chinese words in the order in which they came; only ever longer. */
  readonly cjkWords: readonly string[];
  /** Each pair of characters of the documents that begins so. */
  pairsFrom(character: string): readonly string[];
}

export interface WritableVocabulary extends Vocabulary {
  addWord(word: string): void;
  addCjk(word: string): void;
  /** All pairs of a CJK run. */
  addPairs(run: string): void;
}

const LONGEST = 32;
const NONE: LetteredWords = { words: [], letters: [] };

export function createVocabulary(): WritableVocabulary {
  const words = new Set<string>();
  const cjk = new Set<string>();
  const cjkWords: string[] = [];
  const pairs = new Map<string, string[]>();
  const knownPairs = new Set<string>();
  const byStart = new Map<string, string[]>();
  const byLength: WritableLetteredWords[] = [];
  return {
    hasCjk: (word) => cjk.has(word),
    hasWord: (word) => words.has(word),
    startingWith: (prefix, limit) => {
      const found: string[] = [];
      for (const word of byStart.get(prefix.slice(0, 2)) ?? []) {
        if (word.length > prefix.length && word.startsWith(prefix)) found.push(word);
        if (found.length === limit) break;
      }
      return found;
    },
    ofLength: (length) => byLength[length] ?? NONE,
    cjkWords,
    pairsFrom: (character) => pairs.get(character) ?? [],
    addWord: (word) => {
      if (word.length < 2 || word.length > LONGEST || words.has(word)) return;
      words.add(word);
      listOf(byStart, word.slice(0, 2)).push(word);
      byLength[word.length] ??= createLetteredWords();
      byLength[word.length]?.add(word);
    },
    addCjk: (word) => {
      if (cjk.has(word)) return;
      cjk.add(word);
      cjkWords.push(word);
    },
    addPairs: (run) => {
      for (let at = 0; at + 1 < run.length; at++) {
        const pair = run.slice(at, at + 2);
        if (knownPairs.has(pair)) continue;
        knownPairs.add(pair);
        listOf(pairs, pair.charAt(0)).push(pair);
      }
    },
  };
}
