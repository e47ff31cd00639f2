import { createHash } from 'node:crypto';

/** The colours of one cover, as CSS. */
export interface Palette {
  /** Where the light falls, top left. */
  readonly from: string;
  readonly to: string;
  /** Of the category's name, and of the sign behind the title. */
  readonly accent: string;
}

/** Far enough apart to be told at a glance; white stands out on each `from` by 4.5 : 1 and more, `accent` by 4.5 : 1. */
export const palettes: readonly Palette[] = [
  { from: '#1f4fd8', to: '#0b1a63', accent: '#b9dcff' },
  { from: '#4b3fd1', to: '#1b1466', accent: '#dcd2ff' },
  { from: '#7127d6', to: '#2a0a5e', accent: '#f3ccff' },
  { from: '#a3186b', to: '#470a3c', accent: '#ffd0e8' },
  { from: '#bd1f3d', to: '#4d0620', accent: '#ffd3d6' },
  { from: '#b0400e', to: '#551505', accent: '#ffe0b8' },
  { from: '#87550a', to: '#3c2006', accent: '#ffe9a8' },
  { from: '#48670f', to: '#1a2c06', accent: '#e4f9b0' },
  { from: '#067647', to: '#033826', accent: '#b8f7d4' },
  { from: '#0d7377', to: '#06303f', accent: '#b2f5ee' },
  { from: '#0c6c96', to: '#092c4d', accent: '#bfeaff' },
  { from: '#46536b', to: '#151c2c', accent: '#dbe4f7' },
];

/** The same category always gets the same colours, so that a reader knows it by them. */
export function paletteOf(category: string): Palette {
  const digest = createHash('sha256').update(category).digest();
  const [first] = palettes;
  const chosen = palettes[digest.readUInt32BE(0) % palettes.length] ?? first;
  if (!chosen) throw new Error('there is no palette');
  return chosen;
}
