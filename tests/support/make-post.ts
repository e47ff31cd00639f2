import type { Post } from '../../src/posts/post.ts';

/** A post with everything that a test does not care about filled in; the id follows from the title. */
export function makePost(post: Partial<Post> & { readonly title: string }): Post {
  const slug = encodeURIComponent(post.title);
  return {
    id: `id-of-${slug}`,
    url: `https://blog.example/${slug}`,
    category: [],
    summary: '',
    links: [],
    tags: [],
    source: 'posts.md',
    ...post,
  };
}
