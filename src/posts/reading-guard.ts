import type { Post, Reading } from './post.ts';
import { wordsOfTitle } from './post-id.ts';

/** How much of a source a reading may lose before it is held back: both limits must be passed. */
export interface GuardLimits {
  /** Part of the source's posts, from 0 to 1. */
  readonly lostShare: number;
  readonly lostPosts: number;
}

export const defaultGuardLimits: GuardLimits = { lostShare: 0.3, lostPosts: 3 };

/**
 * How many posts of the last good reading a new one lacks, if those are too many to be believed: a file that is
 * being written, an error page, a mistaken deletion. Posts that stand in another source now are not lost, nor are
 * posts that moved to another url under the same title.
 *
 * @param elsewhere gives the posts of all other sources
 * @returns undefined if the reading may be taken
 */
export function lossOf(
  last: Reading,
  next: Reading,
  elsewhere: () => readonly Post[],
  { lostShare, lostPosts }: GuardLimits,
): { readonly lost: number; readonly before: number } | undefined {
  const before = last.posts.length;
  if (next.window || next.posts.length >= before || before <= lostPosts) return undefined;
  const present = new Set([...next.posts, ...elsewhere()].flatMap(idsOf));
  const titles = new Set(next.posts.map(({ title }) => wordsOfTitle(title)));
  const lost = last.posts.filter(
    (post) => !idsOf(post).some((id) => present.has(id)) && !titles.has(wordsOfTitle(post.title)),
  ).length;
  return lost > lostPosts && lost > before * lostShare ? { lost, before } : undefined;
}

/** More posts than this are not kept for a feed that no longer shows them. */
const mostKept = 5_000;

/**
 * A feed shows its newest posts only: those that it showed before stay in the catalog behind them. A post whose
 * title is shown again has moved to another url and is not kept twice.
 */
export function withEarlier(last: Reading | undefined, next: Reading): Reading {
  if (!next.window || !last || last === next) return next;
  const present = new Set(next.posts.flatMap(idsOf));
  const titles = new Set(next.posts.map(({ title }) => wordsOfTitle(title)));
  const earlier = last.posts.filter(
    (post) => !idsOf(post).some((id) => present.has(id)) && !titles.has(wordsOfTitle(post.title)),
  );
  return earlier.length === 0
    ? next
    : { ...next, posts: [...next.posts, ...earlier].slice(0, Math.max(mostKept, next.posts.length)) };
}

function idsOf({ id, aliases = [] }: Post): readonly string[] {
  return [id, ...aliases];
}
