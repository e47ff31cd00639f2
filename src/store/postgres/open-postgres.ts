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
      faultOf: (thrown) => (codeOf(thrown) === '' ? thrown : faultOf(thrown)),
    };
  } catch (cause) {
    await pool?.end();
    throw faultOf(cause);
  }
}

/**
 * What waiting does not mend: a wrong address, user, password or database, or a user that may create no tables.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const refusals = /^(28...|3D000|42501|ERR_INVALID_URL)$/;

function faultOf(cause: unknown): UserError {
  const Fault = refusals.test(codeOf(cause)) ? ConfigError : UserError;
  return new Fault(
    `DATABASE_URL: PostgreSQL can't be used (${messageOf(cause)}); check that the server runs, that host, database, user and password are right, and that the user may create tables`,
    { cause },
  );
}

/** Our numbers fit a double: instants, counts and row numbers. pg would bring 64-bit integers as text. */
const parserOf: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format as 'text');
