import type { Card } from '../../message/card.ts';
import type { Action, Message } from '../../message/message.ts';

/** The path of a picture that our own server has for a card without one; undefined where it has none. */
export type CoverPathOf = (card: Card, size: 'card' | 'small') => string | undefined;

/**
 * The message as the page gets it. The page sets text, never HTML, so that only urls can do harm:
 * whatever is not http(s) is taken away, and a card without its url keeps its title as plain text. One card
 * that stands alone has a large picture.
 */
export function render({ inApp: _, ...message }: Message, coverPathOf: CoverPathOf = () => undefined): Message {
  const size = message.cards.length === 1 ? 'card' : 'small';
  return {
    ...message,
    cards: message.cards.map((card) => withCover(withSafeUrls(card), coverPathOf, size)),
    actions: message.actions.map((row) => row.filter(isSafe)).filter((row) => row.length > 0),
  };
}

function withSafeUrls({ cover, ...card }: Card): Card {
  const safe = { ...card, url: isHttpUrl(card.url) ? card.url : '' };
  return cover !== undefined && isHttpUrl(cover) ? { ...safe, cover } : safe;
}

function withCover(card: Card, coverPathOf: CoverPathOf, size: 'card' | 'small'): Card {
  const path = card.cover === undefined ? coverPathOf(card, size) : undefined;
  return path === undefined ? card : { ...card, cover: path };
}

function isSafe(action: Action): boolean {
  return !('url' in action) || isHttpUrl(action.url);
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
