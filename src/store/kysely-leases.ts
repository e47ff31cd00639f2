import type { Leases } from '../announce/leadership.ts';
import type { Database } from './schema.ts';

/** Leases as rows: whoever changes the row holds it. */
export function createKyselyLeases({ db }: Database): Leases {
  return {
    async acquire(name, holder, ttlMs, now) {
      const until = now.getTime() + ttlMs;
      const result = await db
        .insertInto('leases')
        .values({ name, holder, until })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet({ holder, until })
            .where((eb) =>
              eb.or([
                eb('leases.holder', '=', holder),
                eb('leases.until', '<=', now.getTime()),
                eb('leases.until', '>', until),
              ]),
            ),
        )
        .executeTakeFirst();
      return Number(result.numInsertedOrUpdatedRows ?? 0) > 0;
    },

    async release(name, holder) {
      await db.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder).execute();
    },
  };
}
