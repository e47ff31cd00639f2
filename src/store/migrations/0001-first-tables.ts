import { type Kysely, sql } from 'kysely';

/** Everything of the first release. `bigint` and `text` mean the same in SQLite and PostgreSQL. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('ledger')
    .addColumn('id', 'bigint', (c) => c.primaryKey())
    .addColumn('revision', 'bigint', (c) => c.notNull())
    .addColumn('deliveries', 'bigint', (c) => c.notNull())
    .execute();
  await sql`insert into ledger (id, revision, deliveries) values (1, 0, 0)`.execute(db);
  await schema
    .createTable('sources')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('known_at', 'bigint', (c) => c.notNull())
    .execute();
  await schema
    .createTable('posts')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('fingerprint', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('present', 'bigint', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('known_at', 'bigint', (c) => c.notNull())
    .addColumn('position', 'bigint', (c) => c.notNull())
    .execute();
  await schema.createIndex('posts_status').on('posts').column('status').execute();
  await schema
    .createTable('post_aliases')
    .addColumn('alias', 'text', (c) => c.primaryKey())
    .addColumn('post_id', 'text', (c) => c.notNull().references('posts.id').onDelete('cascade'))
    .execute();
  await schema
    .createTable('subscribers')
    .addColumn('address', 'text', (c) => c.primaryKey())
    .addColumn('chat_key', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('language', 'text')
    .addColumn('subscriptions', 'text', (c) => c.notNull())
    .addColumn('settings', 'text')
    .addColumn('since', 'bigint', (c) => c.notNull())
    .execute();
  await schema.createIndex('subscribers_chat').on('subscribers').column('chat_key').execute();
  await createDeliveries(db);
  await schema
    .createTable('pauses')
    .addColumn('chat_key', 'text', (c) => c.primaryKey())
    .addColumn('until', 'bigint', (c) => c.notNull())
    .execute();
  await schema
    .createTable('inbox')
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('number', 'bigint', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('message', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('inbox_pk', ['address', 'number'])
    .addUniqueConstraint('inbox_key', ['address', 'key'])
    .execute();
  await schema
    .createTable('actions')
    .addColumn('token', 'text', (c) => c.primaryKey())
    .addColumn('command', 'text', (c) => c.notNull())
    .addColumn('used_at', 'bigint', (c) => c.notNull())
    .execute();
  await schema.createIndex('actions_age').on('actions').column('used_at').execute();
  await schema
    .createTable('key_values')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'bigint')
    .execute();
  await schema.createIndex('key_values_expiry').on('key_values').column('expires_at').execute();
  await schema
    .createTable('leases')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('holder', 'text', (c) => c.notNull())
    .addColumn('until', 'bigint', (c) => c.notNull())
    .execute();
}

async function createDeliveries(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('deliveries')
    .addColumn('id', 'bigint', (c) => c.primaryKey())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('chat_key', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('due', 'bigint')
    .addColumn('claim', 'text')
    .addColumn('lease_until', 'bigint')
    .addColumn('bundle', 'text')
    .addColumn('replan', 'bigint', (c) => c.notNull())
    .addColumn('attempts', 'bigint', (c) => c.notNull())
    .addColumn('unknowns', 'bigint', (c) => c.notNull())
    .addColumn('crashes', 'bigint', (c) => c.notNull())
    .addColumn('moved', 'bigint', (c) => c.notNull())
    .addColumn('plain', 'bigint', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('message_id', 'text')
    .addColumn('planned_at', 'bigint', (c) => c.notNull())
    .addColumn('ended_at', 'bigint')
    .execute();
  // Rows leave these four as soon as they end, so that claiming costs the same however long the history is.
  await schema
    .createIndex('deliveries_due')
    .on('deliveries')
    .columns(['channel', 'due', 'id'])
    .where(sql.ref('due'), 'is not', null)
    .execute();
  await schema
    .createIndex('deliveries_chat')
    .on('deliveries')
    .columns(['chat_key', 'due', 'id'])
    .where(sql.ref('due'), 'is not', null)
    .execute();
  await schema
    .createIndex('deliveries_claimed')
    .on('deliveries')
    .column('chat_key')
    .where(sql.ref('claim'), 'is not', null)
    .execute();
  await schema
    .createIndex('deliveries_bundle')
    .unique()
    .on('deliveries')
    .columns(['address', 'bundle'])
    .where(sql.ref('bundle'), 'is not', null)
    .execute();
  await schema
    .createIndex('deliveries_unknowns')
    .on('deliveries')
    .column('unknowns')
    .where(sql.ref('unknowns'), '>', sql.lit(0))
    .execute();
  await schema.createIndex('deliveries_address').on('deliveries').column('address').execute();
  await schema.createIndex('deliveries_state').on('deliveries').columns(['state', 'ended_at']).execute();
  await schema
    .createTable('delivery_posts')
    .addColumn('post_id', 'text', (c) => c.notNull().references('posts.id'))
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('delivery_id', 'bigint', (c) => c.notNull().references('deliveries.id').onDelete('cascade'))
    .addColumn('position', 'bigint', (c) => c.notNull())
    .addColumn('matched', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('delivery_posts_pk', ['post_id', 'address'])
    .execute();
  await schema.createIndex('delivery_posts_delivery').on('delivery_posts').column('delivery_id').execute();
}
