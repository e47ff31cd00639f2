import type { View } from '../corpus/view.ts';
import { isFormOf, singular } from '../text/stem.ts';
import { INITIALS as INITIALS_TOKEN, joinOf } from '../text/tokens.ts';
import type { Piece } from './cut.ts';
import type { Lexicon } from './lexicon.ts';
import { findTerm, type Origin, spelledTerms, type Term, wordTerms } from './term.ts';
import { nearWords, vocabularyOf } from './typos.ts';
import type { CompoundPart } from './unit.ts';

/** All spellings found for a piece. */
export interface Expansion {
  readonly terms: readonly Term[];
  readonly parts: readonly CompoundPart[];
}

/** How much each origin counts beside the typed word, measured on judged queries of other fields. */
const DICTIONARY = 0.7;
const DICTIONARY_BESIDE_TYPED = 0.5;
const NUMERONYM = 0.9;
const INITIALS = 0.75;
const PREFIX = 0.69;
const PREFIX_BY_SHARE = 0.2;
const PREFIX_BESIDE_TYPED = 0.4;
const TYPO = 0.8;
const TYPO_TWO = 0.6;
const MOST_TRANSLATIONS = 6;
const MOST_PREFIXED = 400;
const MOST_PREFIX_TERMS = 16;
const SHORTEST_PREFIX_OF_NAME = 4;
const MOST_PREFIXED_NAMES = 8;
const SHORTEST_AKIN = 7;
const AKIN_SHARE = 0.75;
/** Too little to answer by itself. */
const AKIN = 0.35;
export const COMPOUND = 0.45;

/** The spellings of a piece in letters: a word, or a phrase that a table or the catalog knows. */
export function expandWords(piece: Piece, view: View, lexicon: Lexicon, last: boolean): Expansion {
  const typed = typedTerms(piece, view);
  const terms = [...typed, ...equalTerms(piece, view, lexicon), ...initialTerms(piece, view, lexicon)];
  const translated = translate(piece, view, lexicon, typed.length > 0);
  terms.push(...translated);
  const [word] = piece.words;
  if (piece.kind === 'word' && word !== undefined) {
    terms.push(...numeronyms(word, view));
    const begun = isBegun(piece, lexicon, typed.length > 0, last);
    if (begun) terms.push(...prefixed(word, view, typed.length > 0));
    if (begun && typed.length === 0) terms.push(...prefixedNames(word, view, lexicon));
    if (terms.length === 0 && !isRealWord(piece, lexicon)) terms.push(...mistyped(word, view, lexicon));
  }
  return { terms, parts: partTerms(piece, view, lexicon) };
}

function typedTerms(piece: Piece, view: View): Term[] {
  const [word] = piece.words;
  if (piece.kind === 'word' && word !== undefined) {
    const found = wordTerms(view, word, 1, 'typed');
    const one = singular(word);
    return found.length > 0 || one === word ? found : wordTerms(view, one, 0.95, 'stem');
  }
  const join = findTerm(view, { text: piece.text, tokens: [joinOf(piece.parts)], literal: false }, 1, 'typed');
  const found =
    join ??
    (piece.words.length > 2
      ? findTerm(view, { text: piece.text, tokens: piece.words, literal: false }, 1, 'typed')
      : undefined);
  return found ? [found] : [];
}

/** Other names: of the glossary, and those that the catalog itself puts in brackets. */
export function equalTerms(piece: Piece, view: View, lexicon: Lexicon): Term[] {
  const key = keyOfPiece(piece);
  const equals = [...lexicon.glossary.equalsOf(glossaryKey(piece, key, lexicon)), ...view.equalsOf(key)];
  return equals.flatMap(({ text, weight, origin }) => spelledTerms(view, lexicon.spellingsOf(text), weight, origin));
}

