import type { Term } from '../query/term.ts';
import { isCjk, isWordCode } from '../text/char-class.ts';

const MOST = 8;

/** How often a term stands in a text that is known to hold it; beyond eight it makes no difference. */
export function frequencyOf(term: Term, text: string): number {
  const whole = term.literal || isCjk(term.text);
  let found = 0;
  let at = text.indexOf(term.text);
  while (at >= 0 && found < MOST) {
    const end = at + term.text.length;
    if (whole || isWhole(text, at, end)) found++;
    at = text.indexOf(term.text, end);
  }
  return Math.max(1, found);
}

/** Whether no letter or digit touches the range. */
export function isWhole(text: string, start: number, end: number): boolean {
  return (
    !(start > 0 && isWordCode(text.charCodeAt(start - 1))) && !(end < text.length && isWordCode(text.charCodeAt(end)))
  );
}
