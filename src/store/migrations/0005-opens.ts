import type { Kysely } from 'kysely';

/** How often posts were opened, a day. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('opens')
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('post_id', 'text', (c) => c.notNull())
    .addColumn('count', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('opens_key', ['day', 'post_id'])
    .execute();
}
