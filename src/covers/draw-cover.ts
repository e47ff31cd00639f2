import type { SKRSContext2D } from '@napi-rs/canvas';
import { canvas as canvasPackage } from '../kernel/packages-on-demand.ts';
import { breakLines } from './break-lines.ts';
import { type CoverSize, coverSizes } from './cover-sizes.ts';
import { type Palette, paletteOf } from './palette.ts';
import { boldFamily, regularFamily, type Typeface } from './typeface.ts';

/** What is written on a cover. */
export interface CoverText {
  readonly title: string;
  /** The path of the category; may be empty. */
  readonly category: readonly string[];
}

/** Changes whenever covers are drawn otherwise, so that kept ones are drawn anew. */
export const drawingVersion = 3;

const jpegQuality = 88;
/** Of the height: the room around what is written, and the sizes of type. A small one stands beside its category. */
const marginShare = 0.12;
const labelShare = 0.066;
const shapes: Readonly<Record<CoverSize, Shape>> = {
  card: { title: { largest: 0.19, smallest: 0.078 }, labelled: true },
  wide: { title: { largest: 0.24, smallest: 0.098 }, labelled: true },
  small: { title: { largest: 0.24, smallest: 0.12 }, labelled: false },
  backdrop: { labelled: true },
  square: { labelled: false },
};
const mostLines = 4;

interface Shape {
  readonly title?: { readonly largest: number; readonly smallest: number };
  readonly labelled: boolean;
}

const leading = 1.26;
/** Marks whose ink stands in the right half of their square: at the beginning of a line they hang into the margin. */
const hangs = /^[《（「『【“‘〈]/u;
const hangShare = 0.45;

/**
 * Draws the cover of a post that has no picture, as a poster: its title, as large as it fits, on the colours of its
 * category, before the title's first letter as tall as the cover. A JPEG.
 */
