import type { Say } from '../../conversation/phrases/phrases.ts';
import type { Message } from '../../message/message.ts';
import type { InboxItem } from '../../subscribers/inbox.ts';
import { bytesOf, cutToBytes, fitParts } from '../tencent/byte-budget.ts';
import { escapeText, link } from '../tencent/markup.ts';
import { articlesOf, type CoverOf } from '../tencent/render-news.ts';
import { renderText, type TextOptions } from '../tencent/render-text.ts';
import type { Reply } from '../tencent/reply.ts';

/**
 * Bytes of a text, markup included. WeChat names no limit for answers; 1,884 and 2,048 bytes have been seen
 * to fail (silenceper/wechat#673, dodgepudding/wechat-php-sdk#363).
 */
export const textLimit = 1_800;
/** Of articles in answer to an event; to a message it is one (a rule of October 2018). */
const mostArticles = 8;
/** Bytes that kept announcements may take of an answer. */
const keptLimit = 700;
const keptTitle = 150;
const keptLine = 400;

export interface RenderOptions extends Pick<TextOptions, 'say' | 'wordsOf' | 'sendingLinks'> {
  readonly coverOf: CoverOf;
}

/** Announcements that wait for their reader, as much of them as one answer brings along. */
export interface Kept {
  readonly text: string;
  /** The number of the last one that the text tells of. */
  readonly heard: number;
}

/** How many articles an answer may be: none, where words must be said. */
export type Pictures = 'none' | 'one' | 'several';

/**
 * One answer; `pictures` says how many articles it may be. A single card becomes a picture message, as do several
 * where WeChat shows several: in answer to a tap or a scan. With kept announcements, which need words, it is a text.
 */
export function renderAnswer(
  message: Message,
  { pictures, kept, ...options }: RenderOptions & { readonly pictures: Pictures; readonly kept?: Kept | undefined },
): Reply {
  const { cards, page } = message;
  const only = cards.length === 1 && (page?.count ?? 1) === 1;
  if (!kept && cards.length > 0 && (pictures === 'several' || (pictures === 'one' && only))) {
    return { kind: 'news', articles: articlesOf(message, options.coverOf, mostArticles) };
  }
  const limit = textLimit - (kept ? bytesOf(kept.text) + 2 : 0);
  const answer = renderText(message, { ...options, limit, remembered: true });
  return { kind: 'text', content: [answer, kept?.text].filter(Boolean).join('\n\n') };
}

/** An announcement that is pushed: one article, or a text with all of a digest. */
export function renderAnnouncement(message: Message, options: RenderOptions): Reply {
  if (message.cards.length === 1) return { kind: 'news', articles: articlesOf(message, options.coverOf) };
  return { kind: 'text', content: renderText(message, { ...options, limit: textLimit, remembered: false }) };
}

/** A late answer as one push: where WeChat would take the first of several articles only, a text with all of them. */
export function renderLate(reply: Reply): Reply {
  if (reply.kind !== 'news' || reply.articles.length < 2) return reply;
  const lines = reply.articles.map(({ title, url }, at) => {
    const named = () => `${at + 1}. ${escapeText(title)}`;
    return url === undefined ? [named] : [() => `${at + 1}. ${link(title, url)}`, named];
  });
  return { kind: 'text', content: fitParts(lines, textLimit) };
}

/**
 * What was kept, oldest first: how many posts, then their titles, as many announcements as fit; what does not
 * fit waits for the next answer. Undefined where nothing was kept.
 *
 * @param items In the order of their numbers.
 */
export function renderKept(items: readonly InboxItem<Message>[], say: Say): Kept | undefined {
  const [first] = items;
  if (!first) return undefined;
  const posts = (some: readonly InboxItem<Message>[]) => some.reduce((sum, { message }) => sum + postsIn(message), 0);
  const heading = posts(items) > 0 ? say('chat-kept', { count: posts(items) }) : say('chat-late');
  const textOfFirst = (count: number) => {
    const shown = items.slice(0, count);
    const rest = posts(items.slice(count));
    const lines = [heading, ...shown.flatMap(linesOf), ...(rest > 0 ? [say('chat-kept-more', { count: rest })] : [])];
    return lines.join('\n');
  };
  let count = 1;
  while (count < items.length && bytesOf(textOfFirst(count + 1)) <= keptLimit) count += 1;
  const heard = items[count - 1]?.number ?? first.number;
  const text = textOfFirst(count);
  if (bytesOf(text) <= keptLimit) return { text, heard };
  // A digest larger than the room for it alone: its first titles, each whole, and how many there are.
  return { text: largeDigest(first, heading), heard };
}

/** News has no ranks; an answer that came too late has, and is no news. */
function postsIn({ cards, firstRank }: Message): number {
  return firstRank === undefined ? Math.max(cards.length, 1) : 0;
}

function linesOf({ message }: InboxItem<Message>): string[] {
  if (message.cards.length === 0) return [`· ${escapeText(cutToBytes(message.text, 3 * keptTitle))}`];
  return message.cards.map(({ title, url }) => {
    const shown = cutToBytes(title.text, keptTitle);
    const linked = link(shown, url);
    return `· ${bytesOf(linked) <= keptLine ? linked : escapeText(shown)}`;
  });
}

function largeDigest(item: InboxItem<Message>, heading: string): string {
  const lines = [heading];
  const all = linesOf(item);
  const room = keptLimit - bytesOf('\n…');
  for (const line of all) {
    if (bytesOf([...lines, line].join('\n')) > room) break;
    lines.push(line);
  }
  return [...lines, '…'].join('\n');
}
