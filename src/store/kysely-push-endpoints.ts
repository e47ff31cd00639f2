import { formatAddress } from '../subscribers/address.ts';
import type { PushEndpoints } from '../subscribers/push-endpoint.ts';
import { subscriptionsOf } from './rows.ts';
import type { Database } from './schema.ts';

/** Browsers that take notifications, in the database; the book of subscribers removes those of whom it forgets. */
export function createKyselyPushEndpoints({ db, lockKey }: Database): PushEndpoints {
  return {
    async find(address) {
      return db
        .selectFrom('push_endpoints')
        .select(['url', 'p256dh', 'auth'])
        .where('address', '=', formatAddress(address))
        .executeTakeFirst();
    },

    async put(address, { url, p256dh, auth }) {
      const key = formatAddress(address);
      return db.transaction().execute(async (trx) => {
        // The book takes the same lock: nobody unsubscribes in between.
        await lockKey(trx, key);
        const row = await trx
          .selectFrom('subscribers')
          .select('subscriptions')
          .where('address', '=', key)
          .executeTakeFirst();
        if (!row || subscriptionsOf(row.subscriptions).length === 0) return false;
        await trx
          .insertInto('push_endpoints')
          .values({ address: key, url, p256dh, auth })
          .onConflict((conflict) => conflict.column('address').doUpdateSet({ url, p256dh, auth }))
          .execute();
        return true;
      });
    },

    async remove(address, url) {
      let query = db.deleteFrom('push_endpoints').where('address', '=', formatAddress(address));
      if (url !== undefined) query = query.where('url', '=', url);
      await query.execute();
    },
  };
}
