import { type Dialect, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';

/** Kysely's dialect as it is; the counterpart of the SQLite one. */
export function createPostgresDialect(pool: Pool): Dialect {
  return new PostgresDialect({ pool });
}
