import type { Catalog, Post } from './post.ts';

/** The post with this id, or that once had it. */
export function postWithId({ posts }: Catalog, id: string): Post | undefined {
  return posts.find((post) => post.id === id || post.aliases?.includes(id));
}
