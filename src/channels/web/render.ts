import type { Card } from '../../message/card.ts';
import type { Action, Message } from '../../message/message.ts';

/**
 * The message as the page gets it. The page sets text, never HTML, so that only urls can do harm:
 * whatever is not http(s) is taken away, and a card without its url keeps its title as plain text.
 */
export function render(message: Message): Message {
  return {
    ...message,
    cards: message.cards.map(withSafeUrls),
    actions: message.actions.map((row) => row.filter(isSafe)).filter((row) => row.length > 0),
  };
}

function withSafeUrls({ cover, ...card }: Card): Card {
  const safe = { ...card, url: isHttpUrl(card.url) ? card.url : '' };
  return cover !== undefined && isHttpUrl(cover) ? { ...safe, cover } : safe;
}

function isSafe(action: Action): boolean {
  return !('url' in action) || isHttpUrl(action.url);
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
