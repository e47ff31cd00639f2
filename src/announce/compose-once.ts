import type { Message } from '../message/message.ts';
import type { ComposeAnnouncement } from './announcement-content.ts';

/** More different messages than this are rarely on their way at the same time: one a language and set of reasons. */
const REMEMBERED = 200;

/**
 * Gives the same content the very same message, so that neither it nor what a channel makes of it is made anew for each
 * of ten thousand readers.
 */
export function composeOnce(compose: ComposeAnnouncement): ComposeAnnouncement {
  const composed = new Map<string, Message>();
  return (content) => {
    const key = JSON.stringify(content);
    const known = composed.get(key);
    if (known) return known;
    if (composed.size >= REMEMBERED) composed.clear();
    const message = compose(content);
    composed.set(key, message);
    return message;
  };
}
