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
