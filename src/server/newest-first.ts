import type { Post } from '../posts/post.ts';

/** Posts with the latest date first; those without a date follow, in the order of the catalog. */
export function newestFirst(posts: readonly Post[]): readonly Post[] {
  return [...posts].sort((one, other) => time(other) - time(one));
}

function time({ date }: Post): number {
  return date === undefined ? 0 : Date.parse(date) || 0;
}
