import { type Command, Option } from 'commander';
import type { Config } from '../config/config.ts';
import { loadEnvironment } from '../config/load-environment.ts';
import { readConfig } from '../config/read-config.ts';

/** What the options of a command say beside the environment. */
export interface CatalogOptions {
  readonly catalog?: string;
  readonly base?: string;
}

/** Adds `--catalog` and `--base`, which stand for the variables of the same meaning. */
export function withCatalogOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--catalog <sources>', 'instead of CATALOG: paths, folders, globs or URLs, separated by commas'),
    )
    .addOption(new Option('--base <url>', 'instead of CATALOG_BASE_URL: what relative links are resolved against'));
}

/** The configuration of the folder, with what the options say instead. */
export function configWith({ catalog, base }: CatalogOptions, folder: string): Config {
  return readConfig({
    ...loadEnvironment(folder),
    ...(catalog !== undefined && { CATALOG: catalog }),
    ...(base !== undefined && { CATALOG_BASE_URL: base }),
  });
}
