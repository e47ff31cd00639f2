import type { Clock } from '../kernel/clock.ts';
import type { KeyValueStore } from '../kernel/key-value-store.ts';
import type { Database } from './schema.ts';

/** Small values in the database. What has expired is swept out whenever something that expires is put. */
export function createKyselyKeyValueStore({ db }: Database, clock: Clock): KeyValueStore {
  const now = () => clock.now().getTime();

  async function sweep(key?: string): Promise<void> {
    let query = db.deleteFrom('key_values').where('expires_at', '<=', now());
    if (key !== undefined) query = query.where('key', '=', key);
    await query.execute();
  }

  return {
    async get(key) {
      const row = await db
        .selectFrom('key_values')
        .select('value')
        .where('key', '=', key)
        .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now())]))
        .executeTakeFirst();
      return row?.value;
    },

    async put(key, value, expiresAt) {
      const content = { value, expires_at: expiresAt?.getTime() ?? null };
      await db
        .insertInto('key_values')
        .values({ key, ...content })
        .onConflict((conflict) => conflict.column('key').doUpdateSet(content))
        .execute();
      if (expiresAt) await sweep();
    },

    async putIfAbsent(key, value, expiresAt) {
      await sweep(expiresAt ? undefined : key);
      const result = await db
        .insertInto('key_values')
        .values({ key, value, expires_at: expiresAt?.getTime() ?? null })
        .onConflict((conflict) => conflict.column('key').doNothing())
        .executeTakeFirst();
      return Number(result.numInsertedOrUpdatedRows ?? 0) > 0;
    },

    async remove(key) {
      await db.deleteFrom('key_values').where('key', '=', key).execute();
    },
  };
}
