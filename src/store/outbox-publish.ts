import { setImmediate } from 'node:timers/promises';
import type { Insertable, Transaction } from 'kysely';
import type { Publication } from '../announce/outbox.ts';
import type { PlannedDelivery } from '../announce/plan.ts';
import { fingerprintOf } from '../posts/diff.ts';
import type { Post } from '../posts/post.ts';
import { formatAddress } from '../subscribers/address.ts';
import { chatKey, inChunks } from './rows.ts';
import type { Database, PostStatus, Tables } from './schema.ts';

/** So many deliveries change what a good way to find one is. */
const MANY = 500;

type Row = Insertable<Tables['deliveries']>;

/** Thrown to roll a publication back that was planned from what is no longer so. */
const stale = Symbol('stale');

/** Writes posts, announcement and deliveries in one transaction; see `Outbox.publish`. */
export async function publish(database: Database, publication: Publication): Promise<'published' | 'stale'> {
  const { db, analyze } = database;
  try {
    await db.transaction().execute(async (trx) => {
      const first = await takeNumbers(trx, publication);
      await writePosts(trx, publication);
      await writeDeliveries(database, trx, publication, first);
      await writeCorrections(trx, publication);
      // Else PostgreSQL takes the table for as small as it was, and sorts all that is due at each claim: 70 ms
      // instead of 5, measured with 10,000.
      if (publication.deliveries.length >= MANY) await analyze(trx, 'deliveries');
    });
    return 'published';
  } catch (thrown) {
    if (thrown === stale) return 'stale';
    throw thrown;
  }
}

/** Moves the ledger on, which only one of several publications from the same basis can; the first free number. */
async function takeNumbers(trx: Transaction<Tables>, { basis, deliveries }: Publication): Promise<number> {
  const moved = await trx
    .updateTable('ledger')
    .set((eb) => ({ revision: basis + 1, deliveries: eb('deliveries', '+', deliveries.length) }))
    .where('revision', '=', basis)
    .returning('deliveries')
    .executeTakeFirst();
  if (!moved) throw stale;
  return moved.deliveries - deliveries.length + 1;
}

async function writePosts(trx: Transaction<Tables>, publication: Publication): Promise<void> {
  const { diff, news, decided } = publication;
  const at = publication.at.getTime();
  for (const ids of inChunks(diff.sources)) {
    await trx
      .insertInto('sources')
      .values(ids.map((id) => ({ id, known_at: at })))
      .execute();
  }
  const fresh = [
    ...diff.baseline.map((post) => ({ post, status: 'baseline' as PostStatus })),
    ...diff.news.map((post) => ({ post, status: news as PostStatus })),
  ];
  const rows = fresh.map(({ post, status }, position) => ({
    id: post.id,
    status,
    known_at: at,
    position,
    ...contentOf(post),
  }));
  for (const chunk of inChunks(rows)) await trx.insertInto('posts').values(chunk).execute();
  for (const { id, post } of diff.updates) {
    await trx.updateTable('posts').set(contentOf(post)).where('id', '=', id).execute();
  }
  for (const aliases of inChunks(diff.aliases)) {
    await trx
      .insertInto('post_aliases')
      .values(aliases.map(({ alias, id }) => ({ alias, post_id: id })))
      .execute();
  }
  for (const gone of inChunks(diff.gone)) {
    const ids = gone.map((post) => post.id);
    await trx.updateTable('posts').set({ present: 0 }).where('id', 'in', ids).execute();
  }
  for (const ids of inChunks(decided?.posts ?? [])) {
    await trx
      .updateTable('posts')
      .set({ status: decided?.as ?? 'held' })
      .where('id', 'in', ids)
      .execute();
  }
}

