import type { Highlight } from '../search-index.ts';
import { isWordCode } from '../text/char-class.ts';
import type { Range } from './wanted-words.ts';

/** About two lines of a card. */
const LENGTH = 120;
const SENTENCE = /[^。！？!?；;\n]+[。！？!?；;\n]*|[。！？!?；;\n]+/gu;
/** How far from where a window would begin or end a pause is looked for. */
const SLACK = 24;
const PAUSE = /^([，、：]|[,:]\s)/;

/**
 * The part of a summary that answers best: the sentence with the most different highlights, the earliest of equals,
 * and what follows it while there is room. Cut at sentence borders, and within a long sentence at word borders.
 */
export function snippetOf(summary: string, highlights: readonly Highlight[]): Range {
  const marks = highlights.filter(({ field }) => field === 'summary');
  const sentences = Array.from(summary.matchAll(SENTENCE), ({ index, 0: { length } }) => {
    return { start: index, end: index + length };
  });
  let chosen = sentences[0] ?? { start: 0, end: 0 };
  let most = 0;
  for (const sentence of sentences) {
    const words = inside(marks, sentence).map(({ start, end }) => summary.slice(start, end).toLowerCase());
    const different = new Set(words).size;
    if (different <= most) continue;
    chosen = sentence;
    most = different;
  }
  const { start, end } = chosen;
  if (end - start > LENGTH) return trimmed(summary, windowOf(summary, chosen, inside(marks, chosen)));
  const last = sentences.findLast((sentence) => sentence.end <= start + LENGTH) ?? chosen;
  return trimmed(summary, { start, end: last.end });
}

function inside(marks: readonly Highlight[], range: Range): Highlight[] {
  return marks.filter(({ start, end }) => start >= range.start && end <= range.end);
}

/** The window of a long sentence with the most highlights, the earliest of equals. */
function windowOf(summary: string, sentence: Range, marks: readonly Highlight[]): Range {
  let from = sentence.start;
  let most = 0;
  for (const { start } of marks) {
    const held = inside(marks, { start, end: start + LENGTH }).length;
    if (held <= most) continue;
    from = start;
    most = held;
  }
  const start = beginning(summary, sentence, from);
  return { start, end: ending(summary, sentence, start) };
}

/** A little of what leads up to `from`, and never so late that less than a window is left. */
function beginning(text: string, sentence: Range, from: number): number {
  const earliest = Math.min(from - SLACK, sentence.end - LENGTH);
  if (earliest <= sentence.start) return sentence.start;
  const places = Array.from({ length: from - earliest }, (_, at) => earliest + at);
  const pause = places.slice(0, SLACK).find((at) => isAfterPause(text, at));
  return pause ?? places.find((at) => isBorder(text, at)) ?? from;
}

function ending(text: string, sentence: Range, start: number): number {
  const latest = start + LENGTH;
  if (sentence.end <= latest) return sentence.end;
  const places = Array.from({ length: LENGTH }, (_, at) => latest - at);
  const pause = places.slice(0, SLACK).find((at) => isAfterPause(text, at));
  return pause ?? places.find((at) => isBorder(text, at)) ?? latest;
}

function isAfterPause(text: string, at: number): boolean {
  return PAUSE.test(text.slice(at - 1, at + 1));
}

/** Neither within a word of letters nor between the halves of a character. */
function isBorder(text: string, at: number): boolean {
  if (/[\uDC00-\uDFFF]/.test(text.charAt(at))) return false;
  return !(isWordCode(text.charCodeAt(at - 1)) && isWordCode(text.charCodeAt(at)));
}

function trimmed(text: string, { start, end }: Range): Range {
  const cut = text.slice(start, end);
  const first = start + cut.length - cut.trimStart().length;
  return { start: first, end: first + cut.trim().length };
}
