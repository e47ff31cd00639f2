import type { Config } from '../../config/config.ts';
import { messageOf } from '../../kernel/errors.ts';
import type { CatalogProblem, Post } from '../../posts/post.ts';
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
    if (posts.length > 0 && errors.length === 0) return fine(check, countOf(posts));
    const remedy = posts.length === 0 ? nameOne : '`postbell catalog check` shows each fault with its place';
    return wrong(check, [countOf(posts), ...firstOf(errors)].join(': '), remedy);
  } catch (error) {
    return wrong(check, messageOf(error), 'correct CATALOG; `postbell catalog list` shows what is read');
  }
}

function countOf(posts: readonly Post[]): string {
  if (posts.length === 0) return 'not one post';
  const sources = new Set(posts.map(({ source }) => source)).size;
  return `${posts.length} ${posts.length === 1 ? 'post' : 'posts'} of ${sources} ${sources === 1 ? 'source' : 'sources'}`;
}

function firstOf([first, ...more]: readonly CatalogProblem[]): readonly string[] {
  if (!first) return [];
  const place = first.line === undefined ? first.source : `${first.source}:${first.line}`;
  return [place, more.length === 0 ? first.message : `${first.message}, and ${more.length} more`];
}
