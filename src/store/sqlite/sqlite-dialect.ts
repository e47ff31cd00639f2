import type { Database as File, Statement } from 'better-sqlite3';
import { CompiledQuery, type Dialect, SqliteAdapter, SqliteDialect, SqliteDriver } from 'kysely';

/** More kinds of queries than we have; bounds the cache should one be built with a varying number of values. */
const CACHED_STATEMENTS = 500;

/**
 * Kysely's dialect with two differences. Transactions begin as writers, since one that reads first and then
 * writes fails outright when another process has written in between, without waiting. And migrations run in
 * a transaction, which SQLite can do.
 */
export function createSqliteDialect(file: File): Dialect {
  const database = { prepare: rememberStatements(file), close: () => void file.close() };
  const base = new SqliteDialect({ database });
  return {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () => new WriterDriver({ database }),
    createIntrospector: (db) => base.createIntrospector(db),
    createQueryCompiler: () => base.createQueryCompiler(),
  };
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class WriterDriver extends SqliteDriver {
  override async beginTransaction(connection: Parameters<SqliteDriver['beginTransaction']>[0]): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

/** Parsing SQL takes longer than running most of ours. */
function rememberStatements(file: File): (text: string) => Statement<unknown[]> {
  const statements = new Map<string, Statement<unknown[]>>();
  return (text) => {
    const known = statements.get(text);
    if (known) return known;
    if (statements.size >= CACHED_STATEMENTS) statements.clear();
    const statement = file.prepare<unknown[]>(text);
    statements.set(text, statement);
    return statement;
  };
}
