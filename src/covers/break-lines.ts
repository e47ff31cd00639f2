import { type Unit, unitsOf } from './title-units.ts';

/** A title in lines. */
export interface BrokenLines {
  readonly lines: readonly string[];
  /** It did not fit and ends in `…`. */
  readonly cut: boolean;
  /** A word had to be parted. */
  readonly torn: boolean;
  /** A line ends where a reader may stumble, such as within what may be one Chinese word. */
  readonly rough: boolean;
}

/** Breaks that cost as much are rough. */
const roughCost = 0.25;

const characters = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/**
 * Breaks a title into as few lines as `width` allows, and places the breaks where they read best: behind marks rather
 * than within a sentence, hardly ever within what may be one Chinese word, and so that the lines are about equally long
 * and no word is left over for the last one.
 *
 * @param measure The width of a piece in the typeface that it will be drawn in.
 */
export function breakLines(
  text: string,
  width: number,
  mostLines: number,
  measure: (text: string) => number,
): BrokenLines {
  const { units, torn } = unitsOf(text, width, measure);
  const widths = units.map(({ text: piece }) => measure(piece));
  const tight = units.map(({ text: piece }, at) => (/\s$/.test(piece) ? measure(piece.trimEnd()) : (widths[at] ?? 0)));
  const fewest = fill(units, widths, tight, width).length;
  if (fewest > mostLines) return { ...cutShort(units, widths, tight, width, mostLines, measure), torn, rough: false };
  const starts = bestStarts(units, widths, tight, width, fewest);
  const rough = starts.slice(1).some((start) => (units[start - 1]?.breakCost ?? 0) >= roughCost);
  return { lines: linesFrom(units, starts), cut: false, torn, rough };
}

/** Where each line begins if every line takes what it can. */
function fill(units: readonly Unit[], widths: readonly number[], tight: readonly number[], width: number): number[] {
  const starts: number[] = [];
  let taken = 0;
  for (const [at] of units.entries()) {
    if (at === 0 || taken + (tight[at] ?? 0) > width) {
      starts.push(at);
      taken = 0;
    }
    taken += widths[at] ?? 0;
  }
  return starts;
}

/** The starts of exactly `count` lines that cost least, found from the end backwards. */
function bestStarts(
  units: readonly Unit[],
  widths: readonly number[],
  tight: readonly number[],
  width: number,
  count: number,
): number[] {
  const total = widths.reduce((sum, one) => sum + one, 0);
  const ideal = Math.min(width, total / Math.max(count, 1));
  interface Plan {
    readonly cost: number;
    readonly starts: readonly number[];
  }
  const none: Plan = { cost: Number.POSITIVE_INFINITY, starts: [] };
  /** The best plan for what begins at a unit, in so many lines. */
  let plans: Plan[] = units.map(() => none);
  plans.push({ cost: 0, starts: [] });
  for (let lines = 1; lines <= count; lines++) {
    const longer: Plan[] = [...units.map(() => none), none];
    for (const [start] of units.entries()) {
      let before = 0;
      for (let end = start; end < units.length; end++) {
        const size = before + (tight[end] ?? 0);
        if (size > width) break;
        before += widths[end] ?? 0;
        const rest = plans[end + 1] ?? none;
        const uneven = ((size - ideal) / width) ** 2;
        const cost = rest.cost + uneven + (end + 1 < units.length ? (units[end]?.breakCost ?? 0) : 0);
        if (cost < (longer[start]?.cost ?? 0)) longer[start] = { cost, starts: [start, ...rest.starts] };
      }
    }
    plans = longer;
  }
  return [...(plans[0]?.starts ?? [])];
}

function linesFrom(units: readonly Unit[], starts: readonly number[]): string[] {
  return starts.map((start, at) => textOf(units.slice(start, starts[at + 1])));
}

function textOf(units: readonly Unit[]): string {
  return units
    .map(({ text }) => text)
    .join('')
    .trim();
}

function cutShort(
  units: readonly Unit[],
  widths: readonly number[],
  tight: readonly number[],
  width: number,
  mostLines: number,
  measure: (text: string) => number,
): { lines: readonly string[]; cut: true } {
  const starts = fill(units, widths, tight, width).slice(0, mostLines + 1);
  const lines = linesFrom(units, starts).slice(0, mostLines);
  const last = [...characters.segment(lines.at(-1) ?? '')].map(({ segment }) => segment);
  while (last.length > 0 && measure(`${last.join('')}…`) > width) last.pop();
  const ending = last.join('').replace(/[\s，、：；,:;（(《“—-]+$/u, '');
  return { lines: [...lines.slice(0, -1), `${ending}…`], cut: true };
}
