import { type Kysely, Migrator } from 'kysely';
import { ConfigError } from '../kernel/errors.ts';
import { up as firstTables } from './migrations/0001-first-tables.ts';
import { up as corrections } from './migrations/0002-corrections.ts';
import { up as broadcasts } from './migrations/0003-broadcasts.ts';
import { up as pushEndpoints } from './migrations/0004-push-endpoints.ts';
import { up as opens } from './migrations/0005-opens.ts';
import { up as queries } from './migrations/0006-queries.ts';
import type { Tables } from './schema.ts';

/** In order; forward only. A migration that has been released is never changed. */
export const migrations = {
  '0001-first-tables': { up: firstTables },
  '0002-corrections': { up: corrections },
  '0003-broadcasts': { up: broadcasts },
  '0004-push-endpoints': { up: pushEndpoints },
  '0005-opens': { up: opens },
  '0006-queries': { up: queries },
};

/**
 * Brings the tables up to date in one transaction; processes that start together wait for each other.
 *
 * @throws ConfigError if the database was made by a newer Postbell.
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const known = new Set(Object.keys(migrations));
  const applied = await appliedMigrations(db);
  const newer = applied.find((name) => !known.has(name));
  if (newer !== undefined) {
    throw new ConfigError(`DATABASE_URL: a newer Postbell has changed this database (${newer}); run that one or later`);
  }
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

async function appliedMigrations(db: Kysely<Tables>): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return [];
  const rows = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .execute();
  return rows.map((row) => row.name);
}
