import type { Kysely } from 'kysely';

/** Browsers that take notifications. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('push_endpoints')
    .addColumn('address', 'text', (c) => c.primaryKey())
    .addColumn('url', 'text', (c) => c.notNull())
    .addColumn('p256dh', 'text', (c) => c.notNull())
    .addColumn('auth', 'text', (c) => c.notNull())
    .execute();
}
