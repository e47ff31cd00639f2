import type { Kysely } from 'kysely';

/** Messages that tell a post which has been corrected since. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('corrections')
    .addColumn('delivery_id', 'bigint', (c) => c.primaryKey().references('deliveries.id').onDelete('cascade'))
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('chat_key', 'text', (c) => c.notNull())
    .addColumn('due', 'bigint', (c) => c.notNull())
    .addColumn('attempts', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('corrections_due').on('corrections').columns(['channel', 'due', 'delivery_id']).execute();
  await db.schema.createIndex('corrections_chat').on('corrections').column('chat_key').execute();
}
