import type { QueryCounts } from '../posts/query-counts.ts';
import { inChunks } from './rows.ts';
import type { Database } from './schema.ts';

/** What readers look for, in the database; counted there, so that several processes count together. */
export function createKyselyQueryCounts({ db }: Database): QueryCounts {
  return {
    async add(asked, day) {
      // In one order, so that two processes never wait for each other's rows.
      const rows = asked.map((one) => ({ ...one, day })).sort((a, b) => (a.key < b.key ? -1 : 1));
      for (const chunk of inChunks(rows, 300)) {
        await db
          .insertInto('queries')
          .values(chunk)
          .onConflict((conflict) =>
            conflict.columns(['day', 'key']).doUpdateSet((eb) => ({
              count: eb('queries.count', '+', eb.ref('excluded.count')),
              query: eb.ref('excluded.query'),
              total: eb.ref('excluded.total'),
            })),
          )
          .execute();
      }
    },

    async most(since, limit) {
      const rows = await db
        .selectFrom('queries')
        .innerJoin(
          (eb) =>
            eb
              .selectFrom('queries')
              .select((of) => ['key', of.fn.max('day').as('last'), of.fn.sum<number | string>('count').as('times')])
              .where('day', '>=', since)
              .groupBy('key')
              .as('sums'),
          (join) => join.onRef('sums.key', '=', 'queries.key').onRef('sums.last', '=', 'queries.day'),
        )
        .select(['queries.key', 'queries.query', 'queries.total', 'sums.times'])
        .orderBy('sums.times', 'desc')
        .orderBy('queries.key')
        .limit(limit)
        .execute();
      return rows.map(({ times, ...row }) => ({ ...row, count: Number(times) }));
    },

    async forgetBefore(day) {
      await db.deleteFrom('queries').where('day', '<', day).execute();
    },
  };
}
