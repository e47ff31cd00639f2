import type { View } from '../corpus/view.ts';
import { isSingle, type Piece } from './cut.ts';
import type { Draft } from './draft.ts';
import { type Expansion, keyOfPiece } from './expand-word.ts';
import { fillers } from './fillers.ts';
import type { Lexicon } from './lexicon.ts';
import type { Term } from './term.ts';
import type { Unit } from './unit.ts';

/** A unit of which nothing is known still asks to be covered. */
const UNKNOWN = 0.85;
const UNKNOWN_CJK = 0.66;
const UNKNOWN_IN_LONG = 0.6;
const LONG = 4;
const SINGLE_CHARACTER = 0.25;
const DIGITS = 0.25;
const VERSION = /^v?\d+$/;
const SAME = 0.78;
/** How much of what a name is rarer than the commonest one for the same thing counts, where neither was typed. */
const RARER = 0.33;
/** Origins that do not say what the unit itself weighs. */
const FOLLOWING: ReadonlySet<string> = new Set(['dictionary', 'prefix', 'compound', 'part']);
/** Origins of names for the very thing; all others count no more than what was typed. */
const NAMING: ReadonlySet<string> = new Set(['typed', 'stem', 'catalog', 'numeronym', 'initials']);

/** A piece with what it weighs and what kind of word it is. `asked` is how many pieces are asked for. */
export function unitOf(draft: Draft, view: View, lexicon: Lexicon, asked: number, isHead: boolean): Unit {
  const { piece, role, ordinal, expansion } = draft;
  const latin = piece.kind !== 'cjk';
  const typed = expansion.terms.filter(({ origin }) => origin === 'typed' || origin === 'stem');
  const weight = role === 'asked' ? weightOf(piece, expansion, typed, view, asked) : 0;
  const cap = typed.length > 0 ? weight : commonestOf(expansion.terms);
  const beyond = typed.length > 0 ? 0 : RARER;
  return {
    text: piece.text,
    role,
    terms: expansion.terms.map((term) =>
      NAMING.has(term.origin) || term.idf <= cap ? term : { ...term, idf: cap + beyond * (term.idf - cap) },
    ),
    parts: expansion.parts,
    weight,
    unknown: typed.length === 0,
    named: !draft.split && isNamed(piece, lexicon),
    head: !draft.split && isHead && latin,
    latin,
    proper: isProper(piece, lexicon),
    ...(ordinal === undefined ? {} : { ordinal }),
  };
}

/** The names of one thing say the same, however rare some of them are. */
function commonestOf(terms: readonly Term[]): number {
  return Math.min(...terms.filter(({ origin }) => origin === 'glossary').map(({ idf }) => idf));
}

/** A name rather than a common word: of the glossary, or letters that are no English word of the dictionary. */
function isNamed(piece: Piece, lexicon: Lexicon): boolean {
  if (lexicon.glossary.isTerm(keyOfPiece(piece))) return !isSingle(piece);
  if (piece.kind === 'cjk') return false;
  return isProper(piece, lexicon);
}

/** Letters that no dictionary knows as an English word, or that the glossary has as a name: a product, a person, a nonsense. */
function isProper(piece: Piece, lexicon: Lexicon): boolean {
  if (piece.kind !== 'cjk' && lexicon.glossary.isProper(keyOfPiece(piece))) return true;
  if (piece.kind !== 'word' || VERSION.test(piece.text) || fillers.isEnglish(piece.text, false)) return false;
  return lexicon.dictionary.toChinese(piece.words).length === 0;
}

function weightOf(piece: Piece, expansion: Expansion, typed: readonly Term[], view: View, asked: number): number {
  const none = view.idf(0);
  if (isSingle(piece)) return SINGLE_CHARACTER * (expansion.terms[0]?.idf ?? none);
  const digits = VERSION.test(piece.text) ? DIGITS : 1;
  // A word that is rare only in this language must not look precious: what it means is as common as its commonest name.
  const same = expansion.terms.filter(({ origin, weight }) => weight >= SAME && !FOLLOWING.has(origin));
  if (typed.length > 0) return digits * Math.min(...same.map(({ idf }) => idf));
  const unknown = none * (piece.kind === 'cjk' ? UNKNOWN_CJK : UNKNOWN) * (asked >= LONG ? UNKNOWN_IN_LONG : 1);
  const other = expansion.terms.filter(({ origin }) => !FOLLOWING.has(origin));
  const known = other.length > 0 ? Math.max(...other.map(({ idf }) => idf)) : unknown;
  return digits * Math.min(unknown, known);
}
