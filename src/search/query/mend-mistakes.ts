import type { View } from '../corpus/view.ts';
import { cjkPiece, type Draft } from './draft.ts';
import { mistakenTerms } from './expand-cjk.ts';
import type { Lexicon } from './lexicon.ts';
import { nameTerms } from './term.ts';

/** Pieces in Chinese that nothing explains, taken with their neighbours for a word that sounds or looks alike. */
export function mendMistakes(drafts: readonly Draft[], view: View, lexicon: Lexicon, text: string): Draft[] {
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
