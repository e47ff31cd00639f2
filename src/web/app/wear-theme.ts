import type { ThemeColours } from './telegram.ts';

/** The page's colours and the ones of Telegram that take their place, the first that there is. */
const worn: Readonly<Record<string, readonly string[]>> = {
  '--paper': ['secondary_bg_color', 'bg_color'],
  '--panel': ['section_bg_color', 'bg_color'],
  '--ink': ['text_color'],
  '--muted': ['subtitle_text_color', 'hint_color'],
  '--brand': ['button_color'],
  '--on-brand': ['button_text_color'],
  '--brand-ink': ['accent_text_color', 'link_color'],
  '--brass': ['section_header_text_color', 'accent_text_color', 'link_color'],
  '--fault': ['destructive_text_color'],
};

/** Looks as the Telegram does that the page stands in, so that it does not seem to be somebody else's. */
export function wearTheme(theme: ThemeColours): void {
  const { style } = document.documentElement;
  for (const [name, sources] of Object.entries(worn)) {
    const colour = sources.map((source) => theme[source]).find((found) => found !== undefined);
    if (colour) style.setProperty(name, colour);
  }
  const { bg_color: ground, text_color: ink } = theme;
  if (!ground || !ink) return;
  const dark = brightness(ground) < 128;
  style.setProperty('color-scheme', dark ? 'dark' : 'light');
  style.setProperty('--line', theme.section_separator_color ?? `${ink}22`);
  style.setProperty('--wash', `${ink}0f`);
  // Of what answers a query the mark stays ours, by day or by night.
  style.setProperty('--mark', dark ? '#5d4a12' : '#ffe08a');
  style.setProperty('--on-mark', dark ? '#ffe9ab' : '#2e2200');
}

/** 0 to 255, as the eye weighs the colours. */
function brightness(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}
