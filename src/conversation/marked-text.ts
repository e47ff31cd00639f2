import type { MarkedText, TextRange } from '../message/card.ts';
import { withoutHidden } from './clean-text.ts';

/**
 * One part of a text as one tidy line (see `cleanLine`), with the marks that fall into it moved along.
 * Marks that overlap or touch become one. Behind a Chinese stop no space is needed.
 */
export function tidyPart(text: string, part: TextRange, marks: readonly TextRange[]): MarkedText {
  const places: number[] = [];
  let tidy = '';
  for (const character of text.slice(part.start, part.end)) {
    for (let unit = 0; unit < character.length; unit++) places.push(tidy.length);
    if (/\s/.test(character)) tidy += /(^| |[。，、；：！？])$/u.test(tidy.slice(-1)) ? '' : ' ';
    else tidy += withoutHidden(character);
  }
  tidy = tidy.trimEnd();

  const placeOf = (index: number) => Math.min(places[Math.max(index - part.start, 0)] ?? tidy.length, tidy.length);
  const moved = marks.map(({ start, end }) => ({ start: placeOf(start), end: placeOf(end) }));
  return { text: tidy, marks: union(moved) };
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
