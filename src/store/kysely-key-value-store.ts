import type { Clock } from '../kernel/clock.ts';
import type { KeyValueStore } from '../kernel/key-value-store.ts';
import { batched } from './batched.ts';
import type { Database, Tables } from './schema.ts';

/** What has expired is passed over at once, and its room is freed within so long of further use. */
const SWEEP_MS = 60_000;

type Row = Tables['key_values'];

/** Small values in the database. */
export function createKyselyKeyValueStore({ db }: Database, clock: Clock): KeyValueStore {
  const now = () => clock.now().getTime();
  let swept = Number.NEGATIVE_INFINITY;

  async function sweep(): Promise<void> {
    // Also where the clock was set back.
    if (Math.abs(now() - swept) < SWEEP_MS) return;
    swept = now();
    await db.deleteFrom('key_values').where('expires_at', '<=', now()).execute();
  }

  const get = batched(async (keys: readonly string[]) => {
    const rows = await db
      .selectFrom('key_values')
      .select(['key', 'value'])
      .where('key', 'in', [...new Set(keys)])
      .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now())]))
      .execute();
    const values = new Map(rows.map(({ key, value }) => [key, value]));
    return keys.map((key) => values.get(key));
  });

  const put = batched(async (rows: readonly Row[]) => {
    await db
      .insertInto('key_values')
      // Of several for one key the last one counts.
      .values(inOrder(new Map(rows.map((row) => [row.key, row]))))
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet((eb) => ({
          value: eb.ref('excluded.value'),
          expires_at: eb.ref('excluded.expires_at'),
        })),
      )
      .execute();
    await sweep();
    return rows.map(() => undefined);
  });

  const putIfAbsent = batched(async (rows: readonly Row[]) => {
    const first = new Map(rows.toReversed().map((row) => [row.key, row]));
    const taken = await db
      .insertInto('key_values')
      .values(inOrder(first))
      .onConflict((conflict) =>
        conflict
          .column('key')
          .doUpdateSet((eb) => ({ value: eb.ref('excluded.value'), expires_at: eb.ref('excluded.expires_at') }))
          // A key whose value has expired is free.
          .where('key_values.expires_at', '<=', now()),
      )
      .returning('key')
      .execute();
    const keys = new Set(taken.map(({ key }) => key));
    return rows.map((row) => keys.has(row.key) && first.get(row.key) === row);
  });

  const rowOf = (key: string, value: string, expiresAt: Date | undefined): Row => ({
    key,
    value,
    expires_at: expiresAt?.getTime() ?? null,
  });

  return {
    get,
    put: (key, value, expiresAt) => put(rowOf(key, value, expiresAt)),
    putIfAbsent: (key, value, expiresAt) => putIfAbsent(rowOf(key, value, expiresAt)),
    async remove(key) {
      await db.deleteFrom('key_values').where('key', '=', key).execute();
    },
  };
}

/** A statement may write a row once; and two processes that write the same rows in one order never wait in a circle. */
function inOrder(rows: ReadonlyMap<string, Row>): Row[] {
  return [...rows.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
}
