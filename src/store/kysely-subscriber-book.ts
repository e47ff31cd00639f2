import type { Transaction } from 'kysely';
import { type Address, formatAddress } from '../subscribers/address.ts';
import { type Subscriber, sameSubscription } from '../subscribers/subscriber.ts';
import type { SubscriberBook } from '../subscribers/subscriber-book.ts';
import { batched } from './batched.ts';
import { dropEmptyDeliveries, moveAddress } from './move-address.ts';
import { chatKey, subscriberOf, subscriberRow, subscriptionsOf } from './rows.ts';
import type { Database, Tables } from './schema.ts';
import { wordedOnce } from './worded-once.ts';

const PAGE = 500;

/** The book of subscribers in the database; open deliveries follow what is changed in it. */
export function createKyselySubscriberBook({ db, lockKey }: Database): SubscriberBook {
  const selected = wordedOnce((count) =>
    db.selectFrom('subscribers').selectAll().where('address', 'in', Array<string>(count).fill('')).compile(),
  );
  const rowOf = batched(async (addresses: readonly string[]) => {
    const distinct = [...new Set(addresses)];
    const { rows } = await db.executeQuery(selected(distinct.length, distinct));
    const found = new Map(rows.map((row) => [row.address, row]));
    return addresses.map((address) => found.get(address));
  });

  return {
    async find(address) {
      const row = await rowOf(formatAddress(address));
      return row && subscriberOf(row);
    },

    async change(address, change) {
      const key = formatAddress(address);
      await db.transaction().execute(async (trx) => {
        await lockKey(trx, key);
        const row = await trx.selectFrom('subscribers').selectAll().where('address', '=', key).executeTakeFirst();
        const before = row && subscriberOf(row);
        const after = change(before);
        if (after) await put(trx, { ...after, address });
        else if (before) await trx.deleteFrom('subscribers').where('address', '=', key).execute();
        if (before && !after?.subscriptions.length) await dropPushEndpoint(trx, key);
        await adjustDeliveries(trx, key, before, after);
      });
    },

    async remove(address) {
      const key = formatAddress(address);
      await db.transaction().execute(async (trx) => {
        await lockKey(trx, key);
        await trx.deleteFrom('subscribers').where('address', '=', key).execute();
        await trx.deleteFrom('deliveries').where('address', '=', key).execute();
        await trx.deleteFrom('inbox').where('address', '=', key).execute();
        await forgetPause(trx, address);
        await dropPushEndpoint(trx, key);
      });
    },

    async move(from, to) {
      await db.transaction().execute(async (trx) => {
        await lockKey(trx, formatAddress(to));
        await moveAddress(trx, from, to);
      });
    },

    async *all() {
      let last = '';
      for (;;) {
        const rows = await db
          .selectFrom('subscribers')
          .selectAll()
          .where('address', '>', last)
          .orderBy('address')
          .limit(PAGE)
          .execute();
        yield* rows.map(subscriberOf);
        const end = rows.at(-1);
        if (!end || rows.length < PAGE) return;
        last = end.address;
      }
    },
  };
}

/** The wait that a platform asked for is the whole chat's: it stays while another topic of it is known. */
async function forgetPause(trx: Transaction<Tables>, address: Address): Promise<void> {
  const key = chatKey(address);
  await trx
    .deleteFrom('pauses')
    .where('chat_key', '=', key)
    .where((eb) =>
      eb.not(eb.exists(eb.selectFrom('subscribers').select('address').where('subscribers.chat_key', '=', key))),
    )
    .execute();
}

/** Who subscribes to nothing is not called upon by a notification. */
async function dropPushEndpoint(trx: Transaction<Tables>, address: string): Promise<void> {
  await trx.deleteFrom('push_endpoints').where('address', '=', address).execute();
}

async function put(trx: Transaction<Tables>, subscriber: Subscriber): Promise<void> {
  const row = subscriberRow(subscriber);
  await trx
    .insertInto('subscribers')
    .values(row)
    .onConflict((conflict) => conflict.column('address').doUpdateSet(row))
    .execute();
}

/** Drops from the open deliveries what is not subscribed to any more, and lets the others follow new settings. */
async function adjustDeliveries(
  trx: Transaction<Tables>,
  address: string,
  before: Subscriber | undefined,
  after: Subscriber | undefined,
): Promise<void> {
  const wanted = after?.subscriptions ?? [];
  const dropped = before?.subscriptions.some((one) => !wanted.some((other) => sameSubscription(one, other)));
  if (dropped || !after) await dropUnwanted(trx, address, after);
  if (JSON.stringify(before?.settings) === JSON.stringify(after?.settings)) return;
  await trx
    .updateTable('deliveries')
    .set({ due: 0, replan: 1, bundle: null })
    .where('address', '=', address)
    .where('due', 'is not', null)
    .where('attempts', '=', 0)
    .execute();
}

async function dropUnwanted(trx: Transaction<Tables>, address: string, after: Subscriber | undefined): Promise<void> {
  if (!after || after.subscriptions.length === 0) {
    await trx
      .deleteFrom('deliveries')
      .where('address', '=', address)
      .where('broadcast_id', 'is not', null)
      .where('due', 'is not', null)
      .execute();
  }
  const rows = await trx
    .selectFrom('delivery_posts')
    .innerJoin('deliveries', 'deliveries.id', 'delivery_posts.delivery_id')
    .select(['post_id', 'matched'])
    .where('deliveries.address', '=', address)
    .where('due', 'is not', null)
    .execute();
  const unwanted = rows.filter(({ matched }) => !stillWanted(matched, after)).map((row) => row.post_id);
  if (unwanted.length === 0) return;
  await trx.deleteFrom('delivery_posts').where('address', '=', address).where('post_id', 'in', unwanted).execute();
  await dropEmptyDeliveries(trx, address);
}

/** Whether a subscriber still has one of the subscriptions, given as JSON, that a post was planned for. */
export function stillWanted(matched: string, subscriber: Subscriber | undefined): boolean {
  const has = subscriber?.subscriptions ?? [];
  return subscriptionsOf(matched).some((one) => has.some((other) => sameSubscription(one, other)));
}
