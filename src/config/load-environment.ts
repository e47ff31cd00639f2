import { join } from 'node:path';
import { config as readDotenv } from 'dotenv';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment of the process, and of the `.env` file in `folder` for what the process leaves unset
 * or empty. A missing file is fine.
 */
export function loadEnvironment(folder: string, ofProcess: Environment = process.env): Record<string, string> {
  const merged = Object.fromEntries(
    Object.entries(ofProcess).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
  readDotenv({ path: join(folder, '.env'), processEnv: merged, quiet: true });
  return merged;
}
