import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { Kysely } from 'kysely';
import { ConfigError, codeOf, messageOf, UserError } from '../../kernel/errors.ts';
import type { Database, Tables } from '../schema.ts';
import { makeFile } from './make-file.ts';
import { createSqliteDialect } from './sqlite-dialect.ts';

/** Another process that opens the file at the same moment is done by then. */
const OPENING_MS = 5_000;

/**
 * Opens the file at `path`, making it and its folder if they are missing.
 *
 * @throws ConfigError if it can't be opened or is no SQLite file; UserError if it may be opened later.
 */
export async function openSqlite(path: string): Promise<Database> {
  try {
    if (path !== ':memory:') {
      await mkdir(dirname(path), { recursive: true });
      await makeFile(path);
    }
    const file = new SqliteDatabase(path, { timeout: OPENING_MS });
    file.pragma('journal_mode = WAL');
    // A process that is killed loses nothing; a power cut may undo the last moments, so that those messages repeat.
    file.pragma('synchronous = NORMAL');
    // 16 MB between two takings-over into the file, each of which waits for the disk; the default is 4.
    file.pragma('wal_autocheckpoint = 4000');
    file.pragma('foreign_keys = ON');
    // From here on the dialect does the waiting.
    file.pragma('busy_timeout = 0');
    return {
      db: new Kysely<Tables>({ dialect: createSqliteDialect(file) }),
      locksRows: false,
      // Every transaction begins as a writer, and there is one writer at a time.
      lockKey: async () => {},
      // SQLite follows an index that fits the order, whatever the size.
      analyze: async () => {},
      faultOf: (thrown) => (codeOf(thrown).startsWith('SQLITE_') ? faultOf(path, thrown) : thrown),
    };
  } catch (cause) {
    throw faultOf(path, cause);
  }
}

function faultOf(path: string, cause: unknown): UserError {
  const code = codeOf(cause);
  const fault = `DATABASE_URL: the SQLite file ${path} can't be opened (${messageOf(cause)})`;
  if (/^(SQLITE_(FULL|IOERR)|ENOSPC|EDQUOT|EIO)/.test(code))
    return new UserError(`${fault}; see that its disk is well and has room`, { cause });
  if (code.startsWith('SQLITE_BUSY')) return new UserError(`${fault}; end the other program that holds it`, { cause });
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code))
    return new ConfigError(`${fault}; put the last backup in its place, or move it away to begin anew`, { cause });
  return new ConfigError(`${fault}; name a file that this user can write`, { cause });
}
