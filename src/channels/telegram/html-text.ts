/**
 * A text that Telegram takes as it stands: control characters and those that turn the writing direction become
 * spaces, halves of surrogate pairs the replacement character. Each UTF-16 unit keeps its place, so that ranges
 * into the text stay right.
 */
export function cleanText(text: string): string {
  return text.replace(unwanted, (char) => {
    if (char === '\n') return char;
    return char >= '\ud800' && char <= '\udfff' ? '\ufffd' : ' ';
  });
}

const unwanted = /[\p{Control}\p{Surrogate}\u2028-\u202e\u2066-\u2069]/gu;

/** Such a text in one line, without white space at its ends. */
export function cleanLine(text: string): string {
  return cleanText(text).replaceAll('\n', ' ').trim();
}

/** Whether nothing of it shows: Telegram refuses a message of such a text, and drops such a button. */
export function isBlank(text: string): boolean {
  return /^[\s\p{Format}\u2800]*$/u.test(text);
}

/** Text for `parse_mode: HTML`, also within an attribute: these four are the only named entities it knows. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => names[char] ?? char);
}

const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** At most `length` UTF-16 units, cut between characters, with `…` where something is missing. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  if (length < 1) return '';
  const end = length - 1;
  const splitsPair = /[\ud800-\udbff]/.test(text.charAt(end - 1));
  return `${text.slice(0, splitsPair ? end - 1 : end).trimEnd()}…`;
}

/** The url in the form that Telegram opens; undefined for those whose link or button it drops or refuses. */
export function linkOf(url: string): string | undefined {
  if (url.length > 2000 || !URL.canParse(url)) return undefined;
  const { protocol, hostname, href } = new URL(url);
  const isWeb = protocol === 'http:' || protocol === 'https:';
  return isWeb && /[^.]\.[^.]/.test(hostname) ? href : undefined;
}
