import { type AnnounceLimits, type Announcer, createAnnouncer } from '../../src/announce/announcer.ts';
import { createLeadership } from '../../src/announce/leadership.ts';
import type { CreateSavedQueryMatcher } from '../../src/announce/saved-query-matcher.ts';
import { silentLog } from '../../src/kernel/log.ts';
import type { Catalog, Post } from '../../src/posts/post.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { formatAddress, parseAddress } from '../../src/subscribers/address.ts';
import { type Databases, openDatabases } from '../support/databases.ts';
import { claimFrom, inWords, makeSubscriber, subscribe } from '../support/ledger.ts';
import { makePost } from '../support/make-post.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';

const titlesContaining: CreateSavedQueryMatcher = (posts) => (query) =>
  new Set(posts.filter((post) => post.title.includes(query)).map((post) => post.id));

describe('announcing', () => {
  let databases: Databases;
  let url: string;
  let store: Store;
  let clock: ManualClock;
  const signal = new AbortController().signal;

  beforeAll(async () => {
    databases = await openDatabases('sqlite');
  });
  afterAll(() => databases.close());
  beforeEach(async () => {
    url = await databases.create();
    clock = createManualClock();
    store = await openStore(url, { clock, log: silentLog });
  });
  afterEach(() => store.close());

  /** A process that reads these posts; `read` lets it read others. */
  function startProcess(
    posts: readonly Post[],
    options: { from?: Store; holder?: string; limits?: Partial<AnnounceLimits> } = {},
  ) {
    const { from = store, holder = 'holder' } = options;
    const catalogOf = (list: readonly Post[], sources = ['posts.md']): Catalog => ({
      posts: list,
      sources,
      problems: [],
      revision: JSON.stringify(list),
    });
    let catalog = catalogOf(posts);
    let alarms = 0;
    const announcer: Announcer = createAnnouncer({
      catalog: () => catalog,
      outbox: from.outbox,
      book: from.book,
      matcherFor: titlesContaining,
      leadership: createLeadership({ leases: from.leases, holder, clock }),
      clock,
      log: silentLog,
      timezone: 'UTC',
      ...(options.limits && { limits: options.limits }),
      alarm: async () => {
        alarms += 1;
      },
    });
    return {
      announcer,
      /** How often admins were told that something waits. */
      alarms: () => alarms,
      read: (list: readonly Post[], sources?: string[]) => {
        catalog = catalogOf(list, sources);
      },
      announce: () => announcer.announce(signal),
    };
  }

  /** Everything that is to be sent now, which is then sent. */
  async function sendAll(): Promise<readonly string[]> {
    const told: string[] = [];
    for (;;) {
      const claimed = await claimFrom(store, clock.now());
      if (claimed.length === 0) return [...told].sort();
      told.push(...inWords(claimed));
      const sent = claimed.map((delivery) => ({ delivery, transition: { kind: 'sent' as const } }));
      await store.outbox.settle(sent, clock.now());
    }
  }

  const [one, two, three] = ['One', 'Two', 'Three'].map((title) => makePost({ title })) as [Post, Post, Post];
  const many = (count: number) => Array.from({ length: count }, (_, index) => makePost({ title: `New ${index}` }));

  it('tells nobody of what the first reading brings', async () => {
    await subscribe(store, makeSubscriber('telegram:1'));
    const report = await startProcess([one, two]).announce();
    expect(report).toMatchObject({ state: 'announced', baseline: [one, two], news: [] });
    expect(await sendAll()).toEqual([]);
  });

  it('tells of the first post of a source that was empty when it came', async () => {
    await subscribe(store, makeSubscriber('telegram:1'));
    const { announce, read } = startProcess([]);
    await announce();
    await announce();
    const both = ['posts.md', 'notes.md'];
    read([], both);
    await announce();
    read([makePost({ title: 'First note', source: 'notes.md' })], both);
    await announce();
    expect(await sendAll()).toEqual(['1: First note']);
  });

  it('tells each subscriber of a new post once, over repeats and restarts', async () => {
    await subscribe(store, makeSubscriber('telegram:1'), makeSubscriber('telegram:2'));
    const first = startProcess([one]);
    await first.announce();
    first.read([two, one]);
    expect((await first.announce()).news).toEqual([two]);
    expect((await first.announce()).state).toBe('unchanged');
    expect(await sendAll()).toEqual(['1: Two', '2: Two']);
    for (let restart = 0; restart < 2; restart++) {
      await store.close();
      store = await openStore(url, { clock, log: silentLog });
      const restarted = startProcess([two, one]);
      expect((await restarted.announce()).state).toBe('unchanged');
    }
    expect(await sendAll()).toEqual([]);
  });

  it.each<[string, Partial<Post>]>([
    ['a date far ahead', { date: '2099-01-01' }],
    ['a date long past', { date: '1970-01-01' }],
    ['neither category nor summary', { category: [], summary: '' }],
  ])('tells once of a new post that has %s, however often it is read', async (_, unusual) => {
    await subscribe(store, makeSubscriber('telegram:1'));
    const { announce, read } = startProcess([one]);
    await announce();
    for (let reading = 0; reading < 3; reading++) {
      read([one, { ...two, ...unusual }]);
      await announce();
    }
    expect(await sendAll()).toEqual(['1: Two']);
  });

  it('keeps deliveries that were not sent before a restart', async () => {
    await subscribe(store, makeSubscriber('telegram:1'));
    const first = startProcess([one]);
    await first.announce();
    first.read([one, two]);
    await first.announce();
    await store.close();
    store = await openStore(url, { clock, log: silentLog });
    expect(await sendAll()).toEqual(['1: Two']);
  });

  it.each<[string, (posts: readonly [Post, Post]) => readonly Post[]]>([
    ['a title is edited', ([a, b]) => [{ ...a, title: 'Uno' }, b]],
    ['a post moves to another category', ([a, b]) => [{ ...a, category: ['Other'] }, b]],
    ['the order changes', ([a, b]) => [b, a]],
    ['a post goes', ([a]) => [a]],
    ['a post gets another url', ([a, b]) => [{ ...a, id: 'moved', url: 'https://moved.example/' }, b]],
    ['all dates lie in the future', ([a, b]) => [a, b].map((post) => ({ ...post, date: '2099-01-01' }))],
  ])('tells nobody when %s, nor when that is undone', async (_, change) => {
    await subscribe(store, makeSubscriber('telegram:1'));
    const bot = startProcess([one, two]);
    await bot.announce();
    for (const posts of [change([one, two]), [one, two], change([one, two])]) {
      bot.read(posts);
      expect((await bot.announce()).news).toEqual([]);
    }
    expect(await sendAll()).toEqual([]);
  });

  it('tells people what they asked for, in what is new at the time', async () => {
    await subscribe(
      store,
      makeSubscriber('telegram:1', { subscriptions: [{ kind: 'category', category: 'AI' }] }),
      makeSubscriber('telegram:2', { subscriptions: [{ kind: 'query', query: 'Two' }] }),
      makeSubscriber('telegram:3', { state: 'suspended' }),
    );
    const bot = startProcess([one]);
    await bot.announce();
    bot.read([one, two, { ...three, category: ['AI', 'Deep'] }]);
    await bot.announce();
    await subscribe(store, makeSubscriber('telegram:4'));
    await bot.announce();
    expect(await sendAll()).toEqual(['1: Three', '2: Two']);
  });

  it('lets two processes announce at the same moment without telling anybody twice', async () => {
    await subscribe(store, makeSubscriber('telegram:1'));
    const other = await openStore(url, { clock, log: silentLog });
    // Both believe that they lead, as after a pause of one of them.
    const bots = [startProcess([one]), startProcess([one], { from: other })];
    await Promise.all(bots.map((bot) => bot.announce()));
    for (const bot of bots) bot.read([one, two]);
    const reports = await Promise.all(bots.map((bot) => bot.announce()));
    await other.close();
    expect(reports.flatMap((report) => report.news)).toEqual([two]);
    expect(await sendAll()).toEqual(['1: Two']);
  });

  it('leaves announcing to the process that leads', async () => {
    const bots = [startProcess([one]), startProcess([one], { holder: 'standby' })];
    expect(await Promise.all(bots.map(async (bot) => (await bot.announce()).state))).toContain('standby');
  });

  it('writes nothing on a dry run, and says what it would do', async () => {
    await subscribe(store, makeSubscriber('telegram:1'));
    const bot = startProcess([one]);
    await bot.announce();
    bot.read([one, two]);
    const report = await bot.announcer.dryRun();
    expect(report.news).toEqual([two]);
    expect(report.deliveries.map(({ address }) => formatAddress(address))).toEqual(['telegram:1']);
    expect(await sendAll()).toEqual([]);
    expect((await bot.announce()).news).toEqual([two]);
  });

  it('writes nothing once it is told to stop', async () => {
    const bot = startProcess([one]);
    await expect(bot.announcer.announce(AbortSignal.abort())).rejects.toThrow();
    expect(await store.outbox.revision()).toBe(0);
  });

  describe('many new posts in one reading', () => {
    async function read(count: number, limits?: Partial<AnnounceLimits>) {
      await subscribe(store, makeSubscriber('telegram:1'), makeSubscriber('telegram:2'));
      const bot = startProcess([one], limits ? { limits } : {});
      await bot.announce();
      bot.read([one, ...many(count)]);
      return { bot, report: await bot.announce() };
    }

    it('up to ten are a message each', async () => {
      await read(10);
      expect(await sendAll()).toHaveLength(20);
    });

    it('more than ten are one message a subscriber, with all of them', async () => {
      await read(11);
      const told = await sendAll();
      expect(told).toHaveLength(2);
      expect(told[0]?.split(', ')).toHaveLength(11);
    });

    it('more than fifty wait for an admin, also over a restart', async () => {
      const { bot, report } = await read(51);
      expect(report.state).toBe('held');
      expect(await sendAll()).toEqual([]);
      expect((await startProcess([one, ...many(51)]).announce()).state).toBe('unchanged');
      expect(await bot.announcer.held()).toHaveLength(51);
      expect(bot.alarms()).toBe(1);
    });

    it('go out as one message each subscriber once an admin approves, and are not held any more', async () => {
      const { bot } = await read(51);
      expect(await bot.announcer.decide('announced')).toHaveLength(51);
      expect(await sendAll()).toHaveLength(2);
      expect(await bot.announcer.decide('announced')).toEqual([]);
      expect(await sendAll()).toEqual([]);
    });

    it('are told to nobody if an admin discards them, then or later', async () => {
      const { bot } = await read(51);
      await bot.announcer.decide('discarded');
      expect(await bot.announcer.held()).toEqual([]);
      expect((await bot.announce()).state).toBe('unchanged');
      expect(await sendAll()).toEqual([]);
    });

    it('keep to the limits that the operator sets', async () => {
      const { report } = await read(3, { digestAbove: 1, holdAbove: 2, shrink: { share: 0.3, posts: 3 } });
      expect(report.state).toBe('held');
    });
  });

  describe('a reading that lost most of its posts', () => {
    it('changes nothing until the posts are back, or an admin believes it', async () => {
      await subscribe(store, makeSubscriber('telegram:1'));
      const all = many(10);
      const bot = startProcess(all);
      await bot.announce();
      bot.read([...all.slice(0, 2), two]);
      expect(bot.alarms()).toBe(0);
      expect(await bot.announce()).toMatchObject({
        state: 'unchanged',
        shrunken: [{ source: 'posts.md', lost: 8, before: 10 }],
      });
      expect(await sendAll()).toEqual([]);
      await bot.announce();
      expect(bot.alarms()).toBe(1);
      bot.announcer.believe();
      await bot.announce();
      expect(await sendAll()).toEqual(['1: Two']);
      bot.read([...all, two]);
      expect((await bot.announce()).news).toEqual([]);
    });
  });

  it('does not send a queued message to someone who unsubscribed', async () => {
    await subscribe(store, makeSubscriber('telegram:1'), makeSubscriber('telegram:2'));
    const bot = startProcess([one]);
    await bot.announce();
    bot.read([one, two]);
    await bot.announce();
    await store.book.remove(parseAddress('telegram:1'));
    expect(await sendAll()).toEqual(['2: Two']);
  });
});
