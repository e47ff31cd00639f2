import { join } from 'node:path';
import { config as readDotenv } from 'dotenv';
import { ConfigError, messageOf } from '../kernel/errors.ts';
import { isRecord } from '../kernel/is-record.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment of the process, and of the `.env` file in `folder` for what the process leaves unset
 * or empty. A missing file is fine.
 *
 * @throws ConfigError if there is a file that cannot be read
 */
export function loadEnvironment(folder: string, ofProcess: Environment = process.env): Record<string, string> {
  const merged = withoutEmpty(ofProcess);
  const path = join(folder, '.env');
  const { error } = readDotenv({ path, processEnv: merged, quiet: true });
  // Without what it holds the bot would start as another: with no channel, on an empty database.
  if (error && isRecord(error) && error.code !== 'ENOENT')
    throw new ConfigError(`${path} can't be read (${messageOf(error)}); let this user read it`);
  return merged;
}

/** The same for what must not fail, such as telling an error: without a file that can't be read. */
export function readableEnvironment(folder: string, ofProcess: Environment = process.env): Record<string, string> {
  try {
    return loadEnvironment(folder, ofProcess);
  } catch {
    return withoutEmpty(ofProcess);
  }
}

function withoutEmpty(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
}
