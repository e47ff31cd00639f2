import type { Card, MarkedText } from '../../message/card.ts';
import type { Message } from '../../message/message.ts';
import { cleanLine, cleanText, cutText, escapeHtml, isBlank, linkOf } from './html-text.ts';
import { type Keyboard, type KeyboardParts, renderKeyboard } from './render-keyboard.ts';

/** A message as Telegram takes it. */
export interface Rendered {
  /** For `parse_mode: HTML`. */
  readonly html: string;
  /** The same words without markup, links after their titles. */
  readonly plain: string;
  readonly keyboard: Keyboard;
  readonly preview: Preview;
}

/** https://core.telegram.org/bots/api#linkpreviewoptions */
export type Preview =
  | { readonly is_disabled: true }
  | { readonly url: string; readonly prefer_large_media: true; readonly show_above_text: boolean };

/** https://core.telegram.org/bots/api#sendmessage: characters after parsing; the raw text has a limit in bytes. */
const longestText = 4096;
const longestRawBytes = 32_768;
const longestHref = 4000;
/** Not in the documentation: from about 100 on, entities are refused. Some room is left for those Telegram finds. */
const mostEntities = 90;

/** How much of a message is shown, in UTF-16 units and numbers. */
interface Room {
  readonly text: number;
  readonly snippet: number;
  readonly title: number;
  /** Marks within one card. */
  readonly marks: number;
  /** Whether cards say their category and date. */
  readonly places: boolean;
  readonly cards: number;
}

/** From all of it down to bare titles; the last one always fits. */
const rooms = [
  { text: 3900, snippet: 1000, title: 300, marks: 8, places: true, cards: 45 },
  { text: 3000, snippet: 1000, title: 300, marks: 8, places: true, cards: 45 },
  { text: 3000, snippet: 300, title: 200, marks: 8, places: true, cards: 45 },
  { text: 2000, snippet: 120, title: 200, marks: 4, places: true, cards: 45 },
  { text: 1000, snippet: 0, title: 120, marks: 0, places: true, cards: 45 },
  { text: 1000, snippet: 0, title: 80, marks: 0, places: false, cards: 85 },
  { text: 600, snippet: 0, title: 40, marks: 0, places: false, cards: 85 },
  { text: 600, snippet: 0, title: 60, marks: 0, places: false, cards: 6 },
] as const satisfies readonly Room[];

/** Absolute address of a card's picture; undefined where there is none. */
export type CoverOf = (card: Card) => string | undefined;

/** What a message is shaped with. */
export interface RenderParts extends KeyboardParts {
  /** Of cards that bring no picture along. */
  readonly coverOf?: CoverOf | undefined;
}

/**
 * Shapes a message for Telegram; pure. Whatever is in it, the result is one that Telegram takes: escaped, within
 * the limits of length, bytes, entities and buttons, and never empty. What does not fit is cut with `…`.
 */
export function render(message: Message, parts: RenderParts): Rendered {
  const { html, plain } = writeToFit(message);
  return {
    html,
    plain: cutText(plain, longestText),
    keyboard: renderKeyboard(message, parts),
    preview: previewOf(message.cards, parts),
  };
}

/** All cards with less about each are better than fewer cards. */
function writeToFit(message: Message): Written {
  const whole = rooms.filter(({ cards }) => cards >= message.cards.length);
  for (const room of [...whole, ...rooms]) {
    const written = write(message, room);
    if (isTaken(written)) return written;
  }
  return write({ ...message, cards: [] }, rooms[0]);
}

function isTaken({ html, length, entities }: Written): boolean {
  return length <= longestText && entities <= mostEntities && Buffer.byteLength(html) <= longestRawBytes;
}

/** Some text in both forms, with what Telegram counts of it. */
interface Written {
  readonly html: string;
  readonly plain: string;
  /** UTF-16 units after parsing. */
  readonly length: number;
  readonly entities: number;
}

const nothing: Written = { html: '', plain: '', length: 0, entities: 0 };

