import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import { UserError } from '../kernel/errors.ts';
import { inChunks } from './rows.ts';
import type { Tables } from './schema.ts';

/** Everything that is stored, save who leads. Holds secrets and addresses of people: to be kept like the database. */
export interface Backup {
  readonly format: 'postbell-backup';
  readonly version: 1;
  readonly tables: { readonly [Name in BackedUp]: readonly Tables[Name][] };
}

/** How many rows each table got. */
export type RowCounts = Readonly<Record<BackedUp, number>>;

type BackedUp = Exclude<keyof Tables, 'leases'>;

const whole = z.int();
const text = z.string();

/** In an order in which rows may refer to those before them. */
const rows = {
  ledger: z.strictObject({ id: whole, revision: whole, deliveries: whole }),
  sources: z.strictObject({ id: text, known_at: whole }),
  posts: z.strictObject({
    id: text,
    source: text,
    title: text,
    fingerprint: text,
    status: z.enum(['baseline', 'announced', 'held', 'discarded']),
    present: whole,
    content: text,
    known_at: whole,
    position: whole,
  }),
  post_aliases: z.strictObject({ alias: text, post_id: text }),
  subscribers: z.strictObject({
    address: text,
    chat_key: text,
    state: z.enum(['active', 'suspended']),
    language: text.nullable(),
    subscriptions: text,
    settings: text.nullable(),
    since: whole,
  }),
  deliveries: z.strictObject({
    id: whole,
    address: text,
    channel: text,
    chat_key: text,
    state: z.enum(['pending', 'sending', 'sent', 'unknown', 'dead']),
    due: whole.nullable(),
    claim: text.nullable(),
    lease_until: whole.nullable(),
    bundle: text.nullable(),
    replan: whole,
    attempts: whole,
    unknowns: whole,
    crashes: whole,
    moved: whole,
    plain: whole,
    reason: text.nullable(),
    message_id: text.nullable(),
    planned_at: whole,
    ended_at: whole.nullable(),
    broadcast_id: text.nullable(),
  }),
  broadcasts: z.strictObject({ id: text, words: text, at: whole }),
  delivery_posts: z.strictObject({ post_id: text, address: text, delivery_id: whole, position: whole, matched: text }),
  corrections: z.strictObject({
    delivery_id: whole,
    channel: text,
    chat_key: text,
    due: whole,
    attempts: whole,
  }),
  pauses: z.strictObject({ chat_key: text, until: whole }),
  inbox: z.strictObject({ address: text, number: whole, key: text, message: text, at: whole }),
  push_endpoints: z.strictObject({ address: text, url: text, p256dh: text, auth: text }),
  opens: z.strictObject({ day: text, post_id: text, count: whole }),
  queries: z.strictObject({ day: text, key: text, query: text, count: whole, total: whole }),
  actions: z.strictObject({ token: text, command: text, used_at: whole }),
  key_values: z.strictObject({ key: text, value: text, expires_at: whole.nullable() }),
} satisfies { readonly [Name in BackedUp]: z.ZodType<Tables[Name]> };

const names = Object.keys(rows) as readonly BackedUp[];

const backup = z.strictObject({
  format: z.literal('postbell-backup'),
  version: z.literal(1),
  tables: z.strictObject({
    ledger: z.array(rows.ledger).length(1),
    sources: z.array(rows.sources),
    posts: z.array(rows.posts),
    post_aliases: z.array(rows.post_aliases),
    subscribers: z.array(rows.subscribers),
    deliveries: z.array(rows.deliveries),
    broadcasts: z.array(rows.broadcasts),
    delivery_posts: z.array(rows.delivery_posts),
    corrections: z.array(rows.corrections),
    pauses: z.array(rows.pauses),
    inbox: z.array(rows.inbox),
    // Backups of before there were any have none.
    push_endpoints: z.array(rows.push_endpoints).default([]),
    opens: z.array(rows.opens).default([]),
    queries: z.array(rows.queries).default([]),
    actions: z.array(rows.actions),
    key_values: z.array(rows.key_values),
  }),
});

/** Reads all tables as they were at one moment. */
export async function exportAll(db: Kysely<Tables>): Promise<Backup> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const tables: Partial<Record<BackedUp, unknown>> = {};
      for (const name of names) tables[name] = await trx.selectFrom(name).selectAll().execute();
      return backup.parse({ format: 'postbell-backup', version: 1, tables });
    });
}

/**
 * Fills an empty database from a backup, altogether or not at all. What was being sent when the backup was made counts
 * as unknown.
 *
 * @throws UserError if the text is no backup, or if the database has been used.
 */
export async function importAll(db: Kysely<Tables>, content: unknown): Promise<RowCounts> {
  const read = backup.safeParse(content);
  if (!read.success) {
    const [issue] = read.error.issues;
    const place = issue?.path.join('.') ?? '';
    throw new UserError(`this is no backup of Postbell (${place}: ${issue?.message}); name a file that export wrote`);
  }
  const { tables } = read.data;
  await db.transaction().execute(async (trx) => {
    await assertUnused(trx);
    await trx.deleteFrom('ledger').execute();
    await trx.deleteFrom('key_values').execute();
    for (const name of names) {
      const list: readonly object[] = name === 'deliveries' ? tables.deliveries.map(reopened) : tables[name];
      for (const chunk of inChunks(list, 300)) {
        // The rows are of this very table; that a union of tables takes a union of rows, types cannot say.
        await trx
          .insertInto(name)
          .values(chunk as never)
          .execute();
      }
    }
  });
  return Object.fromEntries(names.map((name) => [name, tables[name].length])) as RowCounts;
}

function reopened(row: Tables['deliveries']): Tables['deliveries'] {
  if (row.state !== 'sending') return row;
  return { ...row, state: 'unknown', due: 0, claim: null, lease_until: null, crashes: row.crashes + 1 };
}

async function assertUnused(trx: Transaction<Tables>): Promise<void> {
  for (const name of ['subscribers', 'posts', 'deliveries', 'inbox'] as const) {
    const { count } = await trx
      .selectFrom(name)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    if (Number(count) > 0) {
      throw new UserError(
        `DATABASE_URL: the database is in use already (it has ${count} ${name}); import into an empty one`,
      );
    }
  }
}
