import { type Arrivals, newestFirst } from '../conversation/newest-first.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Catalog, Post } from '../posts/post.ts';

const noArrivals: Arrivals = new Map();

/**
 * The posts of the current catalog in the order in which `/latest` tells them. Sorting thousands takes
 * milliseconds, so the order is kept until the catalog, the arrivals or the day changes.
 */
export function createLatestPosts(parts: {
  readonly catalog: () => Catalog;
  readonly arrivals?: (() => Arrivals) | undefined;
  readonly clock: Clock;
}): () => readonly Post[] {
  const { catalog, arrivals = () => noArrivals, clock } = parts;
  let kept: { posts: readonly Post[]; arrivals: Arrivals; day: string; sorted: readonly Post[] } | undefined;

  return () => {
    const { posts } = catalog();
    const arrived = arrivals();
    const now = clock.now();
    const day = now.toISOString().slice(0, 10);
    if (kept?.posts !== posts || kept.arrivals !== arrived || kept.day !== day) {
      kept = { posts, arrivals: arrived, day, sorted: newestFirst(posts, arrived, now) };
    }
    return kept.sorted;
  };
}
