import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { loadEnvironment } from '../config/load-environment.ts';
import { readConfig } from '../config/read-config.ts';
import { secretsIn } from '../config/secrets.ts';
import { systemClock } from '../kernel/clock.ts';
import { createLog } from '../kernel/create-log.ts';
import { messageOf, UserError } from '../kernel/errors.ts';
import { openStore, type Store } from '../store/open-store.ts';
import type { Terminal } from './terminal.ts';

/** Prints all that is stored. */
export async function exportStore(terminal: Terminal): Promise<void> {
  const backup = await withStore(terminal, (store) => store.export());
  terminal.stdout.write(`${JSON.stringify(backup)}\n`);
}

/**
 * Fills the configured database.
 *
 * @throws UserError if the file can't be read or is no backup, or if the database has been used.
 */
export async function importStore(file: string, terminal: Terminal): Promise<void> {
  const backup = parse(await textOf(file, terminal), file);
  const counts = await withStore(terminal, (store) => store.import(backup));
  const said = Object.entries(counts).map(([table, count]) => `${count} ${table.replaceAll('_', ' ')}`);
  terminal.stderr.write(`imported ${said.join(', ')}\n`);
}

async function withStore<T>({ folder }: Terminal, use: (store: Store) => Promise<T>): Promise<T> {
  const environment = loadEnvironment(folder);
  const config = readConfig(environment);
  const log = createLog({ level: 'warn', secrets: secretsIn(environment), fileDescriptor: 2 });
  const store = await openStore(config.databaseUrl, { clock: systemClock, log });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

async function textOf(file: string, { folder, stdin }: Terminal): Promise<string> {
  if (file === '-') return text(stdin);
  try {
    return await readFile(resolve(folder, file), 'utf8');
  } catch (error) {
    throw new UserError(
      `${file} can't be read (${messageOf(error)}); name a file that \`postbell export\` has printed`,
    );
  }
}

function parse(json: string, file: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new UserError(`${file} is no JSON; name a file that \`postbell export\` has printed`);
  }
}
