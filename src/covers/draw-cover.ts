import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { type CoverSize, coverSizes } from './cover-sizes.ts';
import { paletteOf } from './palette.ts';
import { boldFamily, regularFamily, type Typeface } from './typeface.ts';
import { balanceLines, wrapLines } from './wrap-lines.ts';

/** What is written on a cover. */
export interface CoverText {
  readonly title: string;
  /** The path of the category; may be empty. */
  readonly category: readonly string[];
}

/** Changes whenever covers are drawn otherwise, so that kept ones are drawn anew. */
export const drawingVersion = 1;

const jpegQuality = 85;
const mostLines = 3;

/** Draws the cover of a post that has no picture: its title on the colours of its category. A JPEG. */
export async function drawCover({ title, category }: CoverText, size: CoverSize, typeface: Typeface): Promise<Buffer> {
  const { width, height } = coverSizes[size];
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  drawGround(context, width, height, category[0] ?? title);

  const margin = Math.round(height * 0.13);
  const room = width - 2 * margin;
  const label = typeface.showable(category.at(-1) ?? '');
  const labelSize = Math.round(height * 0.062);
  const labelBottom = label === '' ? margin : margin + labelSize * 1.9;
  if (label !== '') drawLabel(context, label, { x: margin, y: margin, room, size: labelSize });

  const text = typeface.showable(title);
  const titleRoom = height - margin - labelBottom - labelSize;
  const { lines, fontSize } = fitTitle(context, text, room, titleRoom, height);
  context.fillStyle = '#fff';
  context.textBaseline = 'middle';
  const lineHeight = fontSize * 1.32;
  const top = labelBottom + labelSize * 0.9 + (titleRoom - lineHeight * lines.length) / 2;
  for (const [at, line] of lines.entries()) context.fillText(line, margin, top + lineHeight * (at + 0.5));

  return canvas.encode('jpeg', jpegQuality);
}

/** The largest type in which the title fits into three lines; a title too long even for the smallest is cut. */
function fitTitle(context: SKRSContext2D, text: string, width: number, room: number, height: number) {
  const largest = Math.round(height * 0.15);
  const smallest = Math.round(height * 0.085);
  for (let fontSize = largest; ; fontSize -= 2) {
    context.font = `${fontSize}px "${boldFamily}"`;
    const { lines, cut } = balanceLines(text, width, mostLines, (part) => context.measureText(part).width);
    if ((!cut && fontSize * 1.32 * lines.length <= room) || fontSize <= smallest) return { lines, fontSize };
  }
}

function drawGround(context: SKRSContext2D, width: number, height: number, name: string): void {
  const { from, to, accent } = paletteOf(name);
  const ground = context.createLinearGradient(0, 0, width, height);
  ground.addColorStop(0, from);
  ground.addColorStop(1, to);
  context.fillStyle = ground;
  context.fillRect(0, 0, width, height);

  context.globalAlpha = 0.1;
  context.strokeStyle = accent;
  context.lineWidth = height * 0.035;
  for (const radius of [0.32, 0.52, 0.72, 0.92]) {
    context.beginPath();
    context.arc(width, height, height * radius, 0, 2 * Math.PI);
    context.stroke();
  }
  context.globalAlpha = 1;
  context.fillStyle = accent;
  context.fillRect(0, 0, Math.round(height * 0.022), height);
}

function drawLabel(
  context: SKRSContext2D,
  label: string,
  { x, y, room, size }: { readonly x: number; readonly y: number; readonly room: number; readonly size: number },
): void {
  context.font = `${size}px "${regularFamily}"`;
  const padding = size * 0.7;
  const measure = (part: string) => context.measureText(part).width;
  const [shown = ''] = wrapLines(label, room - 2 * padding, 1, measure).lines;
  context.fillStyle = 'rgba(255, 255, 255, 0.16)';
  context.beginPath();
  context.roundRect(x, y, measure(shown) + 2 * padding, size * 1.9, size * 0.95);
  context.fill();
  context.fillStyle = '#fff';
  context.textBaseline = 'middle';
  context.fillText(shown, x + padding, y + size * 0.95);
}
