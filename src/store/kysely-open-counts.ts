import type { OpenCounts } from '../posts/open-counts.ts';
import type { Database } from './schema.ts';

/** How often posts were opened, in the database; counted there, so that several processes count together. */
export function createKyselyOpenCounts({ db }: Database): OpenCounts {
  return {
    async add(postId, day) {
      await db
        .insertInto('opens')
        .values({ day, post_id: postId, count: 1 })
        .onConflict((conflict) =>
          conflict.columns(['day', 'post_id']).doUpdateSet((eb) => ({ count: eb('opens.count', '+', 1) })),
        )
        .execute();
    },

    async most(since, limit) {
      const rows = await db
        .selectFrom('opens')
        .select((eb) => ['post_id', eb.fn.sum<number | string>('count').as('total')])
        .where('day', '>=', since)
        .groupBy('post_id')
        .orderBy('total', 'desc')
        .orderBy('post_id')
        .limit(limit)
        .execute();
      return rows.map(({ post_id, total }) => ({ postId: post_id, count: Number(total) }));
    },
  };
}
