import type { Kysely, Transaction } from 'kysely';

/**
 * The tables, the same in every dialect. Instants are milliseconds since 1970, truths are 0 and 1, addresses are
 * written as `formatAddress` does, and columns that hold JSON say so.
 */
export interface Tables {
  /** One row. `revision` counts publications; `deliveries` is the last number given to a delivery. */
  ledger: { id: number; revision: number; deliveries: number };
  /** Sources that have had their first reading. */
  sources: { id: string; known_at: number };
  posts: {
    id: string;
    source: string;
    title: string;
    /** Of `fingerprintOf`. */
    fingerprint: string;
    status: PostStatus;
    present: number;
    /** The `Post` as JSON. */
    content: string;
    known_at: number;
    /** Its place among those known at the same time. */
    position: number;
  };
  post_aliases: { alias: string; post_id: string };
  subscribers: {
    address: string;
    chat_key: string;
    state: 'active' | 'suspended';
    language: string | null;
    /** JSON. */
    subscriptions: string;
    /** JSON. */
    settings: string | null;
    since: number;
  };
  deliveries: {
    /** In the order in which they were planned. */
    id: number;
    address: string;
    channel: string;
    chat_key: string;
    state: 'pending' | 'sending' | 'sent' | 'unknown' | 'dead';
    /** When it may be claimed: null while it is claimed and once it has ended; 0 for as soon as possible. */
    due: number | null;
    /** Who is sending it; null while nobody is. */
    claim: string | null;
    lease_until: number | null;
    /** Later posts for the same bundle join it; null once it has been claimed. */
    bundle: string | null;
    /** Whether the subscriber's settings changed since it was planned. */
    replan: number;
    attempts: number;
    unknowns: number;
    crashes: number;
    moved: number;
    plain: number;
    reason: string | null;
    /** The platform's name for the message. */
    message_id: string | null;
    planned_at: number;
    ended_at: number | null;
    /** Of the broadcast that it tells, in place of posts. */
    broadcast_id: string | null;
  };
  /** Words of admins to all subscribers. */
  broadcasts: { id: string; words: string; at: number };
  /** The posts of each delivery. Its key is the promise: one post reaches one address in one delivery at most. */
  delivery_posts: {
    post_id: string;
    address: string;
    delivery_id: number;
    position: number;
    /** The subscriptions that matched, as JSON. */
    matched: string;
  };
  /** Messages that tell a post which has been corrected since; `due` is moved on by whoever takes one in hand. */
  corrections: { delivery_id: number; channel: string; chat_key: string; due: number; attempts: number };
  /** Chats, and whole channels, that the platform has told to wait. */
  pauses: { chat_key: string; until: number };
  /** `key` is the writer's name for the message, `message` JSON. */
  inbox: { address: string; number: number; key: string; message: string; at: number };
  /** `url`, `p256dh` and `auth` are those of a `PushEndpoint`. */
  push_endpoints: { address: string; url: string; p256dh: string; auth: string };
  /** How often a post was opened on a day, `YYYY-MM-DD` in UTC. */
  opens: { day: string; post_id: string; count: number };
  /** How often a query was asked on a day, by the key that its spellings share, and how many posts answered it last. */
  queries: { day: string; key: string; query: string; count: number; total: number };
  /** `command` is JSON. */
  actions: { token: string; command: string; used_at: number };
  key_values: { key: string; value: string; expires_at: number | null };
  leases: { name: string; holder: string; until: number };
}

export type PostStatus = 'baseline' | 'announced' | 'held' | 'discarded';

/** What queries run on: the database, or a transaction on it. */
export type Queries = Kysely<Tables> | Transaction<Tables>;

/** An open database, with what its dialect does differently. */
export interface Database {
  readonly db: Kysely<Tables>;
  /** Whether rows can be locked one by one (`FOR UPDATE SKIP LOCKED`); else a writer has the database for itself. */
  readonly locksRows: boolean;
  /** Within a transaction: lets no other transaction hold the same key until this one ends. */
  lockKey(trx: Transaction<Tables>, key: string): Promise<void>;
  /** Within a transaction: after a table has grown by much, lets the planner know. */
  analyze(trx: Transaction<Tables>, table: keyof Tables): Promise<void>;
  /** A fault of the database itself, such as a full disk, as what a person is told; anything else as it is. */
  faultOf(thrown: unknown): unknown;
}
