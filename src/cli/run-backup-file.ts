import { resolve } from 'node:path';
import { loadEnvironment } from '../config/load-environment.ts';
import { readConfig } from '../config/read-config.ts';
import { UserError } from '../kernel/errors.ts';
import { copySqlite } from '../store/sqlite/copy-sqlite.ts';
import type { Terminal } from './terminal.ts';

/** @throws UserError if the database is no SQLite file or can't be copied. */
export async function runBackupFile(file: string, { folder, stderr }: Terminal): Promise<void> {
  const { databaseUrl } = readConfig(loadEnvironment(folder));
  const path = /^sqlite:(.+)$/.exec(databaseUrl)?.[1];
  if (path === undefined)
    throw new UserError('DATABASE_URL names PostgreSQL, which pg_dump backs up; postbell export prints JSON of either');
  if (path === ':memory:') throw new UserError('DATABASE_URL names no file: there is nothing to back up');
  const target = resolve(folder, file);
  const bytes = await copySqlite(resolve(folder, path), target);
  stderr.write(`wrote ${target}, ${(bytes / 1e6).toFixed(1)} MB\n`);
}
