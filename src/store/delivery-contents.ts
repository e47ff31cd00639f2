import type { Kysely } from 'kysely';
import type { Post } from '../posts/post.ts';
import { type Subscription, sameSubscription } from '../subscribers/subscriber.ts';
import { subscriptionsOf } from './rows.ts';
import type { Tables } from './schema.ts';

/** A post within a delivery. */
export interface Content {
  readonly post: Post;
  /** The subscriptions that matched, as JSON. */
  readonly matched: string;
}

/** The posts of deliveries as they are known now, in their order. */
export async function contentsOf(
  db: Kysely<Tables>,
  deliveries: readonly number[],
): Promise<ReadonlyMap<number, readonly Content[]>> {
  const links = await db
    .selectFrom('delivery_posts')
    .select(['delivery_id', 'post_id', 'matched'])
    .where('delivery_id', 'in', deliveries)
    .orderBy('delivery_id')
    .orderBy('position')
    .execute();
  const ids = [...new Set(links.map((link) => link.post_id))];
  const posts =
    ids.length === 0 ? [] : await db.selectFrom('posts').select(['id', 'content']).where('id', 'in', ids).execute();
  const byId = new Map(posts.map((row) => [row.id, JSON.parse(row.content) as Post]));
  const contents = new Map<number, Content[]>();
  for (const { delivery_id, post_id, matched } of links) {
    const post = byId.get(post_id);
    if (post) contents.set(delivery_id, [...(contents.get(delivery_id) ?? []), { post, matched }]);
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
