import type { Fold } from './fold.ts';

/** A folded text that knows where each of its positions stood in the text it was made from. */
export interface FoldMap {
  readonly cased: string;
  readonly lower: string;
  /** The range of the original that a range of the folded text was made from. */
  original(start: number, end: number): { readonly start: number; readonly end: number };
}

const CLUSTER = /\P{M}\p{M}*|\p{M}+/gu;
const ALIGN_LIMIT = 400;

/**
 * Folds a text and remembers where everything came from. Costs more than folding, so it is for what is shown, not
 * for what is indexed.
 */
export function mapFold(text: string, fold: Fold): FoldMap {
  const { cased, lower } = fold(text);
  // Most texts are as they are folded, but for capitals. Of a rare character both halves have one place.
  if (!/[\uD800-\uDFFF]/.test(text) && (cased === text || (lower.length === text.length && !/\p{M}/u.test(text))))
    return { cased, lower, original: (start, end) => ({ start, end }) };
  const pieces = Array.from(text.matchAll(CLUSTER), (found) => ({
    start: found.index,
    end: found.index + found[0].length,
    text: fold(found[0]).lower,
  }));
  const starts: number[] = [];
  const ends: number[] = [];
  for (const piece of pieces) {
    for (let at = 0; at < piece.text.length; at++) {
      starts.push(piece.start);
      ends.push(piece.end);
    }
  }
  // Conversion by phrases may change the length: 記憶體 becomes 内存.
  const places = starts.length === lower.length ? undefined : align(lower, pieces.map((piece) => piece.text).join(''));
  const placeOf = (at: number) => (places ? (places[at] ?? starts.length - 1) : at);
  return {
    cased,
    lower,
    original: (start, end) => {
      const first = starts[placeOf(start)] ?? 0;
      const last = ends[placeOf(Math.max(start, end - 1))] ?? text.length;
      // What was put in place of a longer phrase stands for all of it, up to where the next character came from.
      const next = places && end < lower.length ? (starts[placeOf(end)] ?? text.length) : last;
      return { start: first, end: Math.max(last, places && end < lower.length ? next : last) };
    },
  };
}

/**
 * For each position of `to` the position of `from` that it was made from: what both have in common, in order, holds
 * them together, and what lies between is spread evenly.
 */
function align(to: string, from: string): number[] {
  const anchors = to.length > ALIGN_LIMIT || from.length > ALIGN_LIMIT ? [] : commonPlaces(to, from);
  const places: number[] = [];
  let last = { to: -1, from: -1 };
  for (const next of [...anchors, { to: to.length, from: from.length }]) {
    const share = (next.from - last.from - 1) / Math.max(1, next.to - last.to - 1);
    for (let at = last.to + 1; at < next.to; at++) {
      const place = last.from + 1 + Math.floor((at - last.to - 1) * share);
      places.push(Math.min(place, Math.max(0, from.length - 1)));
    }
    if (next.to < to.length) places.push(next.from);
    last = next;
  }
  return places;
}

/** The places of a longest common subsequence. */
function commonPlaces(to: string, from: string): { to: number; from: number }[] {
  const width = from.length + 1;
  const common = new Uint16Array((to.length + 1) * width);
  for (let i = to.length - 1; i >= 0; i--) {
    for (let j = from.length - 1; j >= 0; j--) {
      const skip = Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
      common[i * width + j] = to[i] === from[j] ? Math.max(skip, (common[(i + 1) * width + j + 1] ?? 0) + 1) : skip;
    }
  }
  const places: { to: number; from: number }[] = [];
  for (let i = 0, j = 0; i < to.length && j < from.length; ) {
    if (to[i] === from[j] && common[i * width + j] === (common[(i + 1) * width + j + 1] ?? 0) + 1) {
      places.push({ to: i++, from: j++ });
    } else if ((common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0)) i++;
    else j++;
  }
  return places;
}
