/**
 * The shapes of covers, in pixels: of link previews everywhere, of WeCom's article cards, beside cards on our page, and of
 * WeChat's articles. WeChat writes titles itself: over the picture at the head of several articles, beside a square cut out of
 * its middle elsewhere. A backdrop and a square have no title, and a letter that stands in that middle.
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
