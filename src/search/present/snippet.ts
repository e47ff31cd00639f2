import type { Highlight } from '../search-index.ts';
import { isWordBorder } from './highlight.ts';
import type { Range } from './wanted-words.ts';

/** About two lines of a card. */
const LENGTH = 120;
const SENTENCE = /[^。！？!?；;\n]+[。！？!?；;\n]*|[。！？!?；;\n]+/gu;
const MOST_SENTENCES = 200;
/** How far back from the limit a border is looked for. */
const SLACK = 24;

/**
 * The part of a summary that answers best: the sentence with the most different highlights, the earliest of equals,
 * and what follows it while there is room. Cut at sentence borders, and within a long sentence at word borders.
 */
export function snippetOf(summary: string, highlights: readonly Highlight[]): Range {
  const marks = highlights.filter(({ field }) => field === 'summary');
  const sentences: Range[] = [];
  for (const found of summary.matchAll(SENTENCE)) {
    sentences.push({ start: found.index, end: found.index + found[0].length });
    if (sentences.length === MOST_SENTENCES) break;
  }
  let best = 0;
  let most = 0;
  for (const [at, sentence] of sentences.entries()) {
    const different = new Set(inside(marks, sentence).map(({ start, end }) => summary.slice(start, end).toLowerCase()));
    if (different.size > most) {
      best = at;
      most = different.size;
    }
  }
  const chosen = sentences[best];
  if (!chosen) return { start: 0, end: 0 };
  if (chosen.end - chosen.start > LENGTH) return trim(summary, windowOf(summary, chosen, inside(marks, chosen)));
  let end = chosen.end;
  for (const next of sentences.slice(best + 1)) {
    if (next.end - chosen.start > LENGTH) break;
    end = next.end;
  }
  return trim(summary, { start: chosen.start, end });
}

function inside(marks: readonly Highlight[], range: Range): Highlight[] {
  return marks.filter(({ start, end }) => start >= range.start && end <= range.end);
}

/** The window of a long sentence with the most highlights. */
function windowOf(summary: string, sentence: Range, marks: readonly Highlight[]): Range {
  let from = sentence.start;
  let most = -1;
  for (const mark of marks.slice(0, 20)) {
    const held = marks.filter(({ start, end }) => start >= mark.start && end <= mark.start + LENGTH).length;
    if (held > most) {
      most = held;
      from = mark.start;
    }
  }
  // A little of what leads up to it, and never less than a full window at the end.
  const latest = Math.max(sentence.start, sentence.end - LENGTH);
  const start = border(summary, Math.min(latest, Math.max(sentence.start, from - SLACK)), sentence.start, from);
  const end = Math.min(sentence.end, start + LENGTH);
  return { start, end: end === sentence.end ? end : borderBefore(summary, end, start) };
}

/** The first border at or after `at`, but not beyond `latest`: after a comma if there is one, else between words. */
function border(text: string, at: number, earliest: number, latest: number): number {
  if (at <= earliest) return earliest;
  for (let here = at; here < latest; here++) if (/[，、,:：]/.test(text[here - 1] ?? '')) return here;
  for (let here = at; here < latest; here++) if (isWordBorder(text, here)) return here;
  return latest;
}

function borderBefore(text: string, at: number, earliest: number): number {
  for (let here = at; here > at - SLACK && here > earliest; here--)
    if (/[，、,]/.test(text[here - 1] ?? '')) return here;
  for (let here = at; here > earliest; here--) {
    const code = text.charCodeAt(here);
    if (isWordBorder(text, here) && !(code >= 0xdc00 && code <= 0xdfff)) return here;
  }
  return at;
}

function trim(text: string, range: Range): Range {
  const cut = text.slice(range.start, range.end);
  const start = range.start + (cut.length - cut.trimStart().length);
  return { start, end: Math.max(start, range.end - (cut.length - cut.trimEnd().length)) };
}