export async function drawCover({ title, category }: CoverText, size: CoverSize, typeface: Typeface): Promise<Buffer> {
  const { width, height } = coverSizes[size];
  const canvas = canvasPackage().createCanvas(width, height);
  const context = canvas.getContext('2d');
  const shown = typeface.showable(title);
  // What is left of a title in another script, such as its brackets, says nothing: the category does.
  const text = lettersIn(shown) * 2 < lettersIn(title) ? '' : shown;
  const names = category.map(typeface.showable).filter((part) => part !== '');
  const label = shapes[size].labelled ? names : [];
  const palette = paletteOf(category[0] ?? title);
  const margin = Math.round(height * marginShare);

  drawGround(context, width, height, palette);
  drawSign(context, size, signOf(text) ?? signOf(names[0] ?? ''), palette);
  const labelSize = Math.round(height * labelShare);
  // Beside the middle, which clients cut out, nothing reaches into it.
  const room = shapes[size].title ? width - 2 * margin : (width - height) / 2 - margin;
  if (label.length > 0) drawLabel(context, label, { x: margin, y: margin, room, size: labelSize }, palette);
  const top = label.length > 0 ? margin + labelSize * 1.7 : margin;
  const box = { x: margin, y: top, width: width - 2 * margin, height: height - margin * 0.85 - top };
  if (shapes[size].title) drawTitle(context, text || (names.at(-1) ?? ''), box, size);
  return canvas.encode('jpeg', jpegQuality);
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function drawTitle(context: SKRSContext2D, text: string, box: Box, size: CoverSize): void {
  const { lines, fontSize } = fitTitle(context, text, box, size);
  const lineHeight = fontSize * leading;
  const first = box.y + (box.height - lineHeight * lines.length) / 2;
  context.font = `${fontSize}px "${boldFamily}"`;
  context.fillStyle = '#fff';
  context.textBaseline = 'middle';
  for (const [at, line] of lines.entries()) {
    const hang = hangs.test(line) ? fontSize * hangShare : 0;
    context.fillText(line, box.x - hang, first + lineHeight * (at + 0.5));
  }
}

/** Type may be smaller by so much for the sake of better places to break lines. */
const smoothest = 0.8;

interface Fit {
  readonly lines: readonly string[];
  readonly fontSize: number;
}

function lettersIn(text: string): number {
  return text.match(/[\p{Letter}\p{Number}]/gu)?.length ?? 0;
}

/** The largest type in which the title fits with no word torn, and with smooth breaks if that costs little. */
function fitTitle(context: SKRSContext2D, text: string, { width, height }: Box, size: CoverSize): Fit {
  const { largest = 0, smallest = 0 } = shapes[size].title ?? {};
  const measure = scaledMeasure(context);
  const whole = coverSizes[size].height;
  let torn: Fit | undefined;
  let rough: Fit | undefined;
  for (let fontSize = Math.round(whole * largest); ; fontSize -= 2) {
    const broken = breakLines(text, width, mostLines, (part) => measure(part) * fontSize);
    const fit = { lines: broken.lines, fontSize };
    if (!broken.cut && fontSize * leading * broken.lines.length <= height) {
      if (!broken.torn && !broken.rough) return fit;
      if (broken.torn) torn ??= fit;
      else rough ??= fit;
    }
    if (rough && fontSize < rough.fontSize * smoothest) return rough;
    if (fontSize <= whole * smallest) return rough ?? torn ?? fit;
  }
}

/** Widths at one pixel of type size: they grow with it evenly, and each piece is measured once. */
function scaledMeasure(context: SKRSContext2D): (text: string) => number {
  const known = new Map<string, number>();
  const reference = 100;
  context.font = `${reference}px "${boldFamily}"`;
  return (text) => {
    const width = known.get(text) ?? context.measureText(text).width / reference;
    known.set(text, width);
    return width;
  };
}

function drawGround(context: SKRSContext2D, width: number, height: number, { from, to }: Palette): void {
  const ground = context.createLinearGradient(0, 0, width * 0.9, height);
  ground.addColorStop(0, from);
  ground.addColorStop(1, to);
  context.fillStyle = ground;
  context.fillRect(0, 0, width, height);
}

/** The first letter of a text; that of one is a mere stroke. */
function signOf(text: string): string | undefined {
  return /(?!一)[\p{Letter}\p{Number}]/u.exec(text)?.[0].toUpperCase();
}

/** The first letter: behind a title, at the right and taller than the cover, else in the middle; rings where there is none. */
function drawSign(context: SKRSContext2D, size: CoverSize, sign: string | undefined, { accent }: Palette): void {
  const { width, height } = coverSizes[size];
  const behind = shapes[size].title !== undefined;
  context.save();
  context.fillStyle = accent;
  context.strokeStyle = accent;
  context.textBaseline = 'middle';
  if (sign === undefined) {
    const [x, y] = behind ? [0.82, 0.55] : [0.5, 0.5];
    context.globalAlpha = behind ? 0.11 : 0.3;
    context.lineWidth = height * 0.05;
    for (const radius of [0.25, 0.45, 0.65, 0.85]) {
      context.beginPath();
      context.arc(width * x, height * y, height * radius, 0, 2 * Math.PI);
      context.stroke();
    }
  } else if (behind) {
    context.globalAlpha = 0.11;
    context.textAlign = 'right';
    context.font = `${Math.round(height * 1.3)}px "${boldFamily}"`;
    context.fillText(sign, width + height * 0.08, height * 0.56);
  } else {
    context.textAlign = 'center';
    context.font = `${Math.round(height * 0.56)}px "${boldFamily}"`;
    context.fillText(sign, width / 2, height / 2);
  }
  context.restore();
}

/** A short bar and the names of the categories, the innermost whole if not all fit. */
function drawLabel(
  context: SKRSContext2D,
  names: readonly string[],
  { x, y, room, size }: { readonly x: number; readonly y: number; readonly room: number; readonly size: number },
  { accent }: Palette,
): void {
  const bar = size * 1.5;
  const gap = size * 0.6;
  context.fillStyle = accent;
  context.fillRect(x, y + size * 0.44, bar, Math.max(3, size * 0.12));
  context.font = `${size}px "${regularFamily}"`;
  context.textBaseline = 'middle';
  const measure = (part: string) => context.measureText(part).width;
  const left = room - bar - gap;
  const path = names.join(' / ');
  const [shown = ''] = breakLines(measure(path) <= left ? path : (names.at(-1) ?? ''), left, 1, measure).lines;
  context.fillText(shown, x + bar + gap, y + size * 0.5);
}