/** Of a word that the glossary has in another form only, that form's key. */
function glossaryKey(piece: Piece, key: string, lexicon: Lexicon): string {
  if (piece.kind !== 'word' || lexicon.glossary.has(key)) return key;
  return lexicon.glossary.formOf(key) ?? key;
}

/** The key of a piece; see `keyOf`. */
export function keyOfPiece(piece: Piece): string {
  if (piece.kind === 'cjk') return piece.text;
  if (piece.kind === 'mixed') return piece.text.replace(/[\s\-_./'’]+/g, '');
  return piece.words.map(singular).join('');
}

function translate(piece: Piece, view: View, lexicon: Lexicon, typed: boolean): Term[] {
  if (piece.words.length > 3 || !piece.words.every((word) => /^[a-z][a-z']+$/.test(word))) return [];
  const factor = typed ? DICTIONARY_BESIDE_TYPED : DICTIONARY;
  return translationTerms(lexicon.dictionary.toChinese(piece.words), view, lexicon, factor);
}

export function translationTerms(
  translations: readonly { readonly text: string; readonly weight: number }[],
  view: View,
  lexicon: Lexicon,
  factor: number,
): Term[] {
  const found: Term[] = [];
  let used = 0;
  for (const { text, weight } of translations) {
    const terms = spelledTerms(view, lexicon.spellingsOf(text), factor * Math.min(1, weight), 'dictionary');
    if (terms.length === 0) continue;
    found.push(...terms);
    if (++used === MOST_TRANSLATIONS) break;
  }
  return found;
}

/** `i18n` for internationalization, and the other way round. */
function numeronyms(word: string, view: View): Term[] {
  const short = /^([a-z])(\d{1,2})([a-z])$/.exec(word);
  if (short) {
    const [, first = '', count = '', end = ''] = short;
    return view.vocabulary
      .ofLength(Number(count) + 2)
      .words.filter((other) => other.startsWith(first) && other.endsWith(end) && /^[a-z]+$/.test(other))
      .slice(0, 4)
      .flatMap((other) => wordTerms(view, other, NUMERONYM, 'numeronym'));
  }
  if (word.length < 8 || !/^[a-z]+$/.test(word)) return [];
  return wordTerms(view, `${word[0]}${word.length - 2}${word.at(-1)}`, NUMERONYM, 'numeronym').slice(0, 1);
}

/** `nlp` for natural language processing, and the other way round. */
function initialTerms(piece: Piece, view: View, lexicon: Lexicon): Term[] {
  const [word] = piece.words;
  if (piece.kind === 'word' && word !== undefined) {
    if (!/^[a-z]{3,5}$/.test(word) || isRealWord(piece, lexicon)) return [];
    const found = findTerm(view, { text: word, tokens: [INITIALS_TOKEN + word], literal: false }, INITIALS, 'initials');
    return found ? [found] : [];
  }
  const initials = piece.words.map((each) => each.charAt(0)).join('');
  return /^[a-z]{3,5}$/.test(initials) ? wordTerms(view, initials, INITIALS, 'initials').slice(0, 1) : [];
}

function prefixed(word: string, view: View, typed: boolean): Term[] {
  if (word.length < (typed ? 3 : 2)) return [];
  const found: Term[] = [];
  for (const other of view.vocabulary.startingWith(word, MOST_PREFIXED)) {
    const weight = typed ? PREFIX_BESIDE_TYPED : PREFIX + (PREFIX_BY_SHARE * word.length) / other.length;
    found.push(...wordTerms(view, other, weight, 'prefix').filter(({ text }) => text === other));
  }
  return found
    .sort((a, b) => b.weight - a.weight || b.posts - a.posts || (a.text < b.text ? -1 : 1))
    .slice(0, MOST_PREFIX_TERMS);
}

/** Other names of what the glossary has under a name that begins so. */
function prefixedNames(word: string, view: View, lexicon: Lexicon): Term[] {
  if (word.length < SHORTEST_PREFIX_OF_NAME) return [];
  const names = lexicon.glossary.startingWith(word).slice(0, MOST_PREFIXED_NAMES);
  return names.flatMap((name) => {
    const weight = PREFIX + (PREFIX_BY_SHARE * word.length) / name.length;
    return lexicon.glossary
      .equalsOf(name)
      .flatMap((equal) => spelledTerms(view, lexicon.spellingsOf(equal.text), weight * equal.weight, 'prefix'));
  });
}

/** Words that have a long beginning in common with one that nothing explains. */
function akin(word: string, view: View): Term[] {
  if (word.length < SHORTEST_AKIN) return [];
  const found: Term[] = [];
  for (const other of view.vocabulary.startingWith(word.slice(0, SHORTEST_AKIN - 1), MOST_PREFIXED)) {
    let common = 0;
    while (common < other.length && other[common] === word[common]) common++;
    if (common >= other.length * AKIN_SHARE) found.push(...wordTerms(view, other, AKIN, 'typo'));
  }
  return found.slice(0, MOST_PREFIX_TERMS);
}

/** Whether a word may be the beginning of another: the last one may be unfinished, others if nothing else knows them. */
function isBegun(piece: Piece, lexicon: Lexicon, typed: boolean, last: boolean): boolean {
  if (last) return typed || !lexicon.glossary.isProper(keyOfPiece(piece));
  return !typed && !isRealWord(piece, lexicon);
}

/** A word that a table knows is no typing error, even if the catalog lacks it. */
function isRealWord(piece: Piece, lexicon: Lexicon): boolean {
  if (lexicon.glossary.has(keyOfPiece(piece))) return true;
  // The dictionary knows stems, and `striing` is no form of `striation`: one of the glosses must be the word itself.
  return lexicon.dictionary
    .toChinese(piece.words)
    .some(({ text }) => lexicon.dictionary.toEnglish(text).some((gloss) => isFormOf(piece.text, gloss.text)));
}

function mistyped(word: string, view: View, lexicon: Lexicon): Term[] {
  const weightOf = (distance: 1 | 2) => (distance === 1 ? TYPO : TYPO_TWO);
  const found = nearWords(word, vocabularyOf(view.vocabulary)).flatMap(({ word: other, distance }) =>
    wordTerms(view, other, weightOf(distance), 'typo'),
  );
  if (found.length > 0) return found;
  const named = nearWords(word, lexicon.glossaryWords).flatMap(({ word: key, distance }) =>
    lexicon.glossary
      .equalsOf(key)
      .filter(({ origin }) => origin === 'glossary')
      .flatMap(({ text, weight }) =>
        spelledTerms(view, lexicon.spellingsOf(text), weight * weightOf(distance), 'typo'),
      ),
  );
  return named.length > 0 ? named : akin(word, view);
}

/** Of the other names of a part, the one that most posts hold. */
function commonestName(word: string, view: View, lexicon: Lexicon): Term | undefined {
  const terms = lexicon.glossary
    .equalsOf(singular(word))
    .filter(({ origin }) => origin === 'glossary')
    .flatMap(({ text, weight }) => spelledTerms(view, lexicon.spellingsOf(text), COMPOUND * weight, 'compound'));
  return terms.reduce<Term | undefined>((best, term) => (best && best.posts >= term.posts ? best : term), undefined);
}

/** The words of a phrase one by one, or the parts of a word such as `blip2`. */
function partTerms(piece: Piece, view: View, lexicon: Lexicon): CompoundPart[] {
  const words = piece.kind === 'word' ? piece.parts.filter((part) => part !== piece.text) : piece.words;
  if (words.length < 2) return [];
  return words.flatMap((word) => {
    if (/^\d+$/.test(word)) return [];
    const term = wordTerms(view, word, COMPOUND, 'compound' satisfies Origin)[0] ?? commonestName(word, view, lexicon);
    return term ? [{ term, share: 1 / words.length }] : [];
  });
}
