import type { Config } from '../../config/config.ts';
import { messageOf } from '../../kernel/errors.ts';
import { readCatalogOnce } from '../read-catalog-once.ts';
import { type Finding, fine, wrong } from './finding.ts';

const nameOne =
  'name your list, folder or feed in CATALOG: docs/catalogs.md shows what it may be, `postbell init` asks for it';

/** Whether the sources can be read, and what is in them. */
export async function checkCatalog(config: Config, folder: string): Promise<Finding> {
  const check = 'catalog';
  try {
    const { posts, problems } = await readCatalogOnce(config, folder);
    const errors = problems.filter(({ severity }) => severity === 'error');
    const [first] = errors;
    const sources = new Set(posts.map(({ source }) => source)).size;
    const counted = `${posts.length} ${posts.length === 1 ? 'post' : 'posts'} of ${sources} ${sources === 1 ? 'source' : 'sources'}`;
    if (first)
      return wrong(
        check,
        `${counted}; ${first.source}${first.line === undefined ? '' : `:${first.line}`}: ${first.message}${errors.length > 1 ? `, and ${errors.length - 1} more` : ''}`,
        posts.length === 0 ? nameOne : '`postbell catalog check` shows each fault with its place',
      );
    return posts.length === 0 ? wrong(check, 'not one post', nameOne) : fine(check, counted);
  } catch (error) {
    return wrong(check, messageOf(error), 'correct CATALOG; `postbell catalog list` shows what is read');
  }
}
