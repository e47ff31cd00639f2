import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { createAnnouncer } from '../../src/announce/announcer.ts';
import type { Deliverer, DeliveryOutcome } from '../../src/announce/deliverer.ts';
import { createDeliveryLane } from '../../src/announce/delivery-lane.ts';
import { defaultDeliveryLimits } from '../../src/announce/delivery-limits.ts';
import { createLeadership } from '../../src/announce/leadership.ts';
import { silentLog } from '../../src/kernel/log.ts';
import type { Catalog, Post } from '../../src/posts/post.ts';
import { identify } from '../../src/posts/post-id.ts';
import { buildCatalog } from '../../src/posts/snapshot.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { parseAddress } from '../../src/subscribers/address.ts';
import type { Settings } from '../../src/subscribers/settings.ts';
import { type Subscription, sameSubscription } from '../../src/subscribers/subscriber.ts';
import { makeSubscriber } from '../support/ledger.ts';
import { makePost } from '../support/make-post.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';

const names = [...'abcdefghijklmnopq'];
const sources = ['first.md', 'second.md'];
const chats = ['1', '-3', '-3/7'];
const halfHour = 30 * 60_000;
const limits = { digestAbove: 2, holdAbove: 4, shrink: { share: 1, posts: 100 } };

/** One listing of an article: all in it but the name is what an author may change without making it another. */
const listing = fc.record({
  name: fc.constantFrom(...names),
  source: fc.constantFrom(...sources),
  title: fc.constantFrom('', ' (corrected)'),
  spelling: fc.constantFrom('https://blog.example/', 'http://www.blog.example/', 'https://blog.example:443/./'),
  tail: fc.constantFrom('', '/', '?utm_source=chat', '#top'),
  category: fc.constantFrom('AI', 'Tools'),
  summary: fc.constantFrom('', 'about lora'),
});
type Listing = typeof listing extends fc.Arbitrary<infer One> ? One : never;

