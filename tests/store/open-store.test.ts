import { chmodSync, existsSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { systemClock } from '../../src/kernel/clock.ts';
import { ConfigError } from '../../src/kernel/errors.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { openStore } from '../../src/store/open-store.ts';
import { openDatabases } from '../support/databases.ts';
import { makeFolder } from '../support/process.ts';

const parts = { clock: systemClock, log: silentLog };
const failure = async (url: string) =>
  openStore(url, parts).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('opening a store', () => {
  it('makes the file and the folders it lies in', async () => {
    const path = join(makeFolder(), 'a', 'b', 'postbell.db');
    const store = await openStore(`sqlite:${path}`, parts);
    await store.probe();
    await store.close();
    expect(existsSync(path)).toBe(true);
  });

  it('makes files that nobody else can read: they hold secrets, and where people are reached', async () => {
    const path = join(makeFolder(), 'postbell.db');
    const store = await openStore(`sqlite:${path}`, parts);
    for (const file of [path, `${path}-wal`, `${path}-shm`])
      expect([file, statSync(file).mode & 0o777]).toEqual([file, 0o600]);
    await store.close();
  });

  it('keeps SQLite in WAL mode, so that readers and a writer do not wait for each other', async () => {
    const path = join(makeFolder(), 'postbell.db');
    await (await openStore(`sqlite:${path}`, parts)).close();
    const file = new SqliteDatabase(path);
    expect(file.pragma('journal_mode', { simple: true })).toBe('wal');
    file.close();
  });

  it.each(['mysql://host/db', 'data/postbell.db', 'sqlite'])('names DATABASE_URL if it says %s', async (url) => {
    const error = await failure(url);
    expect(error).toBeInstanceOf(ConfigError);
    expect(String(error)).toContain('DATABASE_URL');
  });

  it('names DATABASE_URL, the file and the way back if that is no database, or a damaged one', async () => {
    const path = join(makeFolder(), 'notes.txt');
    writeFileSync(path, 'nothing of the kind '.repeat(100));
    const damaged = join(makeFolder(), 'postbell.db');
    await (await openStore(`sqlite:${damaged}`, parts)).close();
    truncateSync(damaged, 9000);
    for (const file of [path, damaged]) {
      const error = await failure(`sqlite:${file}`);
      expect(error).toMatchObject({ exitCode: 2, message: expect.stringMatching(/^DATABASE_URL: .*backup/) });
      expect(String(error)).toContain(file);
    }
  });

  it('says that another program holds the file, which may be over at the next start', async () => {
    const path = join(makeFolder(), 'postbell.db');
    const other = new SqliteDatabase(path);
    other.exec('begin exclusive');
    const error = await failure(`sqlite:${path}`);
    other.close();
    expect(error).toMatchObject({ exitCode: 1, message: expect.stringMatching(/locked.*other program/) });
  });

  it('names DATABASE_URL if a folder stands in the way', async () => {
    const folder = makeFolder();
    chmodSync(folder, 0o700);
    expect(String(await failure(`sqlite:${folder}`))).toContain('DATABASE_URL');
  });

  it('says that PostgreSQL does not answer, and keeps the password to itself', async () => {
    for (const host of ['127.0.0.1:1', 'localhost:1', 'nobody.invalid']) {
      const error = await failure(`postgres://user:s3cret-word@${host}/none`);
      expect(error).toMatchObject({
        message: expect.stringMatching(/^DATABASE_URL: .*(ECONNREFUSED|ENOTFOUND|EAI_AGAIN)/),
      });
      // It may only be slower to start than we are: whoever watches the process starts it again.
      expect(error).toMatchObject({ exitCode: 1 });
      expect(String(error)).not.toContain('s3cret-word');
    }
  });

  it('says that PostgreSQL lets us not in, which no second start mends', async () => {
    const databases = await openDatabases('postgres');
    const right = new URL(await databases.create());
    const wrong = (change: Partial<URL>) => failure(Object.assign(new URL(right), change).href);
    const errors = [await wrong({ password: 's3cret-word' }), await wrong({ pathname: '/nowhere' })];
    await databases.close();
    for (const error of errors) {
      expect(error).toMatchObject({ exitCode: 2, message: expect.stringMatching(/^DATABASE_URL: /) });
      expect(String(error)).not.toContain('s3cret-word');
    }
  });

  it('refuses a database that a newer Postbell has changed', async () => {
    const path = join(makeFolder(), 'postbell.db');
    await (await openStore(`sqlite:${path}`, parts)).close();
    const file = new SqliteDatabase(path);
    file.prepare('insert into kysely_migration (name, timestamp) values (?, ?)').run('9999-from-the-future', 'x');
    file.close();
    const error = await failure(`sqlite:${path}`);
    expect(error).toBeInstanceOf(ConfigError);
    expect(String(error)).toContain('newer');
  });

  it.each(['sqlite', 'postgres'] as const)('lets processes start together on an empty %s database', async (dialect) => {
    const databases = await openDatabases(dialect);
    const url = await databases.create();
    const stores = await Promise.all([openStore(url, parts), openStore(url, parts), openStore(url, parts)]);
    const revisions = await Promise.all(stores.map((store) => store.outbox.revision()));
    for (const store of stores) await store.close();
    await databases.close();
    expect(revisions).toEqual([0, 0, 0]);
  });
});
