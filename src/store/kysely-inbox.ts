import type { Message } from '../message/message.ts';
import { formatAddress } from '../subscribers/address.ts';
import type { Inbox } from '../subscribers/inbox.ts';
import { batched } from './batched.ts';
import type { Database } from './schema.ts';
import { wordedOnce } from './worded-once.ts';

/** So many messages wait for a reader; older ones give way. */
const KEPT = 200;

/** Messages that wait in the database for readers to fetch them. */
export function createKyselyInbox({ db, lockKey }: Database): Inbox<Message> {
  const selected = wordedOnce((count) =>
    db
      .selectFrom('inbox')
      .select(['address', 'number', 'at', 'message'])
      .where((eb) => {
        const asked = eb.and([eb('address', '=', ''), eb('number', '>', 0)]);
        return eb.or(Array<typeof asked>(count).fill(asked));
      })
      .orderBy('address')
      .orderBy('number')
      .compile(),
  );
  const waiting = batched(async (asked: readonly { readonly owner: string; readonly number: number }[]) => {
    const values = asked.flatMap(({ owner, number }) => [owner, number]);
    const { rows } = await db.executeQuery(selected(asked.length, values));
    return asked.map(({ owner, number }) => rows.filter((row) => row.address === owner && row.number > number));
  });

  return {
    async put(address, key, message, at) {
      const owner = formatAddress(address);
      await db.transaction().execute(async (trx) => {
        await lockKey(trx, owner);
        const { last } = await trx
          .selectFrom('inbox')
          .select((eb) => eb.fn.coalesce(eb.fn.max('number'), eb.lit(0)).as('last'))
          .where('address', '=', owner)
          .executeTakeFirstOrThrow();
        const row = { address: owner, number: last + 1, key, message: JSON.stringify(message), at: at.getTime() };
        await trx
          .insertInto('inbox')
          .values(row)
          .onConflict((conflict) => conflict.columns(['address', 'key']).doNothing())
          .execute();
        await trx
          .deleteFrom('inbox')
          .where('address', '=', owner)
          .where('number', '<=', row.number - KEPT)
          .execute();
      });
    },

    async after(address, number, limit) {
      const rows = await waiting({ owner: formatAddress(address), number });
      return rows
        .slice(0, limit)
        .map((row) => ({ number: row.number, at: new Date(row.at), message: JSON.parse(row.message) }));
    },
  };
}
