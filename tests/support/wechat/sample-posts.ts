import type { Post } from '../../../src/posts/post.ts';
import { makePost } from '../make-post.ts';

/** Twelve posts that one word finds, one that a word finds alone, and another of its category. */
export const samplePosts: readonly Post[] = [
  ...Array.from({ length: 12 }, (_, at) =>
    makePost({
      title: `LoRA 实践（${at + 1}）`,
      url: `https://mp.weixin.qq.com/s?__biz=abc&mid=${at + 1}`,
      category: ['大语言模型（LLM）'],
      summary: '低秩适配，小而省。',
    }),
  ),
  makePost({
    id: 'sam',
    title: 'Segment Anything',
    url: 'https://mp.weixin.qq.com/s/sam',
    category: ['图像'],
    summary: '点一下，分割一切。',
    image: 'https://blog.example/sam.jpg',
  }),
  makePost({ title: 'Mask 三种', url: 'https://mp.weixin.qq.com/s/mask', category: ['图像'], summary: '分割与掩码。' }),
];
