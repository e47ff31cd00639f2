import { createHash } from 'node:crypto';
import type { Catalog, CatalogProblem, Post, Reading } from './post.ts';
import { comparableTitle } from './post-id.ts';
import { placeInSeries } from './series.ts';

/**
 * Makes the catalog of all readings, in their order. Posts of one identity become one: the first stays and keeps
 * the other category paths in `alsoIn`. Pure: the same readings make an equal catalog with an equal revision.
 */
export function buildCatalog(readings: readonly Reading[], unreadable: readonly CatalogProblem[] = []): Catalog {
  const posts = placeInSeries(mergeSame(readings));
  return {
    posts,
    sources: readings.map(({ source }) => source),
    windows: readings.filter(({ window }) => window).map(({ source }) => source),
    problems: [...readings.flatMap(({ problems }) => problems), ...unreadable],
    revision: revisionOf(posts),
  };
}

function mergeSame(readings: readonly Reading[]): Post[] {
  const groups: Post[][] = [];
  const places = new Map<string, number>();
  const wechat = new Map<string, number>();
  for (const post of readings.flatMap(({ posts }) => posts)) {
    const at = places.get(post.id) ?? sameWechatArticle(post, wechat, groups);
    places.set(post.id, at ?? groups.length);
    if (at === undefined) {
      rememberWechat(post, wechat, groups.length);
      groups.push([post]);
    } else groups[at]?.push(post);
  }
  return groups.flatMap(([first, ...again]) => (first ? [again.length === 0 ? first : joined(first, again)] : []));
}

/** The first of the posts of one identity, with what the others say beyond it. */
function joined(first: Post, again: readonly Post[]): Post {
  const all = [first, ...again];
  const aliases = new Set(all.flatMap(({ id, aliases: further = [] }) => [id, ...further]));
  aliases.delete(first.id);
  const paths = new Map(
    all
      .flatMap(({ category, alsoIn = [] }) => [category, ...alsoIn])
      .filter((path) => path.length > 0)
      .map((path) => [JSON.stringify(path), path]),
  );
  paths.delete(JSON.stringify(first.category));
  const date = all.find((post) => post.date !== undefined)?.date;
  const image = all.find((post) => post.image !== undefined)?.image;
  return {
    ...first,
    ...(aliases.size > 0 ? { aliases: [...aliases] } : {}),
    ...(paths.size > 0 ? { alsoIn: [...paths.values()] } : {}),
    summary: all.find(({ summary }) => summary !== '')?.summary ?? '',
    ...(date === undefined ? {} : { date }),
    ...(image === undefined ? {} : { image }),
    tags: [...new Set(all.flatMap(({ tags }) => tags))],
  };
}

/**
 * WeChat's short and long links of one article have nothing in common that one could compare. The same title in
 * another source under the other form is taken for the same article.
 */
function sameWechatArticle(
  post: Post,
  seen: ReadonlyMap<string, number>,
  groups: readonly (readonly Post[])[],
): number | undefined {
  const form = wechatForm(post.url);
  if (form === undefined) return undefined;
  const at = seen.get(`${form === 'short' ? 'long' : 'short'}\n${comparableTitle(post.title)}`);
  return at !== undefined && groups[at]?.[0]?.source !== post.source ? at : undefined;
}

function rememberWechat(post: Post, seen: Map<string, number>, at: number): void {
  const form = wechatForm(post.url);
  if (form !== undefined) seen.set(`${form}\n${comparableTitle(post.title)}`, at);
}

function wechatForm(url: string): 'short' | 'long' | undefined {
  const [, form] = /^https?:\/\/mp\.weixin\.qq\.com\/(s\/|s\?|mp\/appmsg)/i.exec(url) ?? [];
  if (form === undefined) return undefined;
  return form === 's/' ? 'short' : 'long';
}

function revisionOf(posts: readonly Post[]): string {
  const hash = createHash('sha256');
  for (const post of posts) hash.update(JSON.stringify(post));
  return hash.digest('base64url').slice(0, 16);
}
