import { type Kysely, Migrator } from 'kysely';
import { silentLog } from '../../src/kernel/log.ts';
import { migrations } from '../../src/store/migrate.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { openPostgres } from '../../src/store/postgres/open-postgres.ts';
import type { Tables } from '../../src/store/schema.ts';
import { openSqlite } from '../../src/store/sqlite/open-sqlite.ts';
import { parseAddress } from '../../src/subscribers/address.ts';
import { type Databases, dialects, openDatabases } from '../support/databases.ts';
import { chats, claimFrom, inWords, makeSubscriber, publishTo, subscribe } from '../support/ledger.ts';
import { createManualClock } from '../support/manual-clock.ts';

const versions = Object.keys(migrations);

describe.each(dialects)('on %s, a database that stopped at', (dialect) => {
  const clock = createManualClock();
  let databases: Databases;
  const open: Store[] = [];

  beforeAll(async () => {
    databases = await openDatabases(dialect);
  });
  afterEach(async () => {
    for (const store of open.splice(0)) await store.close();
  });
  afterAll(() => databases.close());

  async function opened(url: string): Promise<Store> {
    const store = await openStore(url, { clock, log: silentLog });
    open.push(store);
    return store;
  }

  /** What a bot of any version leaves: somebody was told, somebody waits, and a secret was made. */
  async function used(): Promise<Store> {
    const store = await opened(await databases.create());
    await subscribe(store, ...chats(3).map((address) => makeSubscriber(address, { language: 'en' })));
    await publishTo(store, 'Told', ['telegram:1']);
    const [told] = await claimFrom(store, clock.now());
    if (told)
      await store.outbox.settle([{ delivery: told, transition: { kind: 'sent', messageId: '7' } }], clock.now());
    await publishTo(store, 'Waiting', ['telegram:2', 'telegram:3']);
    await store.values.put('telegram.webhook-secret', 'kept');
    return store;
  }

  /** A database as the version that ended with this migration has left it, with the same rows in it. */
  async function left(version: string, rows: Readonly<Record<string, readonly object[]>>): Promise<string> {
    const url = await databases.create();
    const { db } = await (dialect === 'sqlite'
      ? openSqlite(url.slice('sqlite:'.length))
      : openPostgres(url, silentLog));
    const upTo = Object.fromEntries(Object.entries(migrations).slice(0, versions.indexOf(version) + 1));
    await new Migrator({ db, provider: { getMigrations: async () => upTo } }).migrateToLatest();
    await fill(db, rows);
    await db.destroy();
    return url;
  }

  async function fill(db: Kysely<Tables>, rows: Readonly<Record<string, readonly object[]>>): Promise<void> {
    const columns = new Map((await db.introspection.getTables()).map((table) => [table.name, table.columns]));
    for (const [table, all] of Object.entries(rows)) {
      const known = new Set(columns.get(table)?.map(({ name }) => name));
      const fitting = all.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => known.has(name))));
      if (!columns.has(table) || fitting.length === 0) continue;
      await db.deleteFrom(table as keyof Tables).execute();
      await db
        .insertInto(table as keyof Tables)
        .values(fitting)
        .execute();
    }
  }

  it.each(versions)('%s is brought up to date with all that it holds, and goes on from there', async (version) => {
    const before = await (await used()).export();
    const store = await opened(await left(version, before.tables));
    expect(await store.export()).toEqual(before);

    expect(await store.values.get('telegram.webhook-secret')).toBe('kept');
    expect((await store.book.find(parseAddress('telegram:1')))?.language).toBe('en');
    expect(inWords(await claimFrom(store, clock.now()))).toEqual(['2: Waiting', '3: Waiting']);
    await publishTo(store, 'Later', ['telegram:1']);
    expect(inWords(await claimFrom(store, clock.now()))).toEqual(['1: Later']);
  });
});
