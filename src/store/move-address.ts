import type { Transaction } from 'kysely';
import { type Address, formatAddress, parseAddress } from '../subscribers/address.ts';
import { type Subscriber, sameSubscription } from '../subscribers/subscriber.ts';
import { chatKey, subscriberOf, subscriberRow } from './rows.ts';
import type { Tables } from './schema.ts';

/**
 * Lets everything of a chat follow it to its new id: subscriptions and deliveries, of all its topics. What stands
 * at the new address already is merged with: nobody is told of a post twice.
 */
export async function moveAddress(trx: Transaction<Tables>, from: Address, to: Address): Promise<void> {
  if (chatKey(from) === chatKey(to)) return;
  const subscribers = await trx.selectFrom('subscribers').selectAll().where('chat_key', '=', chatKey(from)).execute();
  const addressed = await trx
    .selectFrom('deliveries')
    .select('address')
    .distinct()
    .where('chat_key', '=', chatKey(from))
    .execute();
  for (const row of subscribers) await moveSubscriber(trx, subscriberOf(row), to);
  for (const { address } of addressed) await moveDeliveries(trx, address, to);
}

async function moveSubscriber(trx: Transaction<Tables>, coming: Subscriber, to: Address): Promise<void> {
  const address = follow(coming.address, to);
  const there = await trx
    .selectFrom('subscribers')
    .selectAll()
    .where('address', '=', formatAddress(address))
    .executeTakeFirst();
  const row = subscriberRow(there ? merge(subscriberOf(there), coming) : { ...coming, address });
  await trx.deleteFrom('subscribers').where('address', '=', formatAddress(coming.address)).execute();
  await trx
    .insertInto('subscribers')
    .values(row)
    .onConflict((conflict) => conflict.column('address').doUpdateSet(row))
    .execute();
}

async function moveDeliveries(trx: Transaction<Tables>, from: string, to: Address): Promise<void> {
  const address = follow(parseAddress(from), to);
  const target = formatAddress(address);
  const toldThere = trx.selectFrom('delivery_posts').select('post_id').where('address', '=', target);
  await trx.deleteFrom('delivery_posts').where('address', '=', from).where('post_id', 'in', toldThere).execute();
  await dropEmptyDeliveries(trx, from);
  await trx.updateTable('delivery_posts').set({ address: target }).where('address', '=', from).execute();
  await trx
    .updateTable('deliveries')
    .set({ address: target, chat_key: chatKey(address), channel: address.channel, bundle: null })
    .where('address', '=', from)
    .execute();
}

/** Drops deliveries to an address that have nothing to tell any more. */
export async function dropEmptyDeliveries(trx: Transaction<Tables>, address: string): Promise<void> {
  await trx
    .deleteFrom('deliveries')
    .where('address', '=', address)
    .where('broadcast_id', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('delivery_posts')
            .select('post_id')
            .whereRef('delivery_posts.delivery_id', '=', 'deliveries.id'),
        ),
      ),
    )
    .execute();
}

/** The address within the new chat; a topic keeps its name. */
function follow(address: Address, to: Address): Address {
  const { channel, chat } = to;
  return address.topic === undefined ? { channel, chat } : { channel, chat, topic: address.topic };
}

function merge(there: Subscriber, coming: Subscriber): Subscriber {
  const more = coming.subscriptions.filter((one) => !there.subscriptions.some((other) => sameSubscription(one, other)));
  const state = there.state === 'active' || coming.state === 'active' ? 'active' : 'suspended';
  return { ...coming, ...there, state, subscriptions: [...there.subscriptions, ...more] };
}
