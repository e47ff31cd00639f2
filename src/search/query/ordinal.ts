import type { Piece } from './cut.ts';

const NUMERALS = '一二三四五六七八九十';
const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii'];
const COUNTED = '篇期章节讲部集课弹回';

const IN_TITLE: readonly RegExp[] = [
  new RegExp(`\\(\\s*(?:第)?([${NUMERALS}]{1,3}|\\d{1,3}|[ivx]{1,4})\\s*[${COUNTED}]?\\s*\\)`),
  new RegExp(`第\\s*([${NUMERALS}]{1,3}|\\d{1,3})\\s*[${COUNTED}]`),
  /\b(?:part|chapter|episode|lesson|vol\.?)\s*(\d{1,3}|[ivx]{1,4})\b/,
  /\p{Script=Han}\s?(\d{1,3})(?=[\s:,-]|$)/u,
  new RegExp(`[-—:\\s]([${NUMERALS}]{1,3})$`),
];
const IN_QUERY = new RegExp(`^(?:第)?([${NUMERALS}]{1,3}|\\d{1,3})[${COUNTED}]?$`);

/** The place in a series that a folded title states, as `（三）`, `串烧5：` or `Part II`. */
export function ordinalOfTitle(title: string): number | undefined {
  for (const pattern of IN_TITLE) {
    const found = pattern.exec(title)?.[1];
    if (found !== undefined) return numberOf(found);
  }
  return undefined;
}

/** The place that a piece of a folded query asks for: 三, 3, iii, 第五篇. `i`, `v` and `x` alone are words. */
export function ordinalOfPiece(piece: string): number | undefined {
  const found = IN_QUERY.exec(piece)?.[1];
  if (found !== undefined) return numberOf(found);
  return piece.length > 1 && ROMAN.includes(piece) ? numberOf(piece) : undefined;
}

const BEGINS = new RegExp(`^(?:第|[${NUMERALS}]|\\d)`);
/** 第, three numerals and what is counted, each cut off. */
const MOST_PIECES = 5;

/** The same pieces, but what together asks for a place, as 第|二十|三|篇, is one, where it stands for itself. */
export function joinOrdinals(pieces: readonly Piece[], text: string): readonly Piece[] {
  const joined: Piece[] = [];
  for (let at = 0; at < pieces.length; at++) {
    const first = pieces[at];
    if (!first) break;
    const last = BEGINS.test(first.text) ? lastOfOrdinal(pieces, at, text) : undefined;
    if (!last) {
      joined.push(first);
      continue;
    }
    const { start } = first;
    joined.push({ ...first, text: text.slice(start, last.end), end: last.end, kind: 'cjk', words: [], parts: [] });
    at = pieces.indexOf(last);
  }
  return joined;
}

function lastOfOrdinal(pieces: readonly Piece[], at: number, text: string): Piece | undefined {
  const first = pieces[at];
  if (!first || (!first.text.startsWith('第') && pieces[at - 1]?.end === first.start)) return undefined;
  for (let to = Math.min(at + MOST_PIECES, pieces.length) - 1; to > at; to--) {
    const last = pieces[to];
    // 三篇文章 are three, not the third.
    if (!last || pieces[to + 1]?.start === last.end) continue;
    if (IN_QUERY.test(text.slice(first.start, last.end))) return last;
  }
  return undefined;
}

function numberOf(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const roman = ROMAN.indexOf(text);
  if (roman >= 0) return roman + 1;
  if (!new RegExp(`^[${NUMERALS}]+$`).test(text)) return undefined;
  const [tens, ones] = text.includes('十') ? text.split('十') : ['', text];
  const digit = (character: string | undefined, empty: number) =>
    character === '' || character === undefined ? empty : NUMERALS.indexOf(character) + 1;
  return text.includes('十') ? digit(tens, 1) * 10 + digit(ones, 0) : digit(ones, 0);
}
