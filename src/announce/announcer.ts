import type { Clock } from '../kernel/clock.ts';
import { UserError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import {
  type CatalogDiff,
  diffCatalog,
  isEmptyDiff,
  type ShrinkLimits,
  type ShrunkenSource,
  withholdShrunken,
} from '../posts/diff.ts';
import type { Catalog, Post } from '../posts/post.ts';
import type { Subscriber } from '../subscribers/subscriber.ts';
import type { SubscriberBook } from '../subscribers/subscriber-book.ts';
import type { Leadership } from './leadership.ts';
import type { Ledger, Outbox } from './outbox.ts';
import { type PlannedDelivery, planDeliveries } from './plan.ts';
import type { CreateSavedQueryMatcher, SavedQueryMatcher } from './saved-query-matcher.ts';

/** What keeps a faulty reading from flooding readers. */
export interface AnnounceLimits {
  /** More new posts in one reading than this become one message a subscriber. */
  readonly digestAbove: number;
  /** More new posts in one reading than this wait for an admin. */
  readonly holdAbove: number;
  readonly shrink: ShrinkLimits;
  /** Messages older than this are not corrected any more: Telegram lets a bot change them for 48 hours. */
  readonly correctWithinMs: number;
}

const defaultAnnounceLimits: AnnounceLimits = {
  digestAbove: 10,
  holdAbove: 50,
  shrink: { share: 0.3, posts: 3 },
  correctWithinMs: 48 * 60 * 60_000,
};

export interface AnnouncerOptions {
  /** The catalog as it is read now. */
  readonly catalog: () => Catalog;
  readonly outbox: Outbox;
  readonly book: SubscriberBook;
  readonly matcherFor: CreateSavedQueryMatcher;
  readonly leadership: Leadership;
  readonly clock: Clock;
  readonly log: Log;
  /** For subscribers who have not chosen one; an IANA name. */
  readonly timezone: string;
  readonly limits?: Partial<AnnounceLimits>;
  /** Called once each time that posts begin to wait for an admin, or that a reading is not believed. */
  readonly alarm?: (signal: AbortSignal) => Promise<void>;
}

/** What an announcement did, or would do. */
export interface AnnounceReport {
  /** `standby`: another process leads, and nothing was done. */
  readonly state: 'announced' | 'held' | 'unchanged' | 'standby';
  /** Posts of sources read for the first time, which nobody is told of. */
  readonly baseline: readonly Post[];
  /** Posts that are told, or wait for an admin. */
  readonly news: readonly Post[];
  readonly deliveries: readonly PlannedDelivery[];
  /** Sources whose reading was not believed. */
  readonly shrunken: readonly ShrunkenSource[];
}

/** Tells subscribers of posts that are new in the catalog. */
export interface Announcer {
  /**
   * Compares the catalog with what is known and writes the news and their deliveries in one transaction. A
   * repeat adds nothing, also from another process at the same time. Stops without a trace if the signal
   * aborts before the writing.
   */
  announce(signal: AbortSignal): Promise<AnnounceReport>;
  /** What `announce` would do now; writes nothing. */
  dryRun(): Promise<AnnounceReport>;
  /** Posts that wait for an admin. */
  held(): Promise<readonly Post[]>;
  /** Tells the posts that wait, or lets them go untold; says which. */
  decide(as: 'announced' | 'discarded'): Promise<readonly Post[]>;
  /** Takes a shrunken reading for true after all: the next `announce` believes whatever the catalog shows. */
  believe(): void;
}

/** So often a plan is made anew because another process published in between. */
const ATTEMPTS = 5;

export function createAnnouncer(options: AnnouncerOptions): Announcer {
  const { catalog, outbox, book, matcherFor, leadership, clock, log, timezone } = options;
  const limits = { ...defaultAnnounceLimits, ...options.limits };
  /** What was last found to hold nothing new, and at which point of the ledger. */
  let settled: { readonly reading: string; readonly ledger: number } | undefined;
  let reportedShrink = '[]';
  let believing = false;

  /** Says what the last time it did not say; whether that was anything. */
  function reportShrunken(shrunken: readonly ShrunkenSource[]): boolean {
    const key = JSON.stringify(shrunken);
    if (key === reportedShrink) return false;
    reportedShrink = key;
    for (const one of shrunken) {
      log.warn({ ...one }, 'a source lost so many posts that its reading is not believed');
    }
    return shrunken.length > 0;
  }

  async function planOf(posts: readonly Post[], now: Date, digest: boolean): Promise<readonly PlannedDelivery[]> {
    if (posts.length === 0) return [];
    const matcher = remembering(matcherFor(posts));
    const planned: PlannedDelivery[] = [];
    for await (const subscribers of chunks(book.all(), 500)) {
      planned.push(...planDeliveries(posts, subscribers, { matcher, now, timezone, digest }));
    }
    return planned;
  }

  async function reportOf(
    ledger: Ledger,
    current: Catalog,
    now: Date,
  ): Promise<AnnounceReport & { diff: CatalogDiff }> {
    const whole = diffCatalog(ledger.known, current);
    const { diff, shrunken } = believing
      ? { diff: whole, shrunken: [] }
      : withholdShrunken(whole, ledger.known, limits.shrink);
    const { news, baseline } = diff;
    const held = news.length > limits.holdAbove;
    const deliveries = held ? [] : await planOf(news, now, news.length > limits.digestAbove);
    const state = isEmptyDiff(diff) ? 'unchanged' : held ? 'held' : 'announced';
    return { state, baseline, news, deliveries, shrunken, diff };
  }

  async function tryToAnnounce(signal: AbortSignal): Promise<AnnounceReport | 'stale'> {
    const current = catalog();
    const revision = await outbox.revision();
    const reading = readingOf(current);
    if (!believing && settled?.reading === reading && settled.ledger === revision) return nothing('unchanged');
    const ledger = await outbox.ledger();
    const now = clock.now();
    const { diff, ...report } = await reportOf(ledger, current, now);
    const shrunk = reportShrunken(report.shrunken);
    if (report.state !== 'unchanged') {
      signal.throwIfAborted();
      const news = report.state === 'held' ? 'held' : 'announced';
      const { deliveries } = report;
      const correctSince = new Date(now.getTime() - limits.correctWithinMs);
      const basis = ledger.revision;
      const result = await outbox.publish({ basis, at: now, diff, correctSince, news, deliveries });
      if (result === 'stale') return 'stale';
      believing = false;
    } else {
      settled = { reading, ledger: ledger.revision };
    }
    if (shrunk || report.state === 'held') await options.alarm?.(signal);
    return report;
  }

  function say(report: AnnounceReport): void {
    const facts = {
      news: report.news.map((post) => post.title),
      baseline: report.baseline.length,
      deliveries: report.deliveries.length,
    };
    if (report.state === 'held')
      log.warn(
        facts,
        'so many posts are new that they wait: an admin (ADMINS) says /announce, or raise ANNOUNCE_HOLD_ABOVE',
      );
    else if (report.news.length > 0) log.info(facts, 'new posts are announced');
    if (report.baseline.length > 0) log.info(facts, 'first reading of a source: its posts are announced to nobody');
  }

  return {
    async announce(signal) {
      if (!(await leadership.lead())) return nothing('standby');
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const report = await tryToAnnounce(signal);
        if (report === 'stale') continue;
        say(report);
        return report;
      }
      return nothing('standby');
    },

    async dryRun() {
      const { diff: _, ...report } = await reportOf(await outbox.ledger(), catalog(), clock.now());
      return report;
    },

    held: () => outbox.held(),

    async decide(as) {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const basis = await outbox.revision();
        const posts = await outbox.held();
        if (posts.length === 0) return posts;
        const now = clock.now();
        const deliveries = as === 'announced' ? await planOf(posts, now, posts.length > limits.digestAbove) : [];
        const decided = { posts: posts.map((post) => post.id), as };
        const result = await outbox.publish({ basis, at: now, diff: noDiff, news: 'announced', decided, deliveries });
        if (result === 'published') return posts;
      }
      throw new UserError('the posts that wait are being decided on elsewhere; look again with /announce');
    },

    believe() {
      believing = true;
    },
  };
}

const noDiff: CatalogDiff = { news: [], baseline: [], moves: [], aliases: [], updates: [], gone: [], sources: [] };

function nothing(state: 'unchanged' | 'standby'): AnnounceReport {
  return { state, baseline: [], news: [], deliveries: [], shrunken: [] };
}

/** Names all of a catalog that a comparison depends on. A list that is empty has been read, though it brings no post. */
function readingOf({ revision, sources, windows }: Catalog): string {
  return JSON.stringify([revision, sources, windows]);
}

/** Many subscribers save the same query: each is matched once. */
function remembering(matcher: SavedQueryMatcher): SavedQueryMatcher {
  const known = new Map<string, ReadonlySet<string>>();
  return (query) => {
    const found = known.get(query) ?? matcher(query);
    known.set(query, found);
    return found;
  };
}

async function* chunks(subscribers: AsyncIterable<Subscriber>, size: number): AsyncIterable<readonly Subscriber[]> {
  let chunk: Subscriber[] = [];
  for await (const subscriber of subscribers) {
    chunk.push(subscriber);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  yield chunk;
}
