import type { CatalogDiff, KnownPosts } from '../posts/diff.ts';
import type { Post } from '../posts/post.ts';
import type { Address, ChannelName } from '../subscribers/address.ts';
import type { Settings } from '../subscribers/settings.ts';
import type { AnnouncementContent } from './announcement-content.ts';
import type { PlannedDelivery } from './plan.ts';
import type { DeliveryHistory, Transition } from './retry.ts';

/** What is known, and the point in the ledger that it was read at. */
export interface Ledger {
  readonly known: KnownPosts;
  /** Grows with each publication, whichever process makes it. */
  readonly revision: number;
}

/** All that one announcement changes; it happens altogether or not at all. */
export interface Publication {
  /** The `Ledger.revision` that it was planned from. */
  readonly basis: number;
  readonly at: Date;
  readonly diff: CatalogDiff;
  /** Messages that told one of the reworded posts since then are to be corrected; none where absent. */
  readonly correctSince?: Date;
  /** Whether `diff.news` are told now, or wait for an admin. */
  readonly news: 'announced' | 'held';
  /** Posts that waited, and what an admin has said of them. */
  readonly decided?: { readonly posts: readonly string[]; readonly as: 'announced' | 'discarded' };
  readonly deliveries: readonly PlannedDelivery[];
}

/** Words of an admin, and to whom they go. */
export interface Broadcast {
  /** A broadcast of an id is written once. */
  readonly id: string;
  readonly words: string;
  readonly at: Date;
  readonly deliveries: readonly Pick<PlannedDelivery, 'address' | 'notBefore'>[];
}

/** A delivery that is this process's to send until the lease runs out. */
export interface ClaimedDelivery {
  readonly id: string;
  /** Names this very claim: whoever settles shows it. */
  readonly claim: string;
  readonly address: Address;
  readonly content: AnnouncementContent;
  /** When the subscriber wants to hear, as it stands now. */
  readonly settings?: Settings;
  /** Whether the settings changed since it was planned, so that its time is to be found anew. */
  readonly replan: boolean;
  readonly history: DeliveryHistory;
}

export interface ClaimRequest {
  readonly channel: ChannelName;
  readonly limit: number;
  readonly leaseMs: number;
  readonly now: Date;
  /** Who claims: `Leadership.holder`. */
  readonly holder: string;
  /** Chats, as `Address.chat`, that get nothing now. */
  readonly except: readonly string[];
}

/** A message whose post has been corrected since it was sent. */
export interface ClaimedCorrection {
  readonly id: string;
  /** Names this very claim: a correction that comes meanwhile is another one. */
  readonly claim: number;
  readonly address: Address;
  /** The platform's name for the message. */
  readonly messageId: string;
  /** As it is to be told now. */
  readonly content: AnnouncementContent;
  /** Attempts begun before this one. */
  readonly attempts: number;
}

export interface Settlement {
  readonly delivery: ClaimedDelivery;
  readonly transition: Transition;
}

export type DeliveryState = 'pending' | 'sending' | 'sent' | 'unknown' | 'dead';

/** Figures for metrics and admins. */
export interface OutboxCounts {
  readonly byState: Readonly<Record<DeliveryState, number>>;
  /** How long the oldest delivery that is due has been due; 0 where none is. */
  readonly oldestDueMs: number;
  /** Answers lost, over all deliveries that are still kept. */
  readonly lostAnswers: number;
}

/** How far the deliveries are that were planned last. */
export interface Progress {
  /** When they were planned. */
  readonly at: Date;
  readonly total: number;
  /** Sent, or given up. */
  readonly ended: number;
  /** Waiting for the time that their readers chose. */
  readonly later: number;
}

/** A delivery that ended badly, for the eyes of an admin. */
export interface FailedDelivery {
  readonly id: string;
  readonly address: Address;
  readonly state: 'dead' | 'unknown';
  readonly reason: string;
  readonly titles: readonly string[];
}

/**
 * The ledger of posts and deliveries: a port that the store implements. It promises that a post, its announcement
 * and its deliveries are written together, that no two callers hold one delivery, and that one post reaches
 * one address in one delivery at most.
 */
export interface Outbox {
  ledger(): Promise<Ledger>;
  /** `Ledger.revision` alone. */
  revision(): Promise<number>;
  /** Writes all of it in one transaction; 'stale' if another publication came first, and then nothing. */
  publish(publication: Publication): Promise<'published' | 'stale'>;
  /** Writes a broadcast and its deliveries in one transaction; how many deliveries, none if it was there already. */
  broadcast(broadcast: Broadcast): Promise<number>;
  /** Posts that wait for an admin; without those that are gone from the catalog, until they are back. */
  held(): Promise<readonly Post[]>;
  /** When each post came that was not there at its source's first reading, by id. */
  arrivals(): Promise<ReadonlyMap<string, Date>>;
  /**
   * Takes up to `limit` deliveries that are due, at most one a chat and none of a chat that has one under way or,
   * like all of its channel, has been told to wait. Those nobody wants any more are dropped on the way.
   */
  claim(request: ClaimRequest): Promise<readonly ClaimedDelivery[]>;
  /** Records how attempts ended, in one transaction; an answer for each, in order. */
  settle(settlements: readonly Settlement[], now: Date): Promise<readonly ('settled' | 'lease-lost')[]>;
  /**
   * Takes up to `limit` messages that are to be corrected, in the manner of `claim`. What is not settled within
   * the lease is handed out again: to correct twice does no harm.
   */
  claimCorrections(request: ClaimRequest): Promise<readonly ClaimedCorrection[]>;
  /** Records that a correction is done with, or is to be tried again. */
  settleCorrection(correction: ClaimedCorrection, again?: { readonly notBefore: Date }): Promise<void>;
  /**
   * Takes up again what was being sent when its process died: rows whose lease ran out, and with `leader` all
   * that another than this leader has claimed; but never those `inHand`, whose process lives and is late in
   * recording them. A row that ended `crashLimit` processes stays unknown. Says how many there were.
   */
  recover(request: {
    readonly now: Date;
    readonly crashLimit: number;
    readonly leader?: string;
    readonly inHand?: readonly string[];
  }): Promise<number>;
  /**
   * Finds anew the times that were reckoned by a clock which has been put back since: of what was planned in what is
   * now the future, and of waits that are longer than any platform asks for. Says how many deliveries that concerned.
   */
  readjust(now: Date): Promise<number>;
  counts(now: Date): Promise<OutboxCounts>;
  /** Of the last announcement or broadcast; undefined while none is kept. */
  progress(now: Date): Promise<Progress | undefined>;
  /** What ended badly, newest first. */
  failures(limit: number): Promise<readonly FailedDelivery[]>;
  /** Sends what ended badly once more; says how many there were. */
  retryFailures(now: Date): Promise<number>;
  /** Forgets deliveries that ended before `before`; says how many. */
  prune(before: Date): Promise<number>;
}
