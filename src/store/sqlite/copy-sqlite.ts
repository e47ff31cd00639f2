import { randomUUID } from 'node:crypto';
import { access, rename, rm } from 'node:fs/promises';
import SqliteDatabase from 'better-sqlite3';
import { messageOf, UserError } from '../../kernel/errors.ts';
import { makeFile } from './make-file.ts';

/**
 * Copies a database that may be in use, as it is at one moment, to a file that must not be there yet. `VACUUM INTO`
 * reads in one transaction, which with WAL stops no writer; SQLite's backup API begins again whenever another process
 * has written. The copy is checked before it gets its name, so that a file of that name is whole.
 *
 * @returns its size in bytes
 * @throws UserError if there is no database at `path`, if `target` is there already or can't be written.
 */
export async function copySqlite(path: string, target: string): Promise<number> {
  if (await isThere(target)) throw new UserError(`${target} is there already; name a file that is not`);
  const draft = `${target}.${randomUUID()}.partial`;
  try {
    await makeFile(draft);
    const source = new SqliteDatabase(path, { readonly: true, fileMustExist: true });
    try {
      source.prepare('vacuum into ?').run(draft);
    } finally {
      source.close();
    }
    const bytes = checkedSize(draft);
    await rename(draft, target);
    return bytes;
  } catch (cause) {
    await rm(draft, { force: true });
    if (cause instanceof UserError) throw cause;
    throw new UserError(
      `${path} can't be copied to ${target} (${messageOf(cause)}); see that the one is there, and that there is room and leave to write the other`,
      { cause },
    );
  }
}

function checkedSize(path: string): number {
  const copy = new SqliteDatabase(path, { readonly: true });
  try {
    const verdict = copy.pragma('integrity_check', { simple: true });
    if (verdict !== 'ok') throw new UserError(`the copy is not whole (${verdict}); check the disk, and try again`);
    return Number(copy.pragma('page_count', { simple: true })) * Number(copy.pragma('page_size', { simple: true }));
  } finally {
    copy.close();
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
