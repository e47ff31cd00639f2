import type { AdminDesk, DeliveryCounts } from '../../conversation/admin-desk.ts';
import type { OpenCounts } from '../../posts/open-counts.ts';
import type { Catalog, CatalogProblem, Post } from '../../posts/post.ts';
import { postWithId } from '../../posts/post-with-id.ts';
import type { CountedQuery } from '../../posts/query-counts.ts';
import type { ChannelName } from '../../subscribers/address.ts';
import type { SubscriberBook } from '../../subscribers/subscriber-book.ts';
import type { QueryLog } from '../query-log.ts';
import { type GrowthDay, growthOf } from './growth.ts';

/** What the dashboard looks at and acts on. */
export interface AdminSources {
  readonly book: SubscriberBook;
  readonly queries: QueryLog;
  /** Absent where opened posts are not counted. */
  readonly opens?: OpenCounts | undefined;
  /** Without it the dashboard shows subscribers, queries and catalog only. */
  readonly desk?: AdminDesk | undefined;
  /** Whose calendar days the chart shows: an IANA name. */
  readonly timezone: string;
}

/** A name and how often it stands for something, the most frequent first. */
export type Ranking = readonly { readonly name: string; readonly count: number }[];

/** What the dashboard shows. */
export interface AdminFigures {
  readonly posts: number;
  readonly problems: readonly CatalogProblem[];
  readonly subscribers: {
    readonly active: number;
    readonly suspended: number;
    readonly byChannel: readonly { readonly name: ChannelName; readonly count: number }[];
  };
  /** How many of today's subscribers there were at the end of each day (`YYYY-MM-DD`), the oldest first. */
  readonly growth: readonly GrowthDay[];
  /** What people subscribe to: `undefined` stands for everything. */
  readonly wanted: readonly { readonly name: string | undefined; readonly count: number }[];
  readonly queries: readonly CountedQuery[];
  readonly unanswered: readonly CountedQuery[];
  /** Titles of the posts that were opened most in the last thirty days; absent where they are not counted. */
  readonly opened?: Ranking;
  readonly deliveries?: DeliveryCounts;
  readonly failures: Awaited<ReturnType<AdminDesk['failures']>>;
  readonly waiting: readonly Post[];
}

const mostRows = 10;
const growthDays = 30;

/** Reads the book once from end to end; nothing of a single person is in the result but the addresses of failures. */
export async function adminFigures(
  catalog: Catalog,
  { book, queries, opens, desk, timezone }: AdminSources,
  now: Date,
): Promise<AdminFigures> {
  const { posts, problems } = catalog;
  const channels = new Map<ChannelName, number>();
  const wanted = new Map<string | undefined, number>();
  const since: Date[] = [];
  let suspended = 0;
  for await (const subscriber of book.all()) {
    if (subscriber.subscriptions.length === 0) continue;
    if (subscriber.state === 'suspended') {
      suspended += 1;
      continue;
    }
    since.push(subscriber.since);
    count(channels, subscriber.address.channel);
    for (const one of subscriber.subscriptions) {
      count(wanted, one.kind === 'everything' ? undefined : one.kind === 'category' ? one.category : `“${one.query}”`);
    }
  }
  return {
    posts: posts.length,
    problems: problems.slice(0, 50),
    subscribers: { active: since.length, suspended, byChannel: ranked(channels) },
    growth: growthOf(since, { now, timezone, days: growthDays }),
    wanted: ranked(wanted).slice(0, mostRows),
    queries: await queries.top(mostRows),
    unanswered: await queries.unanswered(mostRows),
    ...(opens && { opened: await openedPosts(opens, catalog, now) }),
    ...(desk && { deliveries: await desk.deliveries() }),
    failures: desk ? await desk.failures(mostRows) : [],
    waiting: desk ? await desk.waiting() : [],
  };
}

async function openedPosts(opens: OpenCounts, catalog: Catalog, now: Date): Promise<Ranking> {
  const since = dayOf(new Date(now.getTime() - growthDays * 24 * 60 * 60_000));
  const most = await opens.most(since, mostRows);
  return most.map(({ postId, count: times }) => ({ name: postWithId(catalog, postId)?.title ?? postId, count: times }));
}

/** In UTC, as opens are counted. */
function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function count<Name>(counts: Map<Name, number>, name: Name): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function ranked<Name>(counts: Map<Name, number>): { name: Name; count: number }[] {
  return [...counts].map(([name, times]) => ({ name, count: times })).sort((one, other) => other.count - one.count);
}
