import { createRequire } from 'node:module';
import { canvas, fontkit } from '../kernel/packages-on-demand.ts';

/** The families under which the typeface's weights are drawn with. */
export const regularFamily = 'Postbell Sans';
export const boldFamily = 'Postbell Sans Bold';

/** What the typeface can show. */
export interface Typeface {
  /** The text without what the typeface has no sign for, such as emoji: it would be drawn as boxes. */
  showable(text: string): string;
}

/** Loads the two weights that covers are drawn with: about 55 ms and 25 MB, once. */
export function loadTypeface(): Typeface {
  const { resolve } = createRequire(import.meta.url);
  const regular = resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf');
  const bold = resolve('@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf');
  const { GlobalFonts } = canvas();
  GlobalFonts.registerFromPath(regular, regularFamily);
  GlobalFonts.registerFromPath(bold, boldFamily);
  const font = fontkit().openSync(bold);
  const known = new Set('characterSet' in font ? font.characterSet : []);
  return {
    showable: (text) =>
      [...text.normalize('NFC')]
        .filter((character) => known.has(character.codePointAt(0) ?? 0))
        .join('')
        .replace(/\s+/g, ' ')
        // Where something was left out, its space is no longer needed.
        .replace(/ (?=[，。：；、！？）》」』”])/gu, '')
        .trim(),
  };
}
