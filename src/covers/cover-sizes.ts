/**
 * The shapes of covers, in pixels: of link previews everywhere, of WeChat's article cards, and beside cards on our page. In a
 * message of several articles WeChat writes the first one's title over its picture and shows the others' in a square: a
 * backdrop and a square are drawn without the title.
 */
export const coverSizes = {
  card: { width: 1_200, height: 630 },
  wide: { width: 900, height: 383 },
  small: { width: 480, height: 252 },
  backdrop: { width: 900, height: 383 },
  square: { width: 300, height: 300 },
} as const;

export type CoverSize = keyof typeof coverSizes;

export function isCoverSize(text: string): text is CoverSize {
  return Object.hasOwn(coverSizes, text);
}
