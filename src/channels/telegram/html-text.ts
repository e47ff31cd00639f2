/**
 * A text that Telegram takes as it stands: control characters and those that turn the writing direction become
 * spaces, halves of surrogate pairs the replacement character. Each UTF-16 unit keeps its place, so that ranges
 * into the text stay right.
 */
export function cleanText(text: string): string {
  let cleaned = '';
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code >= 0xd800 && code <= 0xdfff) cleaned += '\ufffd';
    else if ((code < 0x20 && char !== '\n') || (code >= 0x2028 && code <= 0x202e) || isIsolate(code)) cleaned += ' ';
    else cleaned += char;
  }
  return cleaned;
}

const isIsolate = (code: number) => code >= 0x2066 && code <= 0x2069;

/** Text for `parse_mode: HTML`, also within an attribute: these four are the only named entities it knows. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

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
