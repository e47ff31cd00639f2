import type { Kysely } from 'kysely';
import type { Leases } from '../announce/leadership.ts';
import type { Outbox } from '../announce/outbox.ts';
import type { Clock } from '../kernel/clock.ts';
import { ConfigError } from '../kernel/errors.ts';
import type { KeyValueStore } from '../kernel/key-value-store.ts';
import type { Log } from '../kernel/log.ts';
import type { ActionStore } from '../message/action-store.ts';
import type { Message } from '../message/message.ts';
import type { OpenCounts } from '../posts/open-counts.ts';
import type { QueryCounts } from '../posts/query-counts.ts';
import type { Inbox } from '../subscribers/inbox.ts';
import type { PushEndpoints } from '../subscribers/push-endpoint.ts';
import type { SubscriberBook } from '../subscribers/subscriber-book.ts';
import { type Backup, exportAll, importAll, type RowCounts } from './backup.ts';
import { createKyselyActionStore } from './kysely-action-store.ts';
import { createKyselyInbox } from './kysely-inbox.ts';
import { createKyselyKeyValueStore } from './kysely-key-value-store.ts';
import { createKyselyLeases } from './kysely-leases.ts';
import { createKyselyOpenCounts } from './kysely-open-counts.ts';
import { createKyselyOutbox } from './kysely-outbox.ts';
import { createKyselyPushEndpoints } from './kysely-push-endpoints.ts';
import { createKyselyQueryCounts } from './kysely-query-counts.ts';
import { createKyselySubscriberBook } from './kysely-subscriber-book.ts';
import { migrate } from './migrate.ts';
import type { Database, Tables } from './schema.ts';

/** All that is kept over restarts, behind the ports of those who use it. */
export interface Store {
  readonly book: SubscriberBook;
  readonly outbox: Outbox;
  readonly inbox: Inbox<Message>;
  readonly pushEndpoints: PushEndpoints;
  readonly opens: OpenCounts;
  readonly queries: QueryCounts;
  readonly actions: ActionStore;
  readonly values: KeyValueStore;
  readonly leases: Leases;
  /** All that is stored, for a backup or for another database. */
  export(): Promise<Backup>;
  /** Fills this store from what `export` gave; @throws UserError if it is no backup, or if this store has been used. */
  import(backup: unknown): Promise<RowCounts>;
  /** Rejects if the database can't be written, such as one on a full disk; leaves nothing behind. */
  probe(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the database that the url names and brings its tables up to date. SQLite users never load PostgreSQL's
 * client, nor the other way round.
 *
 * @param databaseUrl `sqlite:PATH` or `postgres://…`
 * @throws ConfigError that names DATABASE_URL if the url means nothing or the database can't be opened.
 */
export async function openStore(
  databaseUrl: string,
  parts: { readonly clock: Clock; readonly log: Log },
): Promise<Store> {
  const { clock, log } = parts;
  const database = await openDatabase(databaseUrl, log);
  const { db } = database;
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw database.faultOf(error);
  }
  return {
    book: createKyselySubscriberBook(database),
    outbox: createKyselyOutbox(database),
    inbox: createKyselyInbox(database),
    pushEndpoints: createKyselyPushEndpoints(database),
    opens: createKyselyOpenCounts(database),
    queries: createKyselyQueryCounts(database),
    actions: createKyselyActionStore(database, clock),
    values: createKyselyKeyValueStore(database, clock),
    leases: createKyselyLeases(database),
    export: () => exportAll(db),
    import: (backup) => importAll(db, backup),
    probe: () => probe(db),
    close: () => db.destroy(),
  };
}

/** A write that is taken back would reach no disk: this one is committed, then there is nothing left of it. */
async function probe(db: Kysely<Tables>): Promise<void> {
  const key = 'probe';
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('key_values').where('key', '=', key).execute();
    await trx.insertInto('key_values').values({ key, value: '', expires_at: null }).execute();
    await trx.deleteFrom('key_values').where('key', '=', key).execute();
  });
}

async function openDatabase(url: string, log: Log): Promise<Database> {
  if (url.startsWith('sqlite:')) {
    const { openSqlite } = await import('./sqlite/open-sqlite.ts');
    return openSqlite(url.slice('sqlite:'.length));
  }
  if (/^postgres(?:ql)?:\/\//.test(url)) {
    const { openPostgres } = await import('./postgres/open-postgres.ts');
    return openPostgres(url, log);
  }
  throw new ConfigError(
    'DATABASE_URL: this is no database; write sqlite:data/postbell.db or postgres://user@host/name',
  );
}
