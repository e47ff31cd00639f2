import { setTimeout } from 'node:timers/promises';
import type { Database as File, Statement } from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type QueryResult,
  SqliteAdapter,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
} from 'kysely';
import { codeOf } from '../../kernel/errors.ts';

/** More kinds of queries than we have; bounds the cache should one be built with a varying number of values. */
const CACHED_STATEMENTS = 500;

/** So long a writer waits for another process to finish its transaction, and so long between two looks. */
const BUSY_MS = 10_000;
const LOOK_AGAIN_MS = 5;

/**
 * Kysely's dialect with four differences. Transactions begin as writers, since one that reads first and then
 * writes fails outright when another process has written in between, without waiting. Waiting for another
 * process leaves the event loop free, which SQLite's own does not. And migrations run in a transaction, which
 * SQLite can do.
 */
export function createSqliteDialect(file: File): Dialect {
  const database = { prepare: rememberStatements(file), close: () => void file.close() };
  const base = new SqliteDialect({ database });
  return {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () => new WriterDriver({ database }, () => file.inTransaction),
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
  readonly #isWithin: () => boolean;

  constructor(config: SqliteDialectConfig, isWithin: () => boolean) {
    super(config);
    this.#isWithin = isWithin;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection();
    return {
      executeQuery: <Row>(query: CompiledQuery) => whenFree(() => connection.executeQuery<Row>(query)),
      streamQuery: (query, size) => connection.streamQuery(query, size),
    };
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** On a full disk SQLite has taken all back itself; asked again it would complain, and hide what was wrong. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#isWithin()) await super.rollbackTransaction(connection);
  }
}

/** Tries a statement until no other process is writing. One that met a writer has done nothing. */
async function whenFree<Row>(run: () => Promise<QueryResult<Row>>): Promise<QueryResult<Row>> {
  for (let waited = 0; ; waited += LOOK_AGAIN_MS) {
    try {
      return await run();
    } catch (error) {
      if (!isBusy(error) || waited >= BUSY_MS) throw error;
    }
    await setTimeout(LOOK_AGAIN_MS);
  }
}

function isBusy(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_BUSY');
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
