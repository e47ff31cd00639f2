import { sql } from 'kysely';
import type { Progress } from '../announce/outbox.ts';
import type { Queries } from './schema.ts';

/**
 * See `Outbox.progress`. Deliveries are numbered as they are planned, so that those of the last announcement are the
 * last ones: no index on the time is needed.
 */
export async function progressOf(db: Queries, now: Date): Promise<Progress | undefined> {
  const last = await db.selectFrom('deliveries').select('planned_at').orderBy('id', 'desc').limit(1).executeTakeFirst();
  if (!last) return undefined;
  const before = await db
    .selectFrom('deliveries')
    .select('id')
    .where('planned_at', '<', last.planned_at)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  const { rows } = await sql<{ total: number; ended: number | null; later: number | null }>`
    select count(*) as total, sum(case when ended_at is not null then 1 else 0 end) as ended,
      sum(case when due > ${now.getTime()} and attempts = 0 then 1 else 0 end) as later
    from deliveries
    where id > ${before?.id ?? 0}
  `.execute(db);
  const [row] = rows;
  return row && { at: new Date(last.planned_at), total: row.total, ended: row.ended ?? 0, later: row.later ?? 0 };
}
