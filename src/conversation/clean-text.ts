/** More than this of one text is never looked at, whatever its length: the work per message stays bounded. */
const longestLookedAt = 4_000;

/**
 * Control characters, invisible and direction-turning ones, halves of surrogate pairs. Joiners stay: emoji
 * and some scripts are spelt with them.
 */
const hidden = /(?![\u200c\u200d])[\p{Control}\p{Format}\p{Surrogate}\p{Noncharacter_Code_Point}]/gu;

/** Nearly all texts hold nothing but these, which is told much faster than what a character is. */
const shown = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u4e00-\u9fff\u3000-\u303f\uff01-\uffe6“”‘’…—·]*$/;

export function withoutHidden(text: string): string {
  return shown.test(text) ? text : text.replace(hidden, '');
}

/** Text of others as one tidy line: nothing hidden in it, each run of white space one space; empty if nothing shows. */
export function cleanLine(text: string): string {
  const line = withoutHidden(text.slice(0, longestLookedAt).replace(/\s+/g, ' ')).replace(/ {2,}/g, ' ').trim();
  return /[^\s\u200c\u200d]/.test(line) ? line : '';
}

/** Text of others with its lines kept, each of them tidy; no empty line at the ends, and never two together. */
export function cleanLines(text: string): string {
  const lines = text.slice(0, longestLookedAt).split(/\r?\n/).map(cleanLine);
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** The first `limit` characters (code points), the last of them `…` if something was cut away. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const characters = [...text.slice(0, 2 * limit + 2)];
  if (characters.length <= limit) return text;
  const kept = characters.slice(0, limit - 1).join('');
  return `${kept.trimEnd()}…`;
}

/** For comparing what people type with names: width, case and white space do not matter. */
export function fold(text: string): string {
  return cleanLine(text).normalize('NFKC').toLowerCase();
}
