import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtFiles } from './page-routes.ts';

/** The path of a stylesheet of the front end under its hashed name; undefined where the front end is not built. */
export function builtStylesheet(source: string): string | undefined {
  try {
    const manifest: Record<string, { file: string }> = JSON.parse(
      readFileSync(join(builtFiles, '.vite/manifest.json'), 'utf8'),
    );
    const file = manifest[source]?.file;
    return file === undefined ? undefined : `/${file}`;
  } catch {
    return undefined;
  }
}
