import { perObject } from '../kernel/per-object.ts';
import type { Catalog, Post } from './post.ts';

/** The post with this id, or that once had it. */
export function postWithId(catalog: Catalog, id: string): Post | undefined {
  return postsById(catalog).get(id);
}

/** Pages and pictures of a large catalog ask for one post after the other. The first that claims an id has it. */
const postsById = perObject(({ posts }: Catalog): ReadonlyMap<string, Post> => {
  const claims = posts.flatMap((post) => [post.id, ...(post.aliases ?? [])].map((id) => [id, post] as const));
  return new Map(claims.reverse());
});
