import { open } from 'node:fs/promises';

/**
 * Makes an empty file for a database, unless there is one: it will hold secrets and where people are reached, so
 * that nobody but this user can read it. SQLite gives the files beside it the same rights.
 */
export async function makeFile(path: string): Promise<void> {
  const file = await open(path, 'a', 0o600);
  await file.close();
}