/** Marks the messages that tell a post in words that are no longer its own. */
async function writeCorrections(trx: Transaction<Tables>, { diff, correctSince }: Publication): Promise<void> {
  const reworded = diff.updates.flatMap(({ id, reworded }) => (reworded ? [id] : []));
  if (!correctSince) return;
  for (const ids of inChunks(reworded)) {
    await trx
      .insertInto('corrections')
      .columns(['delivery_id', 'channel', 'chat_key', 'due', 'attempts'])
      .expression((eb) =>
        eb
          .selectFrom('deliveries')
          .innerJoin('delivery_posts', 'delivery_posts.delivery_id', 'deliveries.id')
          .select(['deliveries.id', 'deliveries.channel', 'deliveries.chat_key'])
          .select([eb.lit(0).as('due'), eb.lit(0).as('attempts')])
          .distinct()
          .where('post_id', 'in', ids)
          .where((or) =>
            or.or([
              or.and([or('state', '=', 'sent'), or('ended_at', '>', correctSince.getTime())]),
              // On its way, perhaps in the old words.
              or('state', '=', 'sending'),
            ]),
          ),
      )
      .onConflict((conflict) => conflict.column('delivery_id').doUpdateSet({ due: 0, attempts: 0 }))
      .execute();
  }
}

function contentOf(post: Post) {
  const { source, title } = post;
  return { source, title, fingerprint: fingerprintOf(post), present: 1, content: JSON.stringify(post) };
}

async function writeDeliveries(
  { locksRows }: Database,
  trx: Transaction<Tables>,
  publication: Publication,
  first: number,
): Promise<void> {
  const { deliveries, at } = publication;
  const numbered = deliveries.map((delivery, index) => ({ delivery, id: first + index }));
  for (const chunk of inChunks(numbered)) {
    const open = await openBundles(
      trx,
      chunk.map(({ delivery }) => delivery),
      locksRows,
    );
    const rows: Row[] = [];
    const posts: Insertable<Tables['delivery_posts']>[] = [];
    for (const { delivery, id } of chunk) {
      const address = formatAddress(delivery.address);
      const joined = delivery.bundle === undefined ? undefined : open.get(bundleKey(address, delivery.bundle));
      if (!joined) rows.push(deliveryRow(delivery, id, at));
      // A post that joins a waiting bundle stands behind those that are in it: numbers only grow.
      posts.push(
        ...delivery.posts.map((post, index) => ({
          post_id: post.postId,
          address,
          delivery_id: joined ?? id,
          position: id * POSTS_A_DELIVERY + index,
          matched: JSON.stringify(post.matched),
        })),
      );
    }
    if (rows.length > 0) await trx.insertInto('deliveries').values(rows).execute();
    for (const part of inChunks(posts)) await trx.insertInto('delivery_posts').values(part).execute();
    // Answers to readers come in between.
    await setImmediate();
  }
}

/** More posts than one delivery holds. */
const POSTS_A_DELIVERY = 10_000;

/** Bundles that wait. They are locked, or one could be claimed and sent before the post that joins it is written. */
async function openBundles(
  trx: Transaction<Tables>,
  deliveries: readonly PlannedDelivery[],
  locksRows: boolean,
): Promise<ReadonlyMap<string, number>> {
  const bundled = deliveries.filter((delivery) => delivery.bundle !== undefined);
  if (bundled.length === 0) return new Map();
  const rows = await trx
    .selectFrom('deliveries')
    .select(['id', 'address', 'bundle'])
    .where('bundle', 'is not', null)
    .where(
      'address',
      'in',
      bundled.map((delivery) => formatAddress(delivery.address)),
    )
    .$if(locksRows, (query) => query.forUpdate())
    .execute();
  return new Map(rows.map((row) => [bundleKey(row.address, row.bundle ?? ''), row.id]));
}

function bundleKey(address: string, bundle: string): string {
  return `${address}\n${bundle}`;
}

/** A delivery that waits to be sent, as it begins. */
export function deliveryRow(
  { address, notBefore, bundle }: Pick<PlannedDelivery, 'address' | 'notBefore' | 'bundle'>,
  id: number,
  at: Date,
): Row {
  return {
    id,
    address: formatAddress(address),
    channel: address.channel,
    chat_key: chatKey(address),
    state: 'pending',
    // As soon as possible is 0 and not now: a clock that jumps back then delays nothing.
    due: notBefore?.getTime() ?? 0,
    claim: null,
    lease_until: null,
    bundle: bundle ?? null,
    replan: 0,
    attempts: 0,
    unknowns: 0,
    crashes: 0,
    moved: 0,
    plain: 0,
    reason: null,
    message_id: null,
    planned_at: at.getTime(),
    ended_at: null,
    broadcast_id: null,
  };
}
