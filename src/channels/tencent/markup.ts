import { bytesOf } from './byte-budget.ts';
import { withoutControls } from './xml.ts';

/** In a text a longer address leaves no room for anything else; its card is opened by its number. */
const longestInText = 500;
/** Where an address has a field of its own: WeCom's limit; WeChat names none. */
export const longestAddress = 2_048;

/**
 * Text of others within a text message, where `<a href>` is read as a link and no escape is known: angle
 * brackets become their full-width twins, so that nothing of a title can be taken for a tag.
 */
export function escapeText(text: string): string {
  return withoutControls(text).replaceAll('<', '＜').replaceAll('>', '＞');
}

/**
 * A link, or the label alone where the address is none that can be linked. `label` is not escaped yet; one in
 * which nothing shows is replaced by the site's name.
 */
export function link(label: string, url: string): string {
  const href = hrefOf(url);
  const shown = escapeText(label);
  if (href === undefined) return shown;
  return `<a href="${href}">${shown.trim() === '' ? new URL(href).host : shown}</a>`;
}

/**
 * The address as it may stand within `href="…"`: http(s), with quotes, brackets and spaces percent-encoded
 * and every `&` left alone, since WeChat does not read `&amp;`. Undefined for any other address.
 *
 * @param longest Bytes.
 */
export function hrefOf(url: string, longest: number = longestInText): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  const safe = href.replace(/["<> ]/g, encodeURIComponent);
  return /^https?:$/.test(protocol) && bytesOf(safe) <= longest ? safe : undefined;
}

/** A link that sends `words` as the reader's own message when it is tapped; undefined where the words do not fit into one. */
export function sendingLink(label: string, words: string): string | undefined {
  const isPlain = /^[\p{Letter}\p{Number} ·_-]{1,60}$/u.test(words);
  if (!isPlain || escapeText(label).trim() === '') return undefined;
  return `<a href="weixin://bizmsgmenu?msgmenucontent=${words}&msgmenuid=1">${escapeText(label)}</a>`;
}
