import type { Catalog, Post } from '../posts/post.ts';
import type { CountedQuery } from '../posts/query-counts.ts';
import type { Address } from '../subscribers/address.ts';

/** How many deliveries there are of each state that are still kept. */
export interface DeliveryCounts {
  readonly pending: number;
  readonly sending: number;
  readonly sent: number;
  readonly unknown: number;
  readonly dead: number;
}

/** How far the last announcement is. */
export interface AnnouncementProgress {
  readonly total: number;
  /** Sent, or given up. */
  readonly ended: number;
  /** Waiting for the time that their readers chose. */
  readonly later: number;
}

/** A delivery that ended badly. */
interface DeliveryFailure {
  readonly address: Address;
  readonly reason: string;
  readonly titles: readonly string[];
}

/** What admins may look at and decide on: a port that the composition root fills from catalog and announcing. */
export interface AdminDesk {
  /** Posts that are not told until an admin decides. */
  waiting(): Promise<readonly Post[]>;
  /** Tells the posts that wait, or lets them go untold; says which they were. */
  decide(as: 'announced' | 'discarded'): Promise<readonly Post[]>;
  /** What keeps the catalog from being true to its sources; undefined when all is well. */
  trouble(): string | undefined;
  /** Takes a reading that lost many posts for true: the next reading and comparison believe it. */
  believe(): void;
  /** Keeps words for everyone for an hour; their name, and how many would get them now. */
  draft(words: string): Promise<{ readonly id: string; readonly audience: number }>;
  /** Sends a draft to everyone who subscribes, once; to how many. Undefined if it is no longer kept. */
  broadcast(id: string): Promise<number | undefined>;
  deliveries(): Promise<DeliveryCounts>;
  /** Of the last announcement or broadcast; undefined while none is kept. */
  progress(): Promise<AnnouncementProgress | undefined>;
  /** Newest first. */
  failures(limit: number): Promise<readonly DeliveryFailure[]>;
  /** Sends what ended badly once more; says how many there were. */
  retryFailures(): Promise<number>;
  /** The most frequent queries, and of those that nothing answers the most frequent. */
  queries(
    limit: number,
  ): Promise<{ readonly top: readonly CountedQuery[]; readonly unanswered: readonly CountedQuery[] }>;
  /** A new link that opens the dashboard once, within ten minutes: a secret. Absent where no dashboard is served. */
  signInLink?(): Promise<string>;
  /** Reads the sources again; gives the catalog as it is then. */
  reload(signal: AbortSignal): Promise<Catalog>;
}
