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
  const room = limit - bytesOf(ellipsis);
  if (room < 0) return '';
  // What is decoded ends before the first character that does not fit, or with the mark of a cut one.
  const fitting = Buffer.from(text.slice(0, limit))
    .toString('utf8', 0, room)
    .replace(/\ufffd+$/u, '').length;
  const cut = graphemes.segment(text.slice(0, limit)).containing(fitting)?.index ?? fitting;
  return `${text.slice(0, cut).trimEnd()}${ellipsis}`;
}

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** One way to write a part of a text; made when it is needed, which most are not. */
export type Form = () => string;

/**
 * Joins the parts of a text by line breaks within `limit` bytes. Each part comes in one or more forms, the
 * fullest first; while the text is too long, the part with the most forms left (the last of those) takes its
 * next form, and when all are at their barest the last part gives way to `…`. Parts are never cut: a tag stays whole.
 */
export function fitParts(parts: readonly (readonly Form[])[], limit: number): string {
  const left = parts
    .map(([fullest, ...barer]) => ({ text: fullest?.() ?? '', barer }))
    .filter(({ text }) => text !== '');
  // Each line with the break before it; the first has none.
  let size = left.reduce((sum, { text }) => sum + bytesOf(text) + 1, 0) - 1;
  let ending: string[] = [];
  while (size > limit && left.length > 0) {
    const most = left.reduce((count, { barer }) => Math.max(count, barer.length), 0);
    const chosen = left.findLast(({ barer }) => barer.length === most);
    const next = chosen?.barer.shift();
    if (chosen && next) {
      const before = bytesOf(chosen.text);
      chosen.text = next();
      size += bytesOf(chosen.text) - before;
      continue;
    }
    size -= bytesOf(left.pop()?.text ?? '') + 1;
    if (ending.length === 0) size += bytesOf('\n…');
    ending = ['…'];
  }
  const lines = [...left.map(({ text }) => text), ...ending];
  return size > limit ? '' : lines.join('\n');
}
