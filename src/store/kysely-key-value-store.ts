import type { Clock } from '../kernel/clock.ts';
import type { KeyValueStore } from '../kernel/key-value-store.ts';
import { batched } from './batched.ts';
import type { Database, Tables } from './schema.ts';
import { wordedOnce } from './worded-once.ts';

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

  const selected = wordedOnce((count) =>
    db
      .selectFrom('key_values')
      .select(['key', 'value'])
      .where('key', 'in', Array<string>(count).fill(''))
      .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', 0)]))
      .compile(),
  );
  const get = batched(async (keys: readonly string[]) => {
    const distinct = [...new Set(keys)];
    const { rows } = await db.executeQuery(selected(distinct.length, [...distinct, now()]));
    const values = new Map(rows.map(({ key, value }) => [key, value]));
    return keys.map((key) => values.get(key));
  });

  const inserted = (count: number) =>
    db.insertInto('key_values').values(Array<Row>(count).fill({ key: '', value: '', expires_at: 0 }));

  const upserted = wordedOnce((count) =>
    inserted(count)
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet((eb) => ({
          value: eb.ref('excluded.value'),
          expires_at: eb.ref('excluded.expires_at'),
        })),
      )
      .compile(),
  );
  const put = batched(async (rows: readonly Row[]) => {
    // Of several for one key the last one counts.
    const last = new Map(rows.map((row) => [row.key, row]));
    await db.executeQuery(upserted(last.size, valuesInOrder(last)));
    await sweep();
    return rows.map(() => undefined);
  });

  const claimed = wordedOnce((count) =>
    inserted(count)
      .onConflict((conflict) =>
        conflict
          .column('key')
          .doUpdateSet((eb) => ({ value: eb.ref('excluded.value'), expires_at: eb.ref('excluded.expires_at') }))
          // A key whose value has expired is free.
          .where('key_values.expires_at', '<=', 0),
      )
      .returning('key')
      .compile(),
  );
  const putIfAbsent = batched(async (rows: readonly Row[]) => {
    const first = new Map(rows.toReversed().map((row) => [row.key, row]));
    const taken = await db.executeQuery(claimed(first.size, [...valuesInOrder(first), now()]));
    const keys = new Set(taken.rows.map(({ key }) => key));
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
function valuesInOrder(rows: ReadonlyMap<string, Row>): (string | number | null)[] {
  return [...rows.values()]
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .flatMap(({ key, value, expires_at }) => [key, value, expires_at]);
}
