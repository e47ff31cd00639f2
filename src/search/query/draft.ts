import type { Piece } from './cut.ts';
import type { Expansion } from './expand-word.ts';
import type { Unit } from './unit.ts';

/** A piece of a query on its way to become a unit. */
export interface Draft {
  readonly piece: Piece;
  readonly role: Unit['role'];
  readonly ordinal: number | undefined;
  /** A word of a compound that was not found: by itself it names nothing. */
  readonly split?: boolean;
  readonly expansion: Expansion;
}

/** A piece in Chinese that stands for what was typed. */
export function cjkPiece(text: string, like: Piece | undefined): Piece {
  return { text, start: like?.start ?? 0, end: like?.end ?? 0, kind: 'cjk', words: [], parts: [], known: true };
}
