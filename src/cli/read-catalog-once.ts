import { readCatalog } from '../catalog/read-catalog.ts';
import { createSources } from '../catalog/sources/create-sources.ts';
import type { Config } from '../config/config.ts';
import { systemClock } from '../kernel/clock.ts';
import { namedSources } from '../named-sources.ts';
import type { Catalog } from '../posts/post.ts';

/** Reads the sources once, as they are now. What could not be read is among the problems. */
export async function readCatalogOnce(
  { catalog: { spec, ...options }, wechat }: Pick<Config, 'catalog' | 'wechat'>,
  folder: string,
): Promise<Catalog> {
  const sources = createSources(spec, {
    ...options,
    folder,
    clock: systemClock,
    named: namedSources(wechat, systemClock),
  });
  return readCatalog(sources, new AbortController().signal);
}
