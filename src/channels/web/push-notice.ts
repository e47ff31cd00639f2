import { createHash } from 'node:crypto';
import type { OutgoingDelivery } from '../../announce/deliverer.ts';
import type { Card } from '../../message/card.ts';

/** What a notification shows and does: the JSON that the page's service worker gets. */
export interface PushNotice {
  readonly title: string;
  /** Lines parted by `\n`; may be empty. */
  readonly body: string;
  /** The page that a click opens: a path of ours. */
  readonly path: string;
  /** The same for a repeat of the same delivery, which then replaces the notification instead of ringing twice. */
  readonly tag: string;
}

/** In UTF-16 units; more than a notification shows anywhere. */
const longestTitle = 120;
const longestBody = 300;
const mostTitles = 5;

/**
 * A delivery as a notification. Push services refuse more than 4,096 bytes, encrypted (RFC 8030, 7.2); with these
 * lengths it stays below 2,000 in any script.
 */
export function pushNotice({ id, message, plain }: OutgoingDelivery): PushNotice {
  const { text, cards } = message;
  const tag = createHash('sha256').update(id).digest('base64url').slice(0, 32);
  const [card] = cards;
  if (!card) return { title: 'Postbell', body: cut(text, longestBody), path: '/', tag };
  if (cards.length > 1) {
    const titles = cards.slice(0, mostTitles).map(({ title }) => cut(title.text, longestBody / mostTitles));
    return { title: cut(text, longestTitle), body: titles.join('\n'), path: '/', tag };
  }
  return {
    title: cut(card.title.text, longestTitle),
    body: plain ? '' : cut(bodyOf(card), longestBody),
    path: `/p/${encodeURIComponent(card.postId)}`,
    tag,
  };
}

function bodyOf({ category, snippet }: Card): string {
  return [category.join(' / '), snippet.text].filter((part) => part !== '').join('\n');
}

/** Between characters, never within one. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length - 1).replace(/\p{Surrogate}$/u, '')}…`;
}
