import type { Kysely, Transaction, Updateable } from 'kysely';
import type { ClaimedDelivery, Settlement } from '../announce/outbox.ts';
import type { Transition } from '../announce/retry.ts';
import { type Address, formatAddress } from '../subscribers/address.ts';
import { moveAddress } from './move-address.ts';
import { chatKey, inChunks } from './rows.ts';
import type { Queries, Tables } from './schema.ts';

type Changes = Updateable<Tables['deliveries']>;
type Sent = Settlement & { readonly transition: Extract<Transition, { kind: 'sent' }> };

/** So many deliveries are recorded in one statement. */
const CHUNK = 100;

/** No longer claimed, nor to be claimed. */
const ended = { claim: null, lease_until: null, due: null } as const;

/** Records how attempts ended, in one transaction; see `Outbox.settle`. */
export async function settle(
  db: Kysely<Tables>,
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
      if (await record(trx, delivery, transition, now)) held.add(delivery.id);
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

/** Most attempts end well: all of those in one statement. */
async function recordSent(db: Queries, sent: readonly Sent[], now: Date): Promise<readonly string[]> {
  const [first, ...more] = sent;
  if (!first) return [];
  const idOf = (one: Sent) => Number(one.delivery.id);
  const messageIdOf = (one: Sent) => one.transition.messageId ?? null;
  const rows = await db
    .updateTable('deliveries')
    .set((eb) => ({
      ...ended,
      state: 'sent',
      ended_at: now.getTime(),
      attempts: eb('attempts', '+', 1),
      message_id: more
        .reduce(
          (cases, one) => cases.when('id', '=', idOf(one)).then(messageIdOf(one)),
          eb.case().when('id', '=', idOf(first)).then(messageIdOf(first)),
        )
        .end(),
    }))
    .where('id', 'in', sent.map(idOf))
    .where('claim', 'in', [...new Set(sent.map((one) => one.delivery.claim))])
    .returning('id')
    .execute();
  return rows.map((row) => String(row.id));
}

/** @returns whether the delivery was still the claimer's. */
async function record(
  trx: Transaction<Tables>,
  delivery: ClaimedDelivery,
  transition: Exclude<Transition, { kind: 'sent' }>,
  now: Date,
): Promise<boolean> {
  const { attempts, unknowns } = delivery.history;
  const tried = { attempts: attempts + 1 };
  const set = (changes: Changes) => change(trx, delivery, changes);
  switch (transition.kind) {
    case 'again': {
      const { notBefore, reason, lost, plain, pause } = transition;
      if (pause) await pauseUntil(trx, delivery.address, pause);
      return set({
        ...ended,
        ...tried,
        state: lost ? 'unknown' : 'pending',
        due: notBefore.getTime(),
        reason,
        unknowns: unknowns + (lost ? 1 : 0),
        plain: plain ? 1 : 0,
      });
    }
    case 'postponed':
      return set({ ...ended, state: 'pending', due: transition.notBefore.getTime(), replan: 0 });
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

async function suspend(trx: Transaction<Tables>, address: Address): Promise<void> {
  const key = formatAddress(address);
  await trx.updateTable('subscribers').set({ state: 'suspended' }).where('address', '=', key).execute();
  await trx.deleteFrom('deliveries').where('address', '=', key).where('due', 'is not', null).execute();
}

async function pauseUntil(
  trx: Transaction<Tables>,
  address: Address,
  { scope, until }: { readonly scope: 'chat' | 'channel'; readonly until: Date },
): Promise<void> {
  const row = { chat_key: scope === 'chat' ? chatKey(address) : address.channel, until: until.getTime() };
  await trx
    .insertInto('pauses')
    .values(row)
    .onConflict((conflict) => conflict.column('chat_key').doUpdateSet({ until: row.until }))
    .execute();
}
