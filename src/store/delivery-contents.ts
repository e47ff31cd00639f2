import { sql } from 'kysely';
import type { Post } from '../posts/post.ts';
import { type Subscription, sameSubscription } from '../subscribers/subscriber.ts';
import { subscriptionsOf } from './rows.ts';
import type { Queries } from './schema.ts';

/** A post within a delivery. */
export interface Content {
  readonly post: Post;
  /** The subscriptions that matched, as JSON. */
  readonly matched: string;
}

/** The posts of deliveries as they are known now, in their order. */
export async function contentsOf(
  db: Queries,
  deliveries: readonly number[],
): Promise<ReadonlyMap<number, readonly Content[]>> {
  const { rows } = await sql<{ delivery_id: number; post_id: string; matched: string; content: string }>`
    select told.delivery_id, told.post_id, told.matched, posts.content
    from delivery_posts as told
    inner join posts on posts.id = told.post_id
    where told.delivery_id in (${sql.join(deliveries)})
    order by told.delivery_id, told.position
  `.execute(db);
  const posts = new Map<string, Post>();
  const contents = new Map<number, Content[]>();
  for (const { delivery_id, post_id, matched, content } of rows) {
    // Most deliveries that are claimed together tell the same.
    const post = posts.get(post_id) ?? (JSON.parse(content) as Post);
    posts.set(post_id, post);
    const told = contents.get(delivery_id);
    if (told) told.push({ post, matched });
    else contents.set(delivery_id, [{ post, matched }]);
  }
  return contents;
}

/** All subscriptions that asked for one of the posts, once. */
export function matchedOf(contents: readonly Content[]): readonly Subscription[] {
  const matched: Subscription[] = [];
  for (const one of contents.flatMap((content) => subscriptionsOf(content.matched))) {
    if (!matched.some((other) => sameSubscription(one, other))) matched.push(one);
  }
  return matched;
}
