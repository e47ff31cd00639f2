/** What may not begin a line, in Chinese and Japanese typesetting and in ours. */
const notFirst = /^[，。：；、！？）》」』”’】〉…·～%‰℃°,.:;!?)\]}]/u;
/** What may not end one. */
const notLast = /[（《「『“‘【〈([{$¥￥#＃@]$/u;
/** Those of them that stay with their neighbour even over a blank, where `C#`, `$` and `.NET` are words. */
const opens = /[（《「『“‘【〈([{]\s+$/u;
const closes = /^[，。：；、！？）》」』”’】〉…]/u;
/** Signs that hold names such as `BEIT-3`, `v1.2` and `torch.compile()` together. */
const joinsBefore = /^[-_./+#&'’]/u;
const joinsBehind = /[-_./'’]$/u;
const callsFunction = /[\w.]$/;

const words = new Intl.Segmenter('zh', { granularity: 'word' });
const characters = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** A piece of a title that stays whole, and how badly a line break behind it reads: from 0 for none to notice. */
export interface Unit {
  readonly text: string;
  readonly breakCost: number;
}

/** The pieces of a title: words with the marks that cling to them. Only a word wider than a line is torn. */
export function unitsOf(
  text: string,
  width: number,
  measure: (text: string) => number,
): { readonly units: readonly Unit[]; readonly torn: boolean } {
  const whole: string[] = [];
  for (const { segment } of words.segment(text)) {
    const last = whole.at(-1);
    if (last !== undefined && clings(last, segment)) whole[whole.length - 1] = last + segment;
    else whole.push(segment);
  }
  const pieces = whole.flatMap((word) => (measure(word.trimEnd()) <= width ? [word] : tear(word, width, measure)));
  return {
    units: pieces.map((piece, at) => ({ text: piece, breakCost: costBehind(piece, pieces[at + 1] ?? '') })),
    torn: pieces.length > whole.length,
  };
}

function clings(last: string, next: string): boolean {
  if (/^\s+$/.test(next)) return true;
  if (/\s$/.test(last)) return opens.test(last) || closes.test(next);
  return (
    notFirst.test(next) ||
    notLast.test(last) ||
    joinsBefore.test(next) ||
    joinsBehind.test(last) ||
    (callsFunction.test(last) && /^[([{]/.test(next))
  );
}

/** An address falls apart at its slashes, any other long word where the line ends. */
function tear(word: string, width: number, measure: (text: string) => number): string[] {
  const parts = word.match(/[^-_./?&=]*[-_./?&=]+|[^-_./?&=]+/gu) ?? [word];
  return parts.flatMap((part) =>
    measure(part) <= width ? [part] : [...characters.segment(part)].map(({ segment }) => segment),
  );
}

/** Compared with the squared share of the line by which a line misses the ideal length. */
function costBehind(piece: string, next: string): number {
  if (/[。！？!?：:；;—…]['"”’」』）)]?\s*$/u.test(piece)) return 0;
  if (/[，,、）》」』】)|]\s*$/u.test(piece)) return 0.01;
  if (/[/&?=]$/.test(piece)) return 0.02;
  if (/[-_.]$/.test(piece)) return 0.15;
  // Chinese particles belong to what stands before them.
  if (/^[的地得了着过吗呢吧们]/u.test(next)) return 0.25;
  if (/\s$/.test(piece)) return 0.04;
  const oneBeside = isOneHan(piece) || isOneHan(next);
  // Single characters are what the segmenter makes of words that it does not know.
  return isOneHan(piece) && isOneHan(next) ? 0.3 : oneBeside ? 0.12 : 0.06;
}

function isOneHan(piece: string): boolean {
  return /^\p{Script=Han}[^\p{Letter}\p{Number}]*$/u.test(piece);
}
