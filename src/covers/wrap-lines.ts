/** What may not begin a line, in Chinese and Japanese typesetting and in ours. */
const notFirst = /^[，。：；、！？）》」』”’】〉…·,.:;!?)\]}%]/u;
/** What may not end one. */
const notLast = /[（《「『“‘【〈([{]$/u;
/** Signs that hold names such as `BEIT-3` and `v1.2` together. */
const joinsBefore = /^[-_./+#&]/u;
const joinsBehind = /[-_./]$/u;

const words = new Intl.Segmenter('zh', { granularity: 'word' });
const characters = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/**
 * Breaks a title into lines no wider than `width`, between words where it can. What does not fit into
 * `mostLines` is cut, and the last line ends in `…`.
 *
 * @param measure The width of a text in the typeface that it will be drawn in.
 */
export function wrapLines(
  text: string,
  width: number,
  mostLines: number,
  measure: (text: string) => number,
): { readonly lines: readonly string[]; readonly cut: boolean } {
  const lines: string[] = [];
  let line = '';
  const rest = unitsOf(text, width, measure);
  for (let unit = rest.shift(); unit !== undefined; unit = rest.shift()) {
    if (measure(line + unit.trimEnd()) <= width) {
      line += line === '' ? unit.trimStart() : unit;
      continue;
    }
    if (lines.length === mostLines - 1) {
      lines.push(withEllipsis(line, width, measure));
      return { lines, cut: true };
    }
    lines.push(line.trimEnd());
    line = unit.trimStart();
  }
  return { lines: line.trim() === '' ? lines : [...lines, line.trimEnd()], cut: false };
}

/**
 * The same number of lines as `wrapLines` needs, but about equally long, so that no single word is left over
 * for the last one.
 */
export function balanceLines(
  text: string,
  width: number,
  mostLines: number,
  measure: (text: string) => number,
): ReturnType<typeof wrapLines> {
  const widest = wrapLines(text, width, mostLines, measure);
  if (widest.cut || widest.lines.length < 2) return widest;
  let best = widest;
  for (let narrow = width * 0.5, wide = width; wide - narrow > width * 0.02; ) {
    const middle = (narrow + wide) / 2;
    const tried = wrapLines(text, middle, widest.lines.length, measure);
    if (tried.cut) narrow = middle;
    else {
      best = tried;
      wide = middle;
    }
  }
  return best;
}

/** The pieces that stay whole: words with the marks that cling to them; a word wider than a line falls apart. */
function unitsOf(text: string, width: number, measure: (text: string) => number): string[] {
  const units: string[] = [];
  for (const { segment } of words.segment(text)) {
    const last = units.at(-1);
    if (last !== undefined && clings(last, segment)) units[units.length - 1] = last + segment;
    else units.push(segment);
  }
  return units.flatMap((unit) =>
    measure(unit) <= width ? [unit] : [...characters.segment(unit)].map(({ segment }) => segment),
  );
}

function clings(last: string, next: string): boolean {
  return notFirst.test(next) || notLast.test(last) || joinsBefore.test(next) || joinsBehind.test(last);
}

function withEllipsis(line: string, width: number, measure: (text: string) => number): string {
  const kept = [...characters.segment(line.trimEnd())].map(({ segment }) => segment);
  while (kept.length > 0 && measure(`${kept.join('')}…`) > width) kept.pop();
  return `${kept.join('').trimEnd()}…`;
}
