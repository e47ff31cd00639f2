import type { Post } from '../../../src/posts/post.ts';

/** Posts on LoRA, more than one page of them, and some of another category. */
export const samplePosts: readonly Post[] = [
  ...Array.from({ length: 12 }, (_, at) => samplePost(at, `LoRA 微调 第 ${at + 1} 讲`, '大模型 LLM')),
  ...Array.from({ length: 3 }, (_, at) => samplePost(100 + at, `Agents <and> tools & "quotes" ${at + 1}`, 'Agents')),
];

function samplePost(number: number, title: string, category: string): Post {
  return {
    id: `post${number}`,
    title,
    url: `https://blog.example/posts/${number}?a=1&b=2`,
    category: [category],
    summary: `${title}：从头说起。这里是正文的第一段，说的是 <b>${category}</b>。`,
    links: [],
    tags: [],
    source: 'sample.md',
  };
}
