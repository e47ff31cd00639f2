import { createSegment, type Segment } from '../corpus/segment.ts';
import { createDictionary, type Dictionary } from '../dictionary/dictionary.ts';
import type { Glossary } from '../glossary/glossary.ts';
import { createGlossaryTable, type GlossaryTable } from '../glossary/glossary-table.ts';
import { readSpeltDefaultGlossary, spellGlossary } from '../glossary/spelt-glossary.ts';
import { createFold, type Fold } from '../text/fold.ts';
import { createSounds, type WritableSounds } from './sounds.ts';
import { createSpellings, type Spelling } from './spelling.ts';
import { byLength, type WordsOfLength } from './typos.ts';

/** What is known of words before any catalog is read. Each part loads when it is first needed. */
export interface Lexicon {
  readonly fold: Fold;
  readonly segment: Segment;
  readonly dictionary: Dictionary;
  readonly glossary: GlossaryTable;
  /** The glossary's names in letters, for typing errors. */
  readonly glossaryWords: WordsOfLength;
  /** Knows how the glossary's names sound. */
  readonly sounds: WritableSounds;
  /** Of names that the tables give. */
  readonly spellingsOf: (name: string) => readonly Spelling[];
  /** Whether queries that were planned lately are remembered. */
  readonly remembers: boolean;
}

export interface LexiconOptions {
  /** An author's own words, beside those that come with Postbell. */
  readonly glossary?: Glossary;
  /** The words that come with Postbell: left out, they are read from their files. */
  readonly defaultGlossary?: Glossary;
  /** Left out, CC-CEDICT. */
  readonly dictionary?: Dictionary;
  /** False where each query is to be planned anew, as for measuring. */
  readonly remembers?: boolean;
}

export function createLexicon(options: LexiconOptions = {}): Lexicon {
  const fold = createFold();
  const once = <T>(make: () => T): (() => T) => {
    let made: { readonly value: T } | undefined;
    return () => {
      made ??= { value: make() };
      return made.value;
    };
  };
  const glossary = once(() => {
    const { defaultGlossary: given, glossary: own } = options;
    const first = given ? spellGlossary(given, fold) : readSpeltDefaultGlossary(fold);
    return createGlossaryTable(own ? [...first, ...spellGlossary(own, fold)] : first);
  });
  const glossaryWords = once(() => byLength(glossary().words()));
  const sounds = once(() => {
    const made = createSounds();
    made.learn(glossary().cjkNames());
    return made;
  });
  return {
    fold,
    segment: createSegment(),
    spellingsOf: createSpellings(),
    remembers: options.remembers ?? true,
    dictionary: options.dictionary ?? createDictionary(),
    get glossary() {
      return glossary();
    },
    get glossaryWords() {
      return glossaryWords();
    },
    get sounds() {
      return sounds();
    },
  };
}
