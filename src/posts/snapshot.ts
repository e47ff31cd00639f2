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
  const merged: Post[] = [];
  const places = new Map<string, number>();
  const wechat = new Map<string, number>();
  for (const post of readings.flatMap(({ posts }) => posts)) {
    const at = places.get(post.id) ?? sameWechatArticle(post, wechat, merged);
    const first = at === undefined ? undefined : merged[at];
    if (at === undefined || !first) {
      places.set(post.id, merged.length);
      rememberWechat(post, wechat, merged.length);
      merged.push(post);
    } else {
      places.set(post.id, at);
      merged[at] = joined(first, post);
    }
  }
  return merged;
}

function joined(first: Post, again: Post): Post {
  const paths = [first.category, ...(first.alsoIn ?? [])];
  const further = [again.category, ...(again.alsoIn ?? [])].filter(
    (path) => path.length > 0 && !paths.some((known) => samePath(known, path)),
  );
  const ids = [...new Set([...(first.aliases ?? []), again.id, ...(again.aliases ?? [])])].filter(
    (id) => id !== first.id,
  );
  return {
    ...first,
    ...(ids.length > 0 ? { aliases: ids } : {}),
    ...(further.length > 0 ? { alsoIn: [...(first.alsoIn ?? []), ...further] } : {}),
    summary: first.summary === '' ? again.summary : first.summary,
    ...(first.date === undefined && again.date !== undefined ? { date: again.date } : {}),
    ...(first.image === undefined && again.image !== undefined ? { image: again.image } : {}),
    tags: [...new Set([...first.tags, ...again.tags])],
  };
}

function samePath(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, at) => name === other[at]);
}

/**
 * WeChat's short and long links of one article have nothing in common that one could compare. The same title in
 * another source under the other form is taken for the same article.
 */
function sameWechatArticle(post: Post, seen: ReadonlyMap<string, number>, posts: readonly Post[]): number | undefined {
  const form = wechatForm(post.url);
  if (form === undefined) return undefined;
  const at = seen.get(`${form === 'short' ? 'long' : 'short'}\n${comparableTitle(post.title)}`);
  return at !== undefined && posts[at]?.source !== post.source ? at : undefined;
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