function write({ text, cards, firstRank, footer }: Message, room: Room): Written {
  const shown = cards.slice(0, Math.min(cards.length, room.cards));
  // Each card has a link and a line in italics; the marks share what is left.
  const marks = Math.min(room.marks, Math.floor(mostEntities / Math.max(shown.length, 1)) - 2);
  const left = cards.length - shown.length;
  const blocks = [
    words(text, room.text),
    ...shown.map((card, at) => writeCard(card, firstRank === undefined ? '' : `${firstRank + at}. `, room, marks)),
    words(left > 0 ? `… +${left}` : '', 20),
    words(footer ?? '', 500),
  ].filter(({ length }) => length > 0);
  const joined = join(blocks, room.snippet === 0 ? '\n' : '\n\n');
  return isBlank(joined.plain) ? words('…', 1) : joined;
}

function writeCard({ title, url, category, snippet, date }: Card, rank: string, room: Room, marks: number): Written {
  const cleaned = oneLine(title);
  const shownTitle = isBlank(cleaned.text) ? { text: cleanLine(url), marks: [] } : cleaned;
  const place = [category.map((part) => cleanLine(part)).join(' › '), cleanLine(date ?? '')].filter(
    (part) => part !== '',
  );
  const heading = link(writeMarked(shownTitle, room.title, Math.ceil(marks / 2)), url);
  return join(
    [
      join([words(rank, 12), heading], ''),
      room.places ? italic(words(place.join(' · '), 160)) : nothing,
      writeMarked(oneLine(snippet), room.snippet, Math.floor(marks / 2)),
    ].filter(({ plain }) => !isBlank(plain)),
    '\n',
  );
}

function words(text: string, longest: number): Written {
  const plain = cutText(cleanText(text), longest);
  return { html: escapeHtml(plain), plain, length: plain.length, entities: 0 };
}

function writeMarked({ text, marks }: MarkedText, longest: number, mostMarks: number): Written {
  const plain = cutText(text, longest);
  const kept = marks
    .map(({ start, end }) => ({ start: Math.max(start, 0), end: Math.min(end, plain.length) }))
    .filter(({ start, end }) => start < end)
    .slice(0, Math.max(mostMarks, 0));
  let html = '';
  let at = 0;
  let entities = 0;
  for (const { start, end } of kept) {
    if (start < at || splitsPair(plain, start) || splitsPair(plain, end)) continue;
    html += `${escapeHtml(plain.slice(at, start))}<b>${escapeHtml(plain.slice(start, end))}</b>`;
    at = end;
    entities += 1;
  }
  return { html: html + escapeHtml(plain.slice(at)), plain, length: plain.length, entities };
}

const splitsPair = (text: string, at: number) =>
  /[\ud800-\udbff]/.test(text.charAt(at - 1)) && /[\udc00-\udfff]/.test(text.charAt(at));

function link(text: Written, url: string): Written {
  const target = linkOf(cleanText(url));
  const href = escapeHtml(target ?? '');
  if (target === undefined || href.length > longestHref) return text;
  return {
    html: `<a href="${href}">${text.html}</a>`,
    plain: `${text.plain} ${target}`,
    length: text.length,
    entities: text.entities + 1,
  };
}

function italic(text: Written): Written {
  return text.length === 0 ? nothing : { ...text, html: `<i>${text.html}</i>`, entities: text.entities + 1 };
}

function join(parts: readonly Written[], separator: string): Written {
  const gaps = Math.max(parts.length - 1, 0) * separator.length;
  return {
    html: parts.map(({ html }) => html).join(separator),
    plain: parts.map(({ plain }) => plain).join(separator),
    length: parts.reduce((sum, { length }) => sum + length, gaps),
    entities: parts.reduce((sum, { entities }) => sum + entities, 0),
  };
}

/** White space of any kind becomes one sign wide, so that ranges stay right. */
function oneLine({ text, marks }: MarkedText): MarkedText {
  return { text: cleanText(text).replaceAll('\n', ' '), marks };
}

/** A single card shows its picture large above the text, or below it the preview that Telegram makes of its article. */
function previewOf(cards: readonly Card[], parts: RenderParts): Preview {
  const [card, ...others] = cards;
  if (!card || others.length > 0) return { is_disabled: true };
  const cover = coverLink(card, parts);
  const url = cover ?? linkOf(card.url);
  if (url === undefined) return { is_disabled: true };
  return { url, prefer_large_media: true, show_above_text: cover !== undefined };
}

/** The address of a card's picture in a form that Telegram takes. */
export function coverLink(card: Card, { coverOf }: Pick<RenderParts, 'coverOf'>): string | undefined {
  const cover = card.cover ?? coverOf?.(card);
  return cover === undefined ? undefined : linkOf(cover);
}
