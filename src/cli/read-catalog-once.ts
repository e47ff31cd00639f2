import { readCatalog } from '../catalog/read-catalog.ts';
import { createSources } from '../catalog/sources/create-sources.ts';
import type { Config } from '../config/config.ts';
import { systemClock } from '../kernel/clock.ts';
import type { Catalog } from '../posts/post.ts';

/** Reads the sources once, as they are now. What could not be read is among the problems. */
export async function readCatalogOnce(
  { catalog: { spec, ...options } }: Pick<Config, 'catalog'>,
  folder: string,
): Promise<Catalog> {
  const sources = createSources(spec, { ...options, folder, clock: systemClock });
  return readCatalog(sources, new AbortController().signal);
}
