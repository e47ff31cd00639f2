import type { Kysely } from 'kysely';
import type { Tables } from './schema.ts';

/** No platform asks to wait for longer. */
const LONGEST_WAIT_MS = 7 * 24 * 60 * 60_000;

/** See `Outbox.readjust`. */
export async function readjust(db: Kysely<Tables>, now: Date): Promise<number> {
  const at = now.getTime();
  const tooFar = at + LONGEST_WAIT_MS;
  return db.transaction().execute(async (trx) => {
    await trx.deleteFrom('pauses').where('until', '>', tooFar).execute();
    await trx.updateTable('corrections').set({ due: 0 }).where('due', '>', tooFar).execute();
    const planned = await trx
      .updateTable('deliveries')
      .set({ due: 0, replan: 1, bundle: null, planned_at: at })
      .where('due', 'is not', null)
      .where('planned_at', '>', at)
      .where('attempts', '=', 0)
      .executeTakeFirst();
    const putOff = await trx
      .updateTable('deliveries')
      .set({ due: 0 })
      .where('due', '>', tooFar)
      .where('attempts', '>', 0)
      .executeTakeFirst();
    return Number(planned.numUpdatedRows + putOff.numUpdatedRows);
  });
}
