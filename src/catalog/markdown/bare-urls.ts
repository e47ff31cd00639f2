import type { Span } from './blocks.ts';

/**
 * A url in running text ends at white space, at brackets of every script and at the punctuation of Chinese and
 * Japanese, which stands right behind urls without a space.
 */
const bareUrl =
  /(?:https?:\/\/|(?<![\w.@/-])www\.(?=[\w-]+\.))[^\s<>"'`|\\^{}（）［］【】「」『』《》〈〉“”‘’，。；：！？、…]+/giu;

/**
 * Makes links of the bare urls in text spans. What stands behind `](` is none: it is the rest of a link that is not
 * closed, in a file that is half written or by a slip of the pen, and the address may be cut off.
 */
export function linkBareUrls(spans: readonly Span[]): readonly Span[] {
  if (!spans.some(hasBareUrl)) return spans;
  const [only] = spans;
  if (spans.length === 1 && only && hasBareUrl(only)) return splitText(only);
  return spans.flatMap((span) => (hasBareUrl(span) ? splitText(span) : [span]));
}

type TextSpan = Extract<Span, { kind: 'text' }>;

/** Whether the span is running text that may hold a bare url. */
export function hasBareUrl(span: Span): span is TextSpan {
  return span.kind === 'text' && !span.code && (span.text.includes('://') || span.text.includes('www.'));
}

function splitText(span: TextSpan): Span[] {
  const parts: Span[] = [];
  let at = 0;
  bareUrl.lastIndex = 0;
  for (let match = bareUrl.exec(span.text); match; match = bareUrl.exec(span.text)) {
    if (span.text.endsWith('](', match.index)) continue;
    const url = withoutClosingPunctuation(match[0]);
    if (match.index > at) parts.push({ ...span, text: span.text.slice(at, match.index) });
    parts.push({ kind: 'link', text: url, href: url, strong: span.strong });
    at = match.index + url.length;
  }
  if (at < span.text.length) parts.push({ ...span, text: span.text.slice(at) });
  return parts;
}

/** Full stops and the like belong to the sentence, and a closing bracket only to an opening one within the url. */
function withoutClosingPunctuation(url: string): string {
  if (/[\w/]$/.test(url)) return url;
  const surplus = { ')': count(url, ')') - count(url, '('), ']': count(url, ']') - count(url, '[') };
  let end = url.length;
  for (; end > 0; end -= 1) {
    const last = url[end - 1] ?? '';
    if (last === ')' || last === ']') {
      if (surplus[last] <= 0) break;
      surplus[last] -= 1;
    } else if (!/[.,;:!?*_~]/.test(last)) break;
  }
  return url.slice(0, end);
}

function count(text: string, character: string): number {
  let times = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) times += 1;
  return times;
}
