import { categoryName, type Post } from '../posts/post.ts';
import type { Address } from '../subscribers/address.ts';
import type { Subscriber, Subscription } from '../subscribers/subscriber.ts';
import type { SavedQueryMatcher } from './saved-query-matcher.ts';
import { scheduleFor } from './timing.ts';

/** A post that a subscriber is to hear of, and which of the subscriptions asked for it. */
export interface WantedPost {
  readonly postId: string;
  readonly matched: readonly Subscription[];
}

/** One message to one address that a plan wants sent. */
export interface PlannedDelivery {
  readonly address: Address;
  readonly posts: readonly WantedPost[];
  /** Absent: as soon as possible. */
  readonly notBefore?: Date;
  /** Posts planned for the same bundle and address go out as one message while it waits. */
  readonly bundle?: string;
}

export interface PlanOptions {
  readonly matcher: SavedQueryMatcher;
  readonly now: Date;
  /** For subscribers who have not chosen one; an IANA name. */
  readonly timezone: string;
  /** Gathers all that one subscriber hears of into one message, whatever was chosen. */
  readonly digest: boolean;
}

/**
 * Who hears of which posts. Each subscriber gets each post at most once, however many subscriptions match.
 * Suspended subscribers get nothing.
 */
export function planDeliveries(
  posts: readonly Post[],
  subscribers: Iterable<Subscriber>,
  options: PlanOptions,
): readonly PlannedDelivery[] {
  return [...subscribers].flatMap((subscriber) => planFor(posts, subscriber, options));
}

/** The subscriptions that ask for a post. */
export function matchedSubscriptions(
  post: Post,
  subscriptions: readonly Subscription[],
  matcher: SavedQueryMatcher,
): readonly Subscription[] {
  return subscriptions.filter((subscription) => asksFor(subscription, post, matcher));
}

function asksFor(subscription: Subscription, post: Post, matcher: SavedQueryMatcher): boolean {
  switch (subscription.kind) {
    case 'everything':
      return true;
    case 'category':
      return [post.category, ...(post.alsoIn ?? [])].some((path) => belongsTo(path, subscription.category));
    case 'query':
      return matcher(subscription.query).has(post.id);
  }
}

function planFor(posts: readonly Post[], subscriber: Subscriber, options: PlanOptions): readonly PlannedDelivery[] {
  if (subscriber.state !== 'active') return [];
  const wanted = posts.flatMap((post): readonly WantedPost[] => {
    const matched = matchedSubscriptions(post, subscriber.subscriptions, options.matcher);
    return matched.length > 0 ? [{ postId: post.id, matched }] : [];
  });
  if (wanted.length === 0) return [];
  const { address, settings } = subscriber;
  const due = scheduleFor(settings, options.now, options.timezone);
  if (due) return [{ address, posts: wanted, notBefore: due, bundle: bundleUntil(due) }];
  if (options.digest) return [{ address, posts: wanted, bundle: `digest of ${options.now.toISOString()}` }];
  return wanted.map((post) => ({ address, posts: [post] }));
}

/** Names all that waits for the same moment. */
export function bundleUntil(due: Date): string {
  return `until ${due.toISOString()}`;
}

/** Whether a path is the category of that name or lies below it. */
function belongsTo(path: readonly string[], category: string): boolean {
  return path.some((_, depth) => categoryName(path.slice(0, depth + 1)) === category);
}
