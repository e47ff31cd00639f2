import type { Message } from '../../message/message.ts';
import type { Post } from '../../posts/post.ts';

/** A post as a message of one card, for links that lead to it. */
export function messageOfPost({ id, title, url, category, summary, date, image }: Post): Message {
  const card = {
    postId: id,
    title: { text: title, marks: [] },
    url,
    category,
    snippet: { text: summary, marks: [] },
    ...(date !== undefined && { date }),
    ...(image !== undefined && { cover: image }),
  };
  return { text: '', cards: [card], actions: [] };
}
