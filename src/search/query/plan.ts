import type { View } from '../corpus/view.ts';
import { compactOf, keyOfText } from '../text/key.ts';
import { pairsOf } from '../text/tokens.ts';
import { cut, isSingle, type Knowledge, type Piece } from './cut.ts';
import { expandCjk, expandMixed, mistakenTerms } from './expand-cjk.ts';
import { type Expansion, expandWords, keyOfPiece } from './expand-word.ts';
import { fillers } from './fillers.ts';
import type { Lexicon } from './lexicon.ts';
import { ordinalOfPiece } from './ordinal.ts';
import { readPinyin } from './pinyin.ts';
import { nameTerms, type Term } from './term.ts';
import type { Unit } from './unit.ts';

/** A query made ready to be ranked: what it asks for, and how that can be found. */
export interface Plan {
  /** The words of the query, folded. */
  readonly text: string;
  /** The same as a key; see `keyOf`. */
  readonly key: string;
  /** The same without spaces and punctuation. */
  readonly compact: string;
  readonly units: readonly Unit[];
  /** Tokens that a reader typed, fillers too. */
  readonly tokens: number;
  /** A unit in letters that nothing in the catalog or the tables explains. */
  readonly unknownName: boolean;
}

const MOST_UNITS = 24;
const SHORT = 3;
/** Names and short words beside an expensive one: a unit of which nothing is known still asks to be covered. */
const UNKNOWN = 0.85;
const UNKNOWN_CJK = 0.66;
const UNKNOWN_IN_LONG = 0.6;
const LONG = 4;
const SINGLE_CHARACTER = 0.25;
const DIGITS = 0.25;
const VERSION = /^v?\d+$/;
const SAME = 0.78;
/** Origins that may not make a unit weigh more than what was typed. */
const FOLLOWING: ReadonlySet<string> = new Set(['dictionary', 'prefix', 'compound', 'part']);

interface Draft {
  readonly piece: Piece;
  readonly role: Unit['role'];
  readonly ordinal: number | undefined;
  expansion: Expansion;
}

/** Cuts the query and looks up each piece. Work is bounded by `QUERY_LIMIT`, whatever the text. */
export function planQuery(text: string, view: View, lexicon: Lexicon): Plan {
  const folded = lexicon.fold(text);
  const pieces = cut(folded, knowledgeOf(view, lexicon)).slice(0, MOST_UNITS * 2);
  const roles = rolesOf(pieces);
  let drafts: Draft[] = pieces.map((piece, at) => ({
    piece,
    role: roles[at] ?? 'asked',
    ordinal: roles[at] === 'ordinal' ? ordinalOfPiece(piece.text) : undefined,
    expansion: expand(piece, roles[at] ?? 'asked', view, lexicon, at === pieces.length - 1),
  }));
  drafts = drafts.flatMap((draft) => splitUnfound(draft, view, lexicon));
  drafts = readAsPinyin(drafts, view, lexicon);
  drafts = mendMistakes(drafts, view, lexicon, folded.lower);
  const asked = drafts.filter(({ role }) => role === 'asked').length;
  const head = drafts.findLast(({ role }) => role === 'asked');
  // Of two English words the last is the thing, the first says of what kind.
  const units = drafts.slice(0, MOST_UNITS).map((draft) => unitOf(draft, view, lexicon, asked, draft === head));
  return {
    text: folded.lower.trim(),
    key: keyOfText(folded),
    compact: compactOf(folded.lower),
    units,
    tokens: pieces.length,
    unknownName: units.some((unit) => unit.role === 'asked' && unit.proper && unit.terms.length === 0),
  };
}

function knowledgeOf(view: View, lexicon: Lexicon): Knowledge {
  return {
    isName: (key) => lexicon.glossary.has(key),
    isCjkWord: (word) => view.vocabulary.hasCjk(word) && holds(view, word),
    isFiller: (piece) => fillers.isChinese(piece),
    isPhrase: (words) => words.every((word) => /^[a-z]/.test(word)) && lexicon.dictionary.toChinese(words).length > 0,
    isWord: (word) => view.vocabulary.hasWord(word) && view.find(word).length > 0,
    isPlainFiller: (word) => fillers.isEnglish(word, true),
    stands: (piece) => pairsOf(piece).every((pair) => view.find(pair).length > 0),
    isJoin: (token) => view.find(token).length > 0,
    segment: lexicon.segment,
  };
}

