import type { View } from '../corpus/view.ts';
import { cjkPiece, type Draft } from './draft.ts';
import { expandCjk } from './expand-cjk.ts';
import type { Expansion } from './expand-word.ts';
import type { Lexicon } from './lexicon.ts';
import { readPinyin } from './pinyin.ts';
import { spelledTerms, type Term } from './term.ts';

/** From so many syllables on, words that the catalog has, such as `long` and `man`, may be syllables too. */
const LEAST_SYLLABLES = 3;
/** Fewer letters may be anything. */
const SHORTEST_NAME = 6;
const PINYIN = 0.8;
const SYLLABLE = /^(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?[aeiouv]{1,3}(?:ng?|r)?$/;

/** Rows of words in letters that nothing explains, read as pinyin. */
export function readAsPinyin(drafts: readonly Draft[], view: View, lexicon: Lexicon): Draft[] {
  return readSyllables(drafts, view, lexicon) ?? readRows(drafts, view, lexicon);
}

/** A query of nothing but syllables, of which most are no words, where they make one thing. */
function readSyllables(drafts: readonly Draft[], view: View, lexicon: Lexicon): Draft[] | undefined {
  const syllables = drafts.flatMap(({ piece }) => piece.text.split(' '));
  if (syllables.length < LEAST_SYLLABLES || !syllables.every((each) => SYLLABLE.test(each))) return undefined;
  if (drafts.filter((draft) => isPinyinLike(draft)).length * 2 < drafts.length) return undefined;
  lexicon.sounds.learn(view.vocabulary.cjkWords);
  const [terms, ...others] = readPinyin(syllables.join(''), view, lexicon.sounds)?.parts ?? [];
  if (!terms || others.length > 0 || terms[0]?.text.length !== syllables.length) return undefined;
  return [asPinyin(drafts[0], withEquals(terms, view, lexicon))];
}

function readRows(drafts: readonly Draft[], view: View, lexicon: Lexicon): Draft[] {
  const found: Draft[] = [];
  for (let at = 0; at < drafts.length; ) {
    let end = at;
    while (end < drafts.length && isPinyinLike(drafts[end])) end++;
    const row = drafts.slice(at, end);
    const letters = row.map(({ piece }) => piece.text).join('');
    const strange = row.some(({ expansion }) => !isSure(expansion));
    if (!strange || !(mayBePinyin(letters) || mayBeInitials(row))) {
      const first = drafts[at];
      if (first) found.push(first);
      at++;
      continue;
    }
    lexicon.sounds.learn(view.vocabulary.cjkWords);
    const reading =
      readPinyin(letters, view, lexicon.sounds) ?? initialsOf(row, view, lexicon) ?? nameOf(letters, view, lexicon);
    if (reading) {
      for (const terms of reading.parts) found.push(asPinyin(row[0], withEquals(terms, view, lexicon)));
    } else found.push(...row);
    at = end;
  }
  return found;
}

/**
 * False for letters that are surely no row of syllables: most English words. How words sound is then not asked, and
 * not loaded, which takes a fifth of a second. All but `n`, `ng`, `r`, `m` and `hng` stands before a vowel only.
 */
function mayBePinyin(letters: string): boolean {
  return /^[a-z]{3,}$/.test(letters) && !/[bpfdtlkjqxyw](?![aeiouv])|[zcs](?!h?[aeiouv])/.test(letters);
}

/** No syllable begins with `i`, `u` or `v`. */
function mayBeInitials([only, ...others]: readonly Draft[]): boolean {
  return only !== undefined && others.length === 0 && /^[a-hj-tw-z]{3,8}$/.test(only.piece.text);
}

function isPinyinLike(draft: Draft | undefined): boolean {
  if (!draft || draft.piece.kind === 'cjk' || draft.piece.kind === 'mixed') return false;
  return draft.role !== 'ordinal' && /^[a-z' ]+$/.test(draft.piece.text) && !isCertain(draft.expansion);
}

/** Typed as it stands in the catalog. */
function isCertain(expansion: Expansion): boolean {
  return expansion.terms.some(({ origin }) => origin === 'typed');
}

function isSure(expansion: Expansion): boolean {
  return expansion.terms.some(({ origin, weight }) => origin !== 'typo' && origin !== 'dictionary' && weight >= 0.5);
}

/** First letters of the syllables of one word, where only one word fits. */
function initialsOf(row: readonly Draft[], view: View, lexicon: Lexicon) {
  const [only] = row;
  if (row.length !== 1 || !only || only.expansion.terms.length > 0) return undefined;
  const terms = lexicon.sounds
    .wordsOfInitials(only.piece.text)
    .flatMap((word) =>
      expandCjk(cjkPiece(word, only.piece), view, lexicon).terms.filter(({ origin }) => origin === 'typed'),
    );
  const [term] = terms;
  return terms.length === 1 && term ? { parts: [[{ ...term, weight: 0.7, origin: 'pinyin' as const }]] } : undefined;
}

/** A name of the glossary that the catalog has in another language only. */
function nameOf(letters: string, view: View, lexicon: Lexicon) {
  if (letters.length < SHORTEST_NAME) return undefined;
  const terms = lexicon.sounds
    .wordsOf(letters)
    .flatMap((word) => lexicon.glossary.equalsOf(word))
    .filter(({ origin }) => origin === 'glossary')
    .flatMap(({ text, weight }) => spelledTerms(view, lexicon.spellingsOf(text), PINYIN * weight, 'pinyin'));
  return terms.length > 0 ? { parts: [terms] } : undefined;
}

/** What was read, and its other names. */
function withEquals(terms: readonly Term[], view: View, lexicon: Lexicon): Term[] {
  const equals = terms.flatMap((term) =>
    lexicon.glossary
      .equalsOf(term.text)
      .flatMap(({ text, weight }) => spelledTerms(view, lexicon.spellingsOf(text), term.weight * weight, 'pinyin')),
  );
  return [...terms, ...equals];
}

function asPinyin(draft: Draft | undefined, terms: readonly Term[]): Draft {
  const text = terms[0]?.text ?? '';
  const piece = draft ? cjkPiece(text, draft.piece) : cjkPiece(text, undefined);
  return { piece, role: 'asked', ordinal: undefined, expansion: { terms, parts: [] } };
}
