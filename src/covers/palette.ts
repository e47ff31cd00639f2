import { createHash } from 'node:crypto';

/** The colours of one cover, as CSS. */
export interface Palette {
  readonly from: string;
  readonly to: string;
  readonly accent: string;
}

/** Hues that white type stands out on, in degrees; the muddy ones between yellow and green are left out. */
const hues = [208, 226, 248, 268, 292, 322, 346, 8, 24, 158, 174, 190];

/** The same category always gets the same colours, so that a reader knows it by them. */
export function paletteOf(category: string): Palette {
  const digest = createHash('sha256').update(category).digest();
  const hue = hues[digest.readUInt32BE(0) % hues.length] ?? 208;
  return {
    from: `hsl(${hue} 62% 30%)`,
    to: `hsl(${(hue + 28) % 360} 58% 17%)`,
    accent: `hsl(${(hue + 14) % 360} 88% 76%)`,
  };
}
