/**
 * Takes unwanted characters off the end of a text, in one pass: the obvious `/[…]+$/` takes quadratic time on a
 * long run of them within the text.
 *
 * @param unwanted matches one character
 */
export function trimEnd(text: string, unwanted: RegExp): string {
  let end = text.length;
  while (end > 0 && unwanted.test(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end);
}