/** Whether the snapshot still holds the word: its first pair is proof enough for cutting. */
function holds(view: View, word: string): boolean {
  return view.find(word.slice(0, 2)).length > 0;
}

function expand(piece: Piece, role: Unit['role'], view: View, lexicon: Lexicon, last: boolean): Expansion {
  if (role !== 'asked') return { terms: nameTerms(view, piece.text, 1, 'typed'), parts: [] };
  if (piece.kind === 'cjk') return expandCjk(piece, view, lexicon);
  if (piece.kind === 'mixed') return expandMixed(piece, view, lexicon);
  return expandWords(piece, view, lexicon, last);
}

/** A compound or phrase that nothing in the catalog answers is looked for by the words that it is made of. */
function splitUnfound(draft: Draft, view: View, lexicon: Lexicon): Draft[] {
  const { piece, role, expansion } = draft;
  const composite = piece.kind === 'cjk' ? piece.text.length > 3 : piece.kind !== 'word';
  if (role !== 'asked' || !composite || expansion.terms.length > 0) return [draft];
  const whole = keyOfPiece(piece);
  const knowledge = knowledgeOf(view, lexicon);
  const within: Knowledge = {
    ...knowledge,
    isName: (key) => key !== whole && knowledge.isName(key),
    isPhrase: (words) => words.length < piece.words.length && knowledge.isPhrase(words),
    isCjkWord: (word) =>
      word !== piece.text && (knowledge.isCjkWord(word) || lexicon.dictionary.toEnglish(word).length > 0),
    segment: (run) => (run === piece.text ? Array.from(run) : knowledge.segment(run)),
  };
  const pieces = cut({ cased: piece.text, lower: piece.text }, within);
  // A piece of one character says too little: what is left of 区块链 is not what was asked.
  if (pieces.length < 2 || pieces.some((each) => isSingle(each) && !fillers.isChinese(each.text))) return [draft];
  const roles = rolesOf(pieces);
  const found = pieces.map((each, at): Draft => {
    const moved = { ...each, start: each.start + piece.start, end: each.end + piece.start };
    const as = roles[at] === 'ordinal' ? 'asked' : (roles[at] ?? 'asked');
    return { piece: moved, role: as, ordinal: undefined, expansion: expand(moved, as, view, lexicon, false) };
  });
  return found.some((each) => each.role === 'asked' && each.expansion.terms.length > 0) ? found : [draft];
}

/** Fillers are asked of no post, unless the query is made of nothing else. */
function rolesOf(pieces: readonly Piece[]): Unit['role'][] {
  const chinese = pieces.some((piece) => piece.kind === 'cjk');
  const short = pieces.length <= SHORT || chinese;
  const roles = pieces.map((piece, at): Unit['role'] => {
    if (pieces.length > 1 && at > 0 && ordinalOfPiece(piece.text) !== undefined) return 'ordinal';
    if (piece.kind === 'cjk') return fillers.isChinese(piece.text) ? 'filler' : 'asked';
    if (piece.kind !== 'word') return 'asked';
    return fillers.isEnglish(piece.text, short) ? 'filler' : 'asked';
  });
  return roles.includes('asked') ? roles : roles.map(() => 'asked');
}

