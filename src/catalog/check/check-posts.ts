import { canonicalUrl, withoutTracking } from '../../posts/canonical-url.ts';
import type { Catalog, CatalogProblem, Post } from '../../posts/post.ts';
import { comparableTitle } from '../../posts/post-id.ts';
import { nearDuplicates } from './near-duplicates.ts';

/** A change of one line that repairs a problem without a doubt. */
export interface Fix {
  /** The text on the problem's line that is replaced, and by what. */
  readonly from: string;
  readonly to: string;
}

/** A problem, with its repair where a safe one is known. */
export interface FixableProblem extends CatalogProblem {
  readonly fix?: Fix;
}

/**
 * The problems of a catalog that only show when all posts are looked at together, beside those found while reading,
 * in the order of files and lines.
 */
export function checkPosts({ posts, problems }: Catalog): readonly FixableProblem[] {
  const all: FixableProblem[] = [
    ...problems,
    ...sharedUrls(posts),
    ...listedAgain(posts),
    ...similarTitles(posts),
    ...trackedUrls(posts),
    ...emptySummaries(posts),
  ];
  const places = new Map([...new Set(all.map(({ source }) => source))].map((source, at) => [source, at]));
  const placeIn = ({ source }: FixableProblem) => places.get(source) ?? 0;
  return all.sort((one, other) => placeIn(one) - placeIn(other) || (one.line ?? 0) - (other.line ?? 0));
}

/** Where people find the post. */
export function placeOf({ source, file, line }: Post): Pick<CatalogProblem, 'source' | 'line'> {
  return { source: file ?? source, ...(line === undefined ? {} : { line }) };
}

function sharedUrls(posts: readonly Post[]): CatalogProblem[] {
  const first = new Map<string, Post>();
  return posts.flatMap((post) => {
    const key = canonicalUrl(post.url);
    const other = first.get(key);
    if (!other) first.set(key, post);
    // Posts of one page with fragments of their own are meant so.
    if (!other || new URL(other.url).hash !== new URL(post.url).hash) return [];
    const message = `"${post.title}" has the url of "${other.title}"${lineOf(other)}; give each post its own`;
    return [{ ...placeOf(post), code: 'duplicate-url', severity: 'warning' as const, message }];
  });
}

function listedAgain(posts: readonly Post[]): CatalogProblem[] {
  const first = new Map<string, Post>();
  return posts.flatMap((post) => {
    const key = `${post.category.join('\n')}\n\n${comparableTitle(post.title)}`;
    const other = first.get(key);
    if (!other) first.set(key, post);
    if (!other || other.url === post.url) return [];
    const message = `"${post.title}" stands in this category under another url too${lineOf(other)}; tell the titles apart or drop one`;
    return [{ ...placeOf(post), code: 'duplicate-title', severity: 'warning' as const, message }];
  });
}

function similarTitles(posts: readonly Post[]): CatalogProblem[] {
  return nearDuplicates(posts.map(({ title }) => title)).flatMap(([one, other]) => {
    const post = posts[other];
    const earlier = posts[one];
    if (!post || !earlier || post.url === earlier.url) return [];
    const message = `"${post.title}" is nearly "${earlier.title}"${lineOf(earlier)}; check that it is another article`;
    return [{ ...placeOf(post), code: 'similar-title', severity: 'warning' as const, message }];
  });
}

function trackedUrls(posts: readonly Post[]): FixableProblem[] {
  return posts.flatMap((post) => {
    const clean = withoutTracking(post.url);
    if (clean === post.url) return [];
    const message = `"${post.title}" links with tracking parameters; ${clean} does as well`;
    return [
      {
        ...placeOf(post),
        code: 'tracking-parameters',
        severity: 'warning' as const,
        message,
        fix: { from: post.url, to: clean },
      },
    ];
  });
}

function emptySummaries(posts: readonly Post[]): CatalogProblem[] {
  return posts.flatMap((post) => {
    if (post.summary !== '') return [];
    const message = `"${post.title}" has no summary; a sentence or two let readers find it`;
    return [{ ...placeOf(post), code: 'empty-summary', severity: 'warning' as const, message }];
  });
}

function lineOf({ source, file, line }: Post): string {
  return line === undefined ? '' : ` (${file ?? source}:${line})`;
}
