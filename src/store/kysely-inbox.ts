import type { Message } from '../message/message.ts';
import { formatAddress } from '../subscribers/address.ts';
import type { Inbox } from '../subscribers/inbox.ts';
import { batched } from './batched.ts';
import type { Database } from './schema.ts';

/** So many messages wait for a reader; older ones give way. */
const KEPT = 200;

/** Messages that wait in the database for readers to fetch them. */
export function createKyselyInbox({ db, lockKey }: Database): Inbox<Message> {
  const waiting = batched(async (asked: readonly { readonly owner: string; readonly number: number }[]) => {
    const rows = await db
      .selectFrom('inbox')
      .select(['address', 'number', 'at', 'message'])
      .where((eb) =>
        eb.or(asked.map(({ owner, number }) => eb.and([eb('address', '=', owner), eb('number', '>', number)]))),
      )
      .orderBy('address')
      .orderBy('number')
      .execute();
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