/** Rows of words in letters that nothing explains, read as pinyin. */
function readAsPinyin(drafts: readonly Draft[], view: View, lexicon: Lexicon): Draft[] {
  const found: Draft[] = [];
  for (let at = 0; at < drafts.length; ) {
    let end = at;
    while (end < drafts.length && isPinyinLike(drafts[end])) end++;
    const row = drafts.slice(at, end);
    const letters = row.map(({ piece }) => piece.text).join('');
    const strange = row.some(({ expansion }) => !isSure(expansion));
    if (row.length === 0 || !strange || letters.length < 3) {
      const first = drafts[at];
      if (first) found.push(first);
      at++;
      continue;
    }
    lexicon.sounds.learn(view.vocabulary.cjkWords);
    const reading = readPinyin(letters, view, lexicon.sounds) ?? initialsOf(row, view, lexicon);
    if (reading) {
      for (const terms of reading.parts) found.push(asPinyin(row[0], withEquals(terms, view, lexicon)));
    } else found.push(...row);
    at = end;
  }
  return found;
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

/** What was read, and its other names. */
function withEquals(terms: readonly Term[], view: View, lexicon: Lexicon): Term[] {
  const equals = terms.flatMap((term) =>
    lexicon.glossary
      .equalsOf(term.text)
      .flatMap(({ text, weight }) => nameTerms(view, text, term.weight * weight, 'pinyin')),
  );
  return [...terms, ...equals];
}

function asPinyin(draft: Draft | undefined, terms: readonly Term[]): Draft {
  const text = terms[0]?.text ?? '';
  const piece = draft ? cjkPiece(text, draft.piece) : cjkPiece(text, undefined);
  return { piece, role: 'asked', ordinal: undefined, expansion: { terms, parts: [] } };
}

function cjkPiece(text: string, like: Piece | undefined): Piece {
  return { text, start: like?.start ?? 0, end: like?.end ?? 0, kind: 'cjk', words: [], parts: [], known: true };
}

/** Pieces in Chinese that nothing explains, taken with their neighbours for a word that sounds or looks alike. */
function mendMistakes(drafts: readonly Draft[], view: View, lexicon: Lexicon, text: string): Draft[] {
  if (!drafts.some(isStrange)) return [...drafts];
  const found: Draft[] = [];
  for (let at = 0; at < drafts.length; ) {
    const mended = mendFrom(drafts, at, view, lexicon, text);
    const first = drafts[at];
    if (mended) {
      found.push(mended.draft);
      at = mended.end;
    } else {
      if (first) found.push(first);
      at++;
    }
  }
  return found;
}

function mendFrom(drafts: readonly Draft[], at: number, view: View, lexicon: Lexicon, text: string) {
  for (let end = Math.min(drafts.length, at + 4); end > at; end--) {
    const row = drafts.slice(at, end);
    const first = row[0]?.piece;
    const last = row.at(-1)?.piece;
    if (!first || !last || !row.some(isStrange) || row.some(({ piece }) => piece.kind !== 'cjk')) continue;
    // The row must hang together, and what surrounds a strange piece is only drawn in, never lost.
    if (row.some(({ piece }, place) => place > 0 && piece.start !== row[place - 1]?.piece.end)) continue;
    const word = text.slice(first.start, last.end);
    if (word.length < 2 || word.length > 6) continue;
    const typed = nameTerms(view, word, 1, 'typed');
    const terms = typed.length > 0 ? typed : mistakenTerms(word, view, lexicon);
    if (terms.length === 0) continue;
    const piece = { ...cjkPiece(word, first), end: last.end };
    return { draft: { piece, role: 'asked' as const, ordinal: undefined, expansion: { terms, parts: [] } }, end };
  }
  return undefined;
}

function isStrange(draft: Draft): boolean {
  if (draft.piece.kind !== 'cjk' || draft.role === 'ordinal') return false;
  return draft.role === 'asked' && !draft.piece.known;
}

function unitOf(draft: Draft, view: View, lexicon: Lexicon, asked: number, isHead: boolean): Unit {
  const { piece, role, ordinal, expansion } = draft;
  const latin = piece.kind !== 'cjk';
  const typed = expansion.terms.filter(({ origin }) => origin === 'typed' || origin === 'stem');
  const weight = role === 'asked' ? weightOf(piece, expansion, typed, view, asked) : 0;
  const cap = typed.length > 0 ? weight : Number.POSITIVE_INFINITY;
  return {
    text: piece.text,
    role,
    terms: expansion.terms.map((term) => (FOLLOWING.has(term.origin) && term.idf > cap ? { ...term, idf: cap } : term)),
    parts: expansion.parts,
    weight,
    unknown: typed.length === 0,
    named: isNamed(piece, lexicon),
    head: isHead && asked === 2 && latin,
    latin,
    proper: isProper(piece, lexicon),
    ...(ordinal === undefined ? {} : { ordinal }),
  };
}

/** A name rather than a common word: of the glossary, or letters that are no English word of the dictionary. */
function isNamed(piece: Piece, lexicon: Lexicon): boolean {
  if (piece.kind === 'cjk') return lexicon.glossary.has(piece.text);
  if (lexicon.glossary.has(keyOfPiece(piece))) return true;
  return isProper(piece, lexicon);
}

/** Letters that no dictionary knows as an English word: a product, a person, a nonsense. */
function isProper(piece: Piece, lexicon: Lexicon): boolean {
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
