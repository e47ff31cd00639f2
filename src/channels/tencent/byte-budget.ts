/** The platforms count bytes of UTF-8, and show an answer that is too long as a fault. */
export function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

/**
 * The longest beginning of a text that fits into `limit` bytes, with `…` as its last character where
 * something was cut away. Cuts between what people see as characters: never inside an emoji or a letter
 * with its marks.
 */
export function cutToBytes(text: string, limit: number): string {
  if (bytesOf(text) <= limit) return text;
  const ellipsis = '…';
  let room = limit - bytesOf(ellipsis);
  let kept = '';
  // Of a text without end no more is looked at than can fit.
  for (const { segment } of graphemes.segment(text.slice(0, limit))) {
    room -= bytesOf(segment);
    if (room < 0) break;
    kept += segment;
  }
  return limit < bytesOf(ellipsis) ? '' : `${kept.trimEnd()}${ellipsis}`;
}

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/**
 * Joins the parts of a text by line breaks within `limit` bytes. Each part comes in one or more forms, the
 * fullest first; while the text is too long, the part with the most forms left (the last of those) takes its
 * next form, and when all are at their barest the last part gives way to `…`. Parts are never cut: a tag stays whole.
 */
export function fitParts(parts: readonly (readonly string[])[], limit: number): string {
  const left = parts.map((forms) => [...forms]).filter((forms) => forms[0] !== '');
  const rest: string[] = [];
  const joined = () => [...left.map(([form]) => form), ...rest].join('\n');
  while (bytesOf(joined()) > limit) {
    const most = Math.max(...left.map((forms) => forms.length));
    if (most > 1) left[left.findLastIndex((forms) => forms.length === most)]?.shift();
    else if (left.pop()) rest[0] = '…';
    else rest.pop();
  }
  return joined();
}
