import { createAnnouncementComposer } from '../../../src/conversation/compose-announcement.ts';
import { loadPhrases } from '../../../src/conversation/phrases/phrases.ts';
import type { Message } from '../../../src/message/message.ts';
import { makePost } from '../make-post.ts';

const compose = createAnnouncementComposer({ phrases: loadPhrases(), defaultLanguage: 'zh' });

/** Posts to announce to readers of an Official Account. */
export const newPosts = Array.from({ length: 30 }, (_, at) =>
  makePost({ title: `新文章 ${at + 1}`, summary: '摘要。', url: `https://mp.weixin.qq.com/s/n${at + 1}` }),
);

/** The announcement of so many of them, from that one on. */
export function newsOf(count: number, from = 0): Message {
  return compose({
    posts: newPosts.slice(from, from + count),
    matched: [{ kind: 'everything' }],
    digest: count > 1,
  });
}
