import type { Post } from '../posts/post.ts';

/**
 * Answers which of a few new posts a saved query finds, by the rules of search: a set of post ids.
 * Never throws on any query.
 */
export type SavedQueryMatcher = (query: string) => ReadonlySet<string>;

/** Makes a matcher over the posts of one announcement. */
export type CreateSavedQueryMatcher = (posts: readonly Post[]) => SavedQueryMatcher;
