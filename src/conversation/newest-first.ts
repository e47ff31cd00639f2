import { categoryName, type Post } from '../posts/post.ts';

/** When posts came into the catalog, by id, for those that came after its first reading. */
export type Arrivals = ReadonlyMap<string, Date>;

/**
 * All posts, the newest first. A post counts from its own date (one that lies ahead of `now` is not believed),
 * else from its arrival. Below those stand the posts of which neither is known, as in lists that give no
 * dates: such lists grow at the foot of each category, so the last post of each category comes first, then the
 * last but one of each, with the categories in the catalog's order.
 */
export function newestFirst(posts: readonly Post[], arrivals: Arrivals, now: Date): readonly Post[] {
  const fromFoot = placesFromFoot(posts);
  const keyed = posts.map((post, order) => ({
    post,
    time: timeOf(post, arrivals, now),
    fromFoot: fromFoot[order] ?? 0,
  }));
  // The sort is stable, so what is equal keeps the catalog's order.
  keyed.sort((one, other) => other.time - one.time || one.fromFoot - other.fromFoot);
  return keyed.map(({ post }) => post);
}

/** Milliseconds since 1970; 0 where nothing is known. */
function timeOf(post: Post, arrivals: Arrivals, now: Date): number {
  const own = post.date === undefined ? Number.NaN : Date.parse(post.date);
  return own <= now.getTime() ? Math.max(own, 1) : (arrivals.get(post.id)?.getTime() ?? 0);
}

/** For each post how many stand below it in its category. */
function placesFromFoot(posts: readonly Post[]): number[] {
  const below = new Map<string, number>();
  return posts
    .toReversed()
    .map(({ category }) => {
      const name = categoryName(category);
      const place = below.get(name) ?? 0;
      below.set(name, place + 1);
      return place;
    })
    .toReversed();
}