const subscription = fc.constantFrom<Subscription>(
  { kind: 'everything' },
  { kind: 'category', category: 'AI' },
  { kind: 'category', category: 'Tools' },
  { kind: 'query', query: 'lora' },
);
const timezone = fc.constantFrom('UTC', 'Asia/Kolkata', 'America/New_York');
const when = fc.constantFrom<Settings['when']>(
  { kind: 'at-once' },
  { kind: 'daily', minute: 8 * 60 },
  { kind: 'weekly', weekday: 3, minute: 20 * 60 },
);
const quiet = fc.constantFrom({ from: 22 * 60, to: 7 * 60 }, { from: 7 * 60, to: 9 * 60 });
const settings = fc.record({ when, timezone, quiet }, { requiredKeys: ['when', 'timezone'] });

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('read' as const),
      listings: fc.uniqueArray(listing, { selector: ({ name, source }) => `${name} ${source}`, maxLength: 8 }),
      /** A source that an operator has not named yet. */
      sources: fc.constantFrom(1, 2, 2),
      /** The process dies while it sends. */
      crash: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('move' as const), name: fc.constantFrom(...names) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('subscribe' as const),
      chat: fc.constantFrom(...chats),
      to: fc.uniqueArray(subscription, { maxLength: 3 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('settings' as const), chat: fc.constantFrom(...chats), settings }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('pause' as const),
      chat: fc.constantFrom(...chats),
      hours: fc.integer({ min: 0, max: 40 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), halfHours: fc.integer({ min: 1, max: 40 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('decide' as const),
      as: fc.constantFrom('announced' as const, 'discarded' as const),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

/** What somebody is still to be told, and why. */
interface Owed {
  readonly chat: string;
  readonly name: string;
  readonly matched: readonly Subscription[];
}

const world = fc.record({
  start: fc.constantFrom('2026-03-06T09:00:00Z', '2026-10-30T09:00:00Z', '2026-06-01T21:40:00Z'),
  /** Whether Telegram refuses messages now and then, so that they come late. */
  faulty: fc.boolean(),
  steps: fc.array(step, { minLength: 4, maxLength: 14 }),
});

it('tells each subscriber of each matching new post exactly once and at a time that suits, whatever happens', async () => {
  await fc.assert(
    fc.asyncProperty(world, async ({ start, faulty, steps }) => {
      const clock = createManualClock(start);
      const store = await openStore('sqlite::memory:', { clock, log: silentLog });
      try {
        await live(store, clock, steps, faulty);
      } finally {
        await store.close();
      }
    }),
    { numRuns: 25 },
  );
}, 120_000);

async function live(store: Store, clock: ManualClock, steps: readonly Step[], faulty: boolean): Promise<void> {
  const subscriptions = new Map<string, readonly Subscription[]>();
  const chosen = new Map<string, Settings>();
  const versions = new Map<string, number>();
  const everSeen = new Set<string>();
  const read = new Set<string>();
  /** What was told to somebody who was not to hear of it, or not then: a lane swallows what a deliverer throws. */
  const wrong: string[] = [];
  const moments = new Set<string>();
  let owed: Owed[] = [];
  let held: string[] = [];
  let listings: readonly Listing[] = [];
  let readable: readonly string[] = [];
  let attempts = 0;
  let processes = 0;
  let dying = false;

  const catalog = (): Catalog =>
    buildCatalog(
      readable.map((source) => {
        const own = listings.filter((one) => one.source === source);
        const entries = own.map((one) => ({ title: titleOf(one), url: urlOf(one, versions.get(one.name) ?? 1) }));
        const ids = identify(entries, source);
        const posts = own.map((one, at) =>
          makePost({
            ...entries[at]!,
            ...ids[at]!,
            source,
            category: [one.category],
            summary: one.summary,
          }),
        );
        return { source, posts, problems: [] };
      }),
    );
  const matcherFor = (fresh: readonly Post[]) => (query: string) =>
    new Set(fresh.filter((post) => post.summary.includes(query)).map((post) => post.id));

  const deliverer: Deliverer = {
    channel: 'telegram',
    pace: {},
    async deliver({ address, message }): Promise<DeliveryOutcome> {
      // Nothing of it has arrived, and nobody will ever hear what became of it.
      if (dying) return new Promise(() => {});
      attempts += 1;
      if (faulty && attempts % 3 === 0) {
        const notBefore = new Date(clock.now().getTime() + (attempts % 2) * 2 * 3_600_000);
        return { kind: 'retry', notBefore, reason: '429', scope: 'chat' };
      }
      const chat = address.topic === undefined ? address.chat : `${address.chat}/${address.topic}`;
      const fault = faultOfTime(chat, chosen.get(chat), clock.now());
      if (fault) wrong.push(`${chat}: ${message.text} ${fault} at ${clock.now().toISOString()}`);
      for (const name of message.text.split(' ')) {
        const isOwed = owed.some((one) => one.chat === chat && one.name === name);
        if (!isOwed) wrong.push(`${chat}: ${name} again, or not asked for`);
        owed = owed.filter((one) => one.chat !== chat || one.name !== name);
      }
      return { kind: 'delivered', messageId: String(attempts) };
    },
    edit: async () => ({ kind: 'delivered' }),
  };

  /** Of one who chose a digest there is one message a moment. */
  function faultOfTime(chat: string, wish: Settings | undefined, now: Date): string | undefined {
    if (!wish) return undefined;
    const { when: chosenWhen, quiet: hours, pausedUntil, timezone: zone = 'UTC' } = wish;
    if (pausedUntil && now < pausedUntil) return 'during a pause';
    const { minute, weekday } = localTime(now, zone);
    if (hours && isWithin(minute, hours)) return 'during quiet hours';
    if (chosenWhen.kind === 'at-once' || faulty) return undefined;
    const moment = `${chat} ${Math.floor(now.getTime() / halfHour)}`;
    if (moments.has(moment)) return 'in a second message';
    moments.add(moment);
    const isHeld = hours !== undefined && isWithin(chosenWhen.minute, hours);
    if (minute !== (isHeld ? hours.to : chosenWhen.minute)) return 'at another time than chosen';
    const isOtherDay = chosenWhen.kind === 'weekly' && !isHeld && weekday !== chosenWhen.weekday;
    return isOtherDay ? 'on another day than chosen' : undefined;
  }

  let process = await begin();

  async function begin() {
    const holder = `p${processes++}`;
    const end = new AbortController();
    const leadership = createLeadership({ leases: store.leases, holder, clock });
    const common = { outbox: store.outbox, clock, log: silentLog, timezone: 'UTC' };
    await store.outbox.recover({ now: clock.now(), crashLimit: 1000, leader: holder });
    const lane = createDeliveryLane(deliverer, {
      ...common,
      holder,
      compose: ({ posts }) => ({ text: posts.map(({ title }) => title.slice(5, 6)).join(' '), cards: [], actions: [] }),
      limits: { ...defaultDeliveryLimits, idleMs: 10 },
    });
    const running = lane.run(end.signal);
    const announcer = createAnnouncer({ ...common, catalog, book: store.book, matcherFor, leadership, limits });
    // A process that is killed records nothing: it hangs with what it had on its way, for good.
    return {
      announcer,
      kill: () => end.abort(),
      end: () => {
        end.abort();
        return running;
      },
    };
  }

  /** Lets everything happen that is to happen now: until a few rounds of the lane have brought nothing. */
  async function settle(): Promise<void> {
    for (let quietTurns = 0; quietTurns < 3; quietTurns++) {
      const before = attempts;
      clock.advance(25);
      for (let tick = 0; tick < 6; tick++) await setImmediate();
      if (attempts > before) quietTurns = -1;
    }
  }

  async function pass(halfHours: number): Promise<void> {
    for (let count = 0; count < halfHours; count++) {
      clock.set(new Date((Math.floor(clock.now().getTime() / halfHour) + 1) * halfHour));
      const { pending, sending } = (await store.outbox.counts(clock.now())).byState;
      if (pending + sending > 0) await settle();
    }
  }

  async function announce(crash: boolean): Promise<void> {
    dying = crash;
    if (crash) clock.advance(6000);
    await process.announcer.announce(new AbortController().signal);
    if (crash) {
      for (let tick = 0; tick < 8; tick++) {
        clock.advance(25);
        await setImmediate();
      }
      process.kill();
      clock.advance(6000);
      dying = false;
      process = await begin();
    }
    await settle();
  }

  /** As it stands in all sources together. */
  function article(name: string) {
    const own = readable.flatMap((source) => listings.filter((one) => one.name === name && one.source === source));
    return {
      source: own[0]?.source ?? '',
      categories: own.map(({ category }) => category),
      summary: own.find(({ summary }) => summary !== '')?.summary ?? '',
    };
  }

  function owe(fresh: readonly string[]): void {
    for (const name of fresh) {
      for (const [chat, list] of subscriptions) {
        const matched = list.filter((wish) => naivelyMatches(wish, article(name)));
        if (matched.length > 0) owed.push({ chat, name, matched });
      }
    }
  }

  async function perform(one: Step): Promise<void> {
    switch (one.kind) {
      case 'read': {
        readable = sources.slice(0, Math.max(one.sources, readable.length));
        listings = one.listings.filter(({ source }) => readable.includes(source));
        const fresh = names.filter((name) => !everSeen.has(name) && article(name).source !== '');
        const news = fresh.filter((name) => read.has(article(name).source));
        for (const name of fresh) everSeen.add(name);
        for (const source of readable) read.add(source);
        if (news.length > limits.holdAbove) held.push(...news);
        else owe(news);
        return announce(one.crash);
      }
      case 'move':
        versions.set(one.name, (versions.get(one.name) ?? 1) + (article(one.name).source === '' ? 0 : 1));
        return announce(false);
      case 'decide': {
        const present = held.filter((name) => article(name).source !== '');
        held = held.filter((name) => !present.includes(name));
        if (one.as === 'announced') owe(present);
        await process.announcer.decide(one.as);
        return settle();
      }
      case 'subscribe':
        subscriptions.set(one.chat, one.to);
        owed = owed.filter(
          ({ chat, matched }) =>
            chat !== one.chat || matched.some((was) => one.to.some((is) => sameSubscription(was, is))),
        );
        return change(one.chat);
      case 'settings':
        chosen.set(one.chat, one.settings);
        return change(one.chat);
      case 'pause': {
        const pausedUntil = new Date(clock.now().getTime() + one.hours * 3_600_000);
        chosen.set(one.chat, { ...(chosen.get(one.chat) ?? { when: { kind: 'at-once' } }), pausedUntil });
        return change(one.chat);
      }
      case 'wait':
        return pass(one.halfHours);
    }
  }

  async function change(chat: string): Promise<void> {
    const wish = chosen.get(chat);
    const subscriber = makeSubscriber(`telegram:${chat}`, {
      subscriptions: subscriptions.get(chat) ?? [],
      ...(wish && { settings: wish }),
    });
    await store.book.change(parseAddress(`telegram:${chat}`), () => subscriber);
    await settle();
  }

  // Lists that were empty at first have nothing that is not news.
  readable = sources.slice(0, 1);
  for (const source of readable) read.add(source);
  await announce(false);
  for (const chat of chats) await perform({ kind: 'subscribe', chat, to: [{ kind: 'everything' }] });
  for (const one of steps) {
    clock.advance(1000);
    await perform(one);
  }
  await pass(9 * 48);
  await process.end();
  expect({ wrong, owed }).toEqual({ wrong: [], owed: [] });
}

function titleOf({ name, title }: Listing): string {
  return `Post ${name}${title}`;
}

function urlOf({ name, spelling, tail }: Listing, version: number): string {
  return `${spelling}${name}${version}${tail}`;
}

function naivelyMatches(
  wish: Subscription,
  { categories, summary }: { readonly categories: readonly string[]; readonly summary: string },
): boolean {
  if (wish.kind === 'everything') return true;
  return wish.kind === 'category' ? categories.includes(wish.category) : summary.includes(wish.query);
}

function localTime(now: Date, timeZone: string): { readonly minute: number; readonly weekday: number } {
  const parts = new Map(
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: 'numeric', minute: 'numeric', weekday: 'short' })
      .formatToParts(now)
      .map(({ type, value }) => [type, value]),
  );
  const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(parts.get('weekday') ?? '') + 1;
  return { minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')), weekday };
}

function isWithin(minute: number, { from, to }: { readonly from: number; readonly to: number }): boolean {
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}
