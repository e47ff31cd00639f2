import type { Broadcast } from '../announce/outbox.ts';
import { deliveryRow } from './outbox-publish.ts';
import { inChunks } from './rows.ts';
import type { Database, Queries } from './schema.ts';

/** Writes words and deliveries in one transaction; see `Outbox.broadcast`. */
export async function writeBroadcast({ db }: Database, { id, words, at, deliveries }: Broadcast): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const written = await trx
      .insertInto('broadcasts')
      .values({ id, words, at: at.getTime() })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!written) return 0;
    const { deliveries: last } = await trx
      .updateTable('ledger')
      .set((eb) => ({ deliveries: eb('deliveries', '+', deliveries.length) }))
      .returning('deliveries')
      .executeTakeFirstOrThrow();
    const first = last - deliveries.length + 1;
    const rows = deliveries.map((delivery, index) => ({
      ...deliveryRow(delivery, first + index, at),
      broadcast_id: id,
    }));
    for (const chunk of inChunks(rows)) await trx.insertInto('deliveries').values(chunk).execute();
    return rows.length;
  });
}

/** The words of broadcasts, by id. */
export async function wordsOf(db: Queries, ids: readonly (string | null)[]): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const rows = await db.selectFrom('broadcasts').select(['id', 'words']).where('id', 'in', wanted).execute();
  return new Map(rows.map((row) => [row.id, row.words]));
}
