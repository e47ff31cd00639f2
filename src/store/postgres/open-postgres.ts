import { Kysely, sql } from 'kysely';
import pg from 'pg';
import { ConfigError, codeOf, messageOf, UserError } from '../../kernel/errors.ts';
import type { Log } from '../../kernel/log.ts';
import type { Database, Tables } from '../schema.ts';
import { createPostgresDialect } from './postgres-dialect.ts';

/**
 * Connects to the server that `url` names.
 *
 * @throws ConfigError if it lets us not in; UserError if it can't be reached, which may be so at the start of a
 *   machine and mends itself. The url's password is never repeated.
 */
export async function openPostgres(url: string, log: Log): Promise<Database> {
  let pool: pg.Pool | undefined;
  try {
    pool = new pg.Pool({
      connectionString: url,
      application_name: 'postbell',
      connectionTimeoutMillis: 10_000,
      types: { getTypeParser: parserOf },
    });
    // A connection that breaks while idle is replaced at the next query; unheard, the event would end the process.
    pool.on('error', (error) => log.warn({ error: messageOf(error) }, 'an idle database connection broke'));
    const db = new Kysely<Tables>({ dialect: createPostgresDialect(pool) });
    await sql`select 1`.execute(db);
    return {
      db,
      locksRows: true,
      lockKey: async (trx, key) => {
        await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(trx);
      },
      analyze: async (trx, table) => {
        await sql`analyze ${sql.table(table)}`.execute(trx);
      },
    };
  } catch (cause) {
    await pool?.end();
    const Fault = isRefused(cause) ? ConfigError : UserError;
    throw new Fault(
      `DATABASE_URL: PostgreSQL can't be used (${messageOf(cause)}); check that the server runs and that host, database, user and password are right`,
      { cause },
    );
  }
}

/** Whether the address itself, the user, the password or the database is wrong: waiting mends none of them. */
function isRefused(cause: unknown): boolean {
  // Classes of https://www.postgresql.org/docs/current/errcodes-appendix.html
  return /^(28...|3D000|ERR_INVALID_URL)$/.test(codeOf(cause));
}

/** Our numbers fit a double: instants, counts and row numbers. pg would bring 64-bit integers as text. */
const parserOf: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format as 'text');
