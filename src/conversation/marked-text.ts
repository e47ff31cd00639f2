import type { MarkedText, TextRange } from '../message/card.ts';
import { withoutHidden } from './clean-text.ts';

/** White space other than single spaces between words; behind a Chinese stop none is needed. */
const unevenSpace = /\s{2}|[^\S ]|[。，、；：！？]\s|^\s|\s$/u;

/**
 * One part of a text as one tidy line (see `cleanLine`), with the marks that fall into it moved along.
 * Marks that overlap or touch become one.
 */
export function tidyPart(text: string, part: TextRange, marks: readonly TextRange[]): MarkedText {
  const raw = text.slice(part.start, part.end);
  const isTidy = !unevenSpace.test(raw) && withoutHidden(raw) === raw;
  const placed = isTidy ? { text: raw, placeOf: (index: number) => index } : tidied(raw);
  const length = placed.text.length;
  const placeOf = (index: number) => Math.min(placed.placeOf(Math.max(index - part.start, 0)), length);
  const moved = marks.map(({ start, end }) => ({ start: placeOf(start), end: placeOf(end) }));
  return { text: placed.text, marks: union(moved) };
}

/** The tidy line, and where a place of the raw text lies in it. */
function tidied(raw: string): { readonly text: string; readonly placeOf: (index: number) => number } {
  const places: number[] = [];
  let tidy = '';
  for (const character of raw) {
    for (let unit = 0; unit < character.length; unit++) places.push(tidy.length);
    if (/\s/.test(character)) tidy += /(^| |[。，、；：！？])$/u.test(tidy.slice(-1)) ? '' : ' ';
    else tidy += withoutHidden(character);
  }
  return { text: tidy.trimEnd(), placeOf: (index) => places[index] ?? tidy.length };
}

/** Puts `…` where something was cut off before or behind. */
export function withEllipses({ text, marks }: MarkedText, before: boolean, behind: boolean): MarkedText {
  const shift = before ? 1 : 0;
  return {
    text: `${before ? '…' : ''}${text}${behind ? '…' : ''}`,
    marks: marks.map(({ start, end }) => ({ start: start + shift, end: end + shift })),
  };
}

function union(marks: readonly TextRange[]): TextRange[] {
  const united: { start: number; end: number }[] = [];
  for (const { start, end } of marks.toSorted((one, other) => one.start - other.start)) {
    const last = united.at(-1);
    if (start >= end) continue;
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else united.push({ start, end });
  }
  return united;
}
