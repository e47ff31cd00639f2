import { createSimplify } from './traditional.ts';

/** Text in the one form in which all comparing is done. */
export interface FoldedText {
  /** Compatibility forms resolved (NFKC), traditional characters simplified; case kept, for camel-case words. */
  readonly cased: string;
  /** The same in lower case, position by position. */
  readonly lower: string;
}

export type Fold = (text: string) => FoldedText;

export function createFold(): Fold {
  const simplify = createSimplify();
  return (text) => {
    const cased = simplify(isPlain(text) ? text : withHanSurrogatesOnly(text.normalize('NFKC')));
    return { cased, lower: lowerCase(cased) };
  };
}

const LONE_OR_NOT_HAN = /\p{Surrogate}|(?!\p{Script=Han})[\u{10000}-\u{10ffff}]/gu;

/**
 * Folded text is read unit by unit, and a surrogate in it is half of a rare Han character. Of all else beyond the
 * first plane, such as emoji, the second half moves to where no script is: place and identity are kept.
 */
function withHanSurrogatesOnly(text: string): string {
  return text.replace(LONE_OR_NOT_HAN, (found) =>
    found.length === 1 ? '\ufffd' : found.charAt(0) + String.fromCharCode(found.charCodeAt(1) + 0x400),
  );
}

/** Lower case that keeps every position: a character whose lower case is longer stays as it is. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower === text ? text : lower;
  return Array.from(text, (each) => (each.toLowerCase().length === each.length ? each.toLowerCase() : each)).join('');
}

/** ASCII and common Han characters have no compatibility forms. */
function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0x7e && (code < 0x4e00 || code > 0x9fff)) return false;
  }
  return true;
}
