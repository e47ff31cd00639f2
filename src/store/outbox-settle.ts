import { sql, type Transaction, type Updateable } from 'kysely';
import type { ClaimedDelivery, Settlement } from '../announce/outbox.ts';
import type { Transition } from '../announce/retry.ts';
import { type Address, formatAddress } from '../subscribers/address.ts';
import { moveAddress } from './move-address.ts';
import { chatKey, inChunks } from './rows.ts';
import type { Database, Queries, Tables } from './schema.ts';

type Changes = Updateable<Tables['deliveries']>;
type Sent = Settlement & { readonly transition: Extract<Transition, { kind: 'sent' }> };

/** So many deliveries are recorded in one statement. */
const CHUNK = 100;

/** No longer claimed, nor to be claimed. */
const ended = { claim: null, lease_until: null, due: null } as const;

/** Records how attempts ended, in one transaction; see `Outbox.settle`. */
export async function settle(
  { db, locksRows }: Database,
  settlements: readonly Settlement[],
  now: Date,
): Promise<readonly ('settled' | 'lease-lost')[]> {
  const sent = settlements.filter((one): one is Sent => one.transition.kind === 'sent');
  const held = new Set<string>();
  // Most of the time all went well; one statement needs no transaction around it.
  if (sent.length === settlements.length && sent.length <= CHUNK) {
    for (const id of await recordSent(db, sent, now)) held.add(id);
    return resultsOf(settlements, held);
  }
  await db.transaction().execute(async (trx) => {
    for (const chunk of inChunks(sent, CHUNK)) {
      for (const id of await recordSent(trx, chunk, now)) held.add(id);
    }
    for (const { delivery, transition } of settlements) {
      if (transition.kind === 'sent') continue;
      if (await record(trx, delivery, transition, { now, locksRows })) held.add(delivery.id);
    }
  });
  return resultsOf(settlements, held);
}

function resultsOf(
  settlements: readonly Settlement[],
  held: ReadonlySet<string>,
): readonly ('settled' | 'lease-lost')[] {
  return settlements.map(({ delivery }) => (held.has(delivery.id) ? 'settled' : 'lease-lost'));
}

/**
 * Most attempts end well: all of those in one statement. Written as SQL, since building it anew took twice as long as
 * running it.
 */
async function recordSent(db: Queries, sent: readonly Sent[], now: Date): Promise<readonly string[]> {
  if (sent.length === 0) return [];
  const told = sent.map(({ delivery, transition }) => sql`(${Number(delivery.id)}, ${transition.messageId ?? null})`);
  const claims = new Set(sent.map(({ delivery }) => delivery.claim));
  const { rows } = await sql<{ id: number }>`
    with told (id, message_id) as (values ${sql.join(told)})
    update deliveries
    set state = 'sent', claim = null, lease_until = null, due = null, ended_at = ${now.getTime()},
      attempts = attempts + 1, message_id = cast(told.message_id as text)
    from told
    where deliveries.id = cast(told.id as bigint) and deliveries.claim in (${sql.join([...claims])})
    returning deliveries.id
  `.execute(db);
  return rows.map((row) => String(row.id));
}

/** @returns whether the delivery was still the claimer's. */
async function record(
  trx: Transaction<Tables>,
  delivery: ClaimedDelivery,
  transition: Exclude<Transition, { kind: 'sent' }>,
  { now, locksRows }: { readonly now: Date; readonly locksRows: boolean },
): Promise<boolean> {
  const { attempts, unknowns } = delivery.history;
  const tried = { attempts: attempts + 1 };
  const set = (changes: Changes) => change(trx, delivery, changes);
  switch (transition.kind) {
    case 'again': {
      const { notBefore, reason, lost, plain, pause } = transition;
      const held = await set({
        ...ended,
        ...tried,
        state: lost ? 'unknown' : 'pending',
        due: notBefore.getTime(),
        reason,
        unknowns: unknowns + (lost ? 1 : 0),
        plain: plain ? 1 : 0,
      });
      // A delivery that is gone meanwhile was dropped with its reader: nothing is kept of them.
      if (held && pause) await pauseUntil(trx, delivery.address, pause);
      return held;
    }
    case 'postponed': {
      const { notBefore, bundle = null } = transition;
      const open = bundle === null ? undefined : await openBundle(trx, delivery.address, bundle, locksRows);
      const held = await set({
        ...ended,
        state: 'pending',
        due: notBefore.getTime(),
        replan: 0,
        bundle: open === undefined ? bundle : null,
      });
      if (held && open !== undefined) await join(trx, Number(delivery.id), open);
      return held;
    }
    case 'unknown':
      return set({
        ...ended,
        ...tried,
        state: 'unknown',
        ended_at: now.getTime(),
        reason: transition.reason,
        unknowns: unknowns + 1,
      });
    case 'dead':
      return set({ ...ended, ...tried, state: 'dead', ended_at: now.getTime(), reason: transition.reason });
    case 'gone': {
      const { reason } = transition;
      const held = await set({ ...ended, ...tried, state: 'dead', ended_at: now.getTime(), reason });
      await suspend(trx, delivery.address);
      return held;
    }
    case 'moved': {
      const held = await set({ ...ended, ...tried, state: 'pending', due: 0, moved: 1 });
      await moveAddress(trx, delivery.address, transition.to);
      return held;
    }
  }
}

async function change(trx: Transaction<Tables>, delivery: ClaimedDelivery, changes: Changes): Promise<boolean> {
  const result = await trx
    .updateTable('deliveries')
    .set(changes)
    .where('id', '=', Number(delivery.id))
    .where('claim', '=', delivery.claim)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** What waits in a bundle; it is locked, or it could be claimed and sent before anything joins it. */
async function openBundle(
  trx: Transaction<Tables>,
  address: Address,
  bundle: string,
  locksRows: boolean,
): Promise<number | undefined> {
  const open = await trx
    .selectFrom('deliveries')
    .select('id')
    .where('address', '=', formatAddress(address))
    .where('bundle', '=', bundle)
    .$if(locksRows, (query) => query.forUpdate())
    .executeTakeFirst();
  return open?.id;
}

/** Lets a delivery that waits tell what another one was to tell. */
async function join(trx: Transaction<Tables>, from: number, to: number): Promise<void> {
  await trx.updateTable('delivery_posts').set({ delivery_id: to }).where('delivery_id', '=', from).execute();
  await trx.deleteFrom('deliveries').where('id', '=', from).execute();
}

async function suspend(trx: Transaction<Tables>, address: Address): Promise<void> {
  const key = formatAddress(address);
  await trx.updateTable('subscribers').set({ state: 'suspended' }).where('address', '=', key).execute();
  await trx.deleteFrom('deliveries').where('address', '=', key).where('due', 'is not', null).execute();
}

/** A wait that was asked for earlier and is longer still holds. */
async function pauseUntil(
  trx: Transaction<Tables>,
  address: Address,
  { scope, until }: { readonly scope: 'chat' | 'channel'; readonly until: Date },
): Promise<void> {
  const row = { chat_key: scope === 'chat' ? chatKey(address) : address.channel, until: until.getTime() };
  await trx
    .insertInto('pauses')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('chat_key').doUpdateSet({ until: row.until }).where('pauses.until', '<', row.until),
    )
    .execute();
}
