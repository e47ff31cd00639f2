import type { Piece } from './cut.ts';
import { keyOfPiece } from './expand-word.ts';
import { fillers } from './fillers.ts';
import type { Lexicon } from './lexicon.ts';
import { ordinalOfPiece } from './ordinal.ts';
import type { Unit } from './unit.ts';

type Role = Unit['role'];

const SHORT = 3;

/** In few words, and beside Chinese, an English filler may be the thing itself. */
export function isBrief(pieces: readonly Piece[]): boolean {
  return pieces.length <= SHORT || pieces.some((piece) => piece.kind === 'cjk');
}

/** Fillers are asked of no post, unless the query is made of nothing else. */
export function rolesOf(pieces: readonly Piece[], brief: boolean, lexicon: Lexicon): Role[] {
  const roles = pieces.map((piece, at): Role => {
    if (pieces.length > 1 && at > 0 && ordinalOfPiece(piece.text) !== undefined) return 'ordinal';
    if (piece.kind === 'cjk') return isChineseFiller(piece.text, lexicon) ? 'filler' : 'asked';
    if (isWhereToStart(pieces, at)) return 'filler';
    if (piece.kind === 'mixed' || lexicon.glossary.has(keyOfPiece(piece))) {
      return piece.kind === 'word' && fillers.isEnglish(piece.text, brief) ? 'filler' : 'asked';
    }
    return piece.words.every((word) => fillers.isEnglish(word, brief)) ? 'filler' : 'asked';
  });
  return roles.includes('asked') ? roles : roles.map(() => 'asked');
}

/** Nor is the kind of article asked of a post, beside a matter. */
export function asideKinds(roles: readonly Role[], pieces: readonly Piece[]): readonly Role[] {
  const isKind = (at: number) => roles[at] === 'asked' && fillers.isKindOfArticle(pieces[at]?.text ?? '');
  if (!roles.some((role, at) => role === 'asked' && !isKind(at))) return roles;
  return roles.map((role, at) => (isKind(at) ? 'filler' : role));
}

/** The `start` of `get started with` and `where should I start`, not that of `start a server`. */
function isWhereToStart(pieces: readonly Piece[], at: number): boolean {
  const textAt = (place: number) => pieces[place]?.text ?? '';
  const start = /^start(?:ed|ing)?( with| learning)?$/.exec(textAt(at));
  if (!start) return false;
  return start[1] !== undefined || /^get(ting)?$/.test(textAt(at - 1)) || /^(with|learning)$/.test(textAt(at + 1));
}

/** A filler, or several that the segmenter took for one word, as 你是. */
function isChineseFiller(piece: string, { dictionary, glossary }: Lexicon): boolean {
  if (fillers.isChinese(piece)) return true;
  if (piece.length > 3 || !Array.from(piece).every((character) => fillers.isChinese(character))) return false;
  return !glossary.has(piece) && dictionary.toEnglish(piece).length === 0;
}
