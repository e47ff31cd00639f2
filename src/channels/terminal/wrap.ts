import stringWidth from 'string-width';
import type { TextRange } from '../../message/card.ts';

/** A piece that no line break may cut, with its place in the text; white space belongs to the piece before it. */
interface Piece {
  readonly start: number;
  end: number;
}

/**
 * Breaks one line of text into the ranges of lines that fit `width` columns. Breaks stand between words,
 * Chinese ones too; stops and closing brackets begin no line, opening brackets end none.
 */
export function wrap(text: string, width: number): TextRange[] {
  const columns = Math.max(width, 2);
  const lines: { start: number; end: number }[] = [];
  let used = 0;

  for (const piece of piecesOf(text)) {
    const wide = stringWidth(text.slice(piece.start, piece.end).trimEnd());
    const line = lines.at(-1);
    if (line && used + wide <= columns) {
      line.end = piece.end;
    } else {
      lines.push(...(wide <= columns ? [{ ...piece }] : chop(text, piece, columns)));
    }
    const last = lines.at(-1);
    used = last ? stringWidth(text.slice(last.start, last.end)) : 0;
  }
  return lines.map(({ start, end }) => ({ start, end: start + text.slice(start, end).trimEnd().length }));
}

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  for (const { segment, index } of new Intl.Segmenter('zh', { granularity: 'word' }).segment(text)) {
    const last = pieces.at(-1);
    const before = last ? text.slice(last.start, last.end) : '';
    if (last && staysWith(before, segment)) last.end = index + segment.length;
    else pieces.push({ start: index, end: index + segment.length });
  }
  return pieces;
}

function staysWith(before: string, segment: string): boolean {
  if (/^\s+$/.test(segment)) return true;
  if (/^\p{Punctuation}+$/u.test(before) || /[\p{Open_Punctuation}\p{Initial_Punctuation}]$/u.test(before)) return true;
  return (
    !/\s$/.test(before) &&
    /^[\p{Close_Punctuation}\p{Final_Punctuation}\p{Other_Punctuation}\p{Dash_Punctuation}]/u.test(segment)
  );
}

/** A piece wider than a line, cut between characters as people see them. */
function chop(text: string, piece: Piece, columns: number): { start: number; end: number }[] {
  const parts: { start: number; end: number }[] = [];
  let used = columns;
  const characters = new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(text.slice(piece.start, piece.end));
  for (const { segment, index } of characters) {
    const start = piece.start + index;
    const wide = stringWidth(segment);
    const part = parts.at(-1);
    if (part && used + wide <= columns) {
      part.end = start + segment.length;
      used += wide;
    } else {
      parts.push({ start, end: start + segment.length });
      used = wide;
    }
  }
  return parts;
}
