import type { Message } from '../message/message.ts';

/** Where a link that counts leads first. */
export const openPath = '/r';

/** The same message, whose cards open their articles by way of links that count. */
export function withCountedLinks(message: Message, base: string): Message {
  const counted = new Map(
    message.cards.map(({ url, postId }) => [url, `${base}${openPath}/${encodeURIComponent(postId)}`] as const),
  );
  if (counted.size === 0) return message;
  return {
    ...message,
    cards: message.cards.map((card) => ({ ...card, url: counted.get(card.url) ?? card.url })),
    actions: message.actions.map((row) =>
      row.map((action) => ('url' in action ? { ...action, url: counted.get(action.url) ?? action.url } : action)),
    ),
  };
}

/** The id of the post that a link of ours opens; undefined if it is none. */
export function postIdOfCountedLink(url: string, base: string): string | undefined {
  const path = `${base}${openPath}/`;
  return url.startsWith(path) ? decodeURIComponent(url.slice(path.length)) : undefined;
}
