import type { View } from '../corpus/view.ts';
import { pairsOf } from '../text/tokens.ts';
import type { Knowledge } from './cut.ts';
import { fillers } from './fillers.ts';
import type { Lexicon } from './lexicon.ts';

/** What one snapshot and the tables know of words, for cutting queries. */
export function createKnowledge(view: View, lexicon: Lexicon): Knowledge {
  const { glossary, dictionary, segment } = lexicon;
  return {
    isName: (key) => glossary.has(key) || view.hasEquals(key),
    isCjkWord: (word) => view.vocabulary.hasCjk(word) && holds(view, word),
    isFiller: (piece) => fillers.isChinese(piece),
    isPhrase: (words) => words.every((word) => /^[a-z]/.test(word)) && dictionary.toChinese(words).length > 0,
    isWord: (word) => view.vocabulary.hasWord(word) && view.find(word).length > 0,
    isPlainFiller: (word) => fillers.isEnglish(word, true),
    stands: (piece) => pairsOf(piece).every((pair) => view.find(pair).length > 0),
    isJoin: (token) => view.find(token).length > 0,
    segment,
  };
}

/** The same, to which a word of the dictionary is a word too. */
export function withDictionary(knowledge: Knowledge, { dictionary }: Lexicon): Knowledge {
  const isCjkWord = (word: string) => knowledge.isCjkWord(word) || dictionary.toEnglish(word).length > 0;
  return { ...knowledge, isCjkWord };
}

/** Whether the snapshot still holds the word: its first pair is proof enough for cutting. */
function holds(view: View, word: string): boolean {
  return view.find(word.slice(0, 2)).length > 0;
}
