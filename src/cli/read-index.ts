import type { Config } from '../config/config.ts';
import { UserError } from '../kernel/errors.ts';
import type { Catalog } from '../posts/post.ts';
import { readGlossary } from '../read-glossary.ts';
import type { SearchIndex } from '../search/search-index.ts';
import { createSearchIndex } from '../search/search-indexer.ts';
import { readCatalogOnce } from './read-catalog-once.ts';

/**
 * Reads the sources once and indexes them.
 *
 * @throws UserError if not one post could be read.
 */
export async function readIndex(
  config: Config,
  folder: string,
): Promise<{ readonly catalog: Catalog; readonly index: SearchIndex }> {
  const catalog = await readCatalogOnce(config, folder);
  const [fault] = catalog.problems.filter(({ severity }) => severity === 'error');
  if (catalog.posts.length === 0 && fault) throw new UserError(`${fault.source}: ${fault.message}`);
  return { catalog, index: createSearchIndex(catalog, await readGlossary(config.glossaryFile, folder)) };
}
