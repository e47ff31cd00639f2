import type { Deliverer } from '../../src/announce/deliverer.ts';
import type { DeliveryLimits } from '../../src/announce/delivery-limits.ts';
import { createDeliveryLoop } from '../../src/announce/delivery-loop.ts';
import { createLeadership, type Leases } from '../../src/announce/leadership.ts';
import type { Outbox } from '../../src/announce/outbox.ts';
import { type Clock, systemClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { parseAddress } from '../../src/subscribers/address.ts';
import { type Databases, dialects, openDatabases } from '../support/databases.ts';
import { chats, makeSubscriber, noDiff, publishTo, subscribe } from '../support/ledger.ts';
import { makePost } from '../support/make-post.ts';
import { createTestDeliverer } from '../support/test-deliverer.ts';

describe.each(dialects)('the delivery loop on %s', (dialect) => {
  let databases: Databases;
  let url: string;
  let store: Store;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    databases = await openDatabases(dialect);
  });
  afterAll(() => databases.close());
  beforeEach(async () => {
    url = await databases.create();
    store = await openStore(url, { clock: systemClock, log: silentLog });
  });
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
    await store.close();
  });

  /** Runs a loop until the test ends or `stop` is called, which resolves when it has ended. */
  function run(
    deliverer: Deliverer | readonly Deliverer[],
    options: {
      limits?: Partial<DeliveryLimits>;
      holder?: string;
      outbox?: Outbox;
      leases?: Leases;
      ttlMs?: number;
      clock?: Clock;
    } = {},
  ): { readonly stop: () => Promise<void> } {
    const {
      holder = 'holder',
      outbox = store.outbox,
      leases = store.leases,
      ttlMs = 5000,
      clock = systemClock,
    } = options;
    const end = new AbortController();
    const loop = createDeliveryLoop({
      outbox,
      deliverers: [deliverer].flat(),
      compose: ({ posts, digest }) => {
        if (posts.some((post) => post.title === 'Poison')) throw new Error('no words for this');
        const titles = posts.map((post) => post.title).join(', ');
        return { text: digest ? `digest of ${titles}` : titles, cards: [], actions: [] };
      },
      leadership: createLeadership({ leases, holder, clock, ttlMs }),
      clock,
      log: silentLog,
      timezone: 'UTC',
      limits: { idleMs: 10, ...options.limits },
    });
    const ended = loop.run(end.signal);
    const stop = () => {
      end.abort();
      return ended;
    };
    stops.push(stop);
    return { stop };
  }

  async function announce(title: string, addresses: readonly string[]): Promise<void> {
    await subscribe(store, ...addresses.map((address) => makeSubscriber(address)));
    await publishTo(store, title, addresses);
  }

  const states = async () => (await store.outbox.counts(new Date())).byState;

  it('brings each message to its address once', async () => {
    await announce('One', chats(30));
    const telegram = createTestDeliverer();
    run(telegram);
    await until(async () => (await states()).sent === 30);
    expect([...telegram.arrived].sort()).toEqual(
      chats(30)
        .map((address) => `${address.slice(9)}: One`)
        .sort(),
    );
    expect(telegram.attempts).toHaveLength(30);
  });

  it('has no more messages on their way at once than the limit says', async () => {
    await announce('One', chats(40));
    const telegram = createTestDeliverer({ answer: () => wait(2) });
    run(telegram, { limits: { inFlight: 4 } });
    await until(async () => (await states()).sent === 40);
    expect(telegram.mostAtOnce()).toBe(4);
  });

  it('lets a chat that hangs hold up no other', async () => {
    await announce('One', chats(40));
    const hanging = new Set(['1', '2', '3', '4', '5', '6', '7']);
    const release = signalled();
    const telegram = createTestDeliverer({
      answer: ({ address }) => (hanging.has(address.chat) ? release.promise : undefined),
    });
    run(telegram, { limits: { inFlight: 8 } });
    await until(async () => (await states()).sent === 33);
    expect((await states()).sending).toBe(7);
    release.resolve();
  });

  it('lets one chat that is always out of order hold up no other', async () => {
    await announce('One', chats(20));
    const notBefore = new Date(Date.now() + 3_600_000);
    const telegram = createTestDeliverer({
      answer: ({ address }) =>
        address.chat === '3' ? { kind: 'retry', notBefore, reason: '502', scope: 'channel' } : undefined,
    });
    run(telegram);
    await until(async () => (await states()).sent === 19);
    expect((await states()).pending).toBe(1);
  });

  it('stops a platform that refuses everybody, for as long as it asks', async () => {
    await announce('One', chats(50));
    const notBefore = new Date(Date.now() + 3_600_000);
    const telegram = createTestDeliverer({
      answer: () => ({ kind: 'retry', notBefore, reason: '429', scope: 'channel' }),
    });
    const { stop } = run(telegram, { limits: { inFlight: 4 } });
    await until(() => telegram.attempts.length >= 3);
    await stop();
    expect(telegram.attempts.length).toBeLessThanOrEqual(8);
    const another = createTestDeliverer();
    await run(another).stop();
    expect(another.attempts).toEqual([]);
  });

  it('lets a chat wait as long as the platform asks, also over a restart', async () => {
    await announce('One', chats(2));
    const notBefore = new Date(Date.now() + 43_837_000);
    const telegram = createTestDeliverer({
      answer: ({ address }) =>
        address.chat === '1' ? { kind: 'retry', notBefore, reason: '429', scope: 'chat' } : undefined,
    });
    const { stop } = run(telegram);
    await until(async () => (await states()).sent === 1);
    await stop();
    await publishTo(store, 'Two', chats(2));
    const restarted = createTestDeliverer();
    run(restarted);
    await until(() => restarted.arrived.includes('2: Two'));
    expect(restarted.attempts).toEqual(['2: Two']);
  });

  it('repeats a message once whose answer was lost, and only that one', async () => {
    await announce('One', chats(5));
    const telegram = createTestDeliverer({
      answer: ({ address }, attempt) =>
        address.chat === '3' && attempt === 1 ? { kind: 'unknown', reason: 'reset' } : undefined,
    });
    run(telegram);
    await until(async () => (await states()).sent === 5);
    expect(telegram.attempts.filter((words) => words.startsWith('3:'))).toHaveLength(2);
    expect(telegram.attempts).toHaveLength(6);
    expect((await store.outbox.counts(new Date())).lostAnswers).toBe(1);
  });

  it('never sends a third time what was lost twice', async () => {
    await announce('One', chats(2));
    const telegram = createTestDeliverer({
      answer: ({ address }) => (address.chat === '1' ? { kind: 'unknown', reason: 'reset' } : undefined),
    });
    run(telegram);
    await until(async () => (await store.outbox.failures(5)).length === 1);
    await publishTo(store, 'Two', ['telegram:2']);
    await until(async () => (await states()).sent === 2);
    expect(telegram.attempts.filter((words) => words.startsWith('1:'))).toHaveLength(2);
    expect(await states()).toMatchObject({ unknown: 1, sent: 2 });
  });

  it('takes an answer that does not come for lost, and so an error of the channel’s own', async () => {
    await announce('One', chats(2));
    const telegram = createTestDeliverer({
      answer: ({ address }, attempt, signal) => {
        if (attempt > 1) return undefined;
        if (address.chat === '1') throw new Error('a defect');
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined)));
      },
    });
    run(telegram, { limits: { sendTimeoutMs: 50 } });
    await until(async () => (await states()).sent === 2);
    expect((await store.outbox.counts(new Date())).lostAnswers).toBe(2);
  });

  it('sends once more as plain text what the platform refuses, and gives it up then', async () => {
    await announce('Fine', chats(2));
    await announce('Malformed', chats(2));
    const plain: boolean[] = [];
    const telegram = createTestDeliverer({
      answer: (delivery) => {
        if (delivery.message.text !== 'Malformed') return undefined;
        plain.push(delivery.plain === true);
        return delivery.plain && delivery.address.chat === '1' ? undefined : { kind: 'rejected', reason: 'entities' };
      },
    });
    run(telegram);
    await until(async () => (await states()).dead === 1 && (await states()).sent === 3);
    expect([...plain].sort()).toEqual([false, false, true, true]);
    expect(await store.outbox.failures(5)).toMatchObject([{ reason: 'entities', titles: ['Malformed'] }]);
  });

  it('gives up what cannot be put into words, and nothing else with it', async () => {
    await announce('Poison', chats(2));
    await announce('Fine', chats(2));
    const telegram = createTestDeliverer();
    run(telegram);
    await until(async () => (await states()).dead === 2 && (await states()).sent === 2);
    expect([...telegram.attempts].sort()).toEqual(['1: Fine', '2: Fine']);
  });

  it('sends nothing more to someone who blocked the bot, until they are back', async () => {
    await announce('One', chats(2));
    const telegram = createTestDeliverer({
      answer: ({ address }) => (address.chat === '1' ? { kind: 'gone', reason: 'blocked' } : undefined),
    });
    run(telegram);
    await until(async () => (await states()).sent === 1);
    await until(async () => (await store.book.find(parseAddress('telegram:1')))?.state === 'suspended');
    await publishTo(store, 'Two', chats(2));
    await until(() => telegram.arrived.includes('2: Two'));
    expect(telegram.attempts.filter((words) => words.startsWith('1:'))).toEqual(['1: One']);
  });

  it('follows a group that became a supergroup, and sends the message there once', async () => {
    await announce('One', ['telegram:-5', 'telegram:6']);
    const telegram = createTestDeliverer({
      answer: ({ address }) =>
        address.chat === '-5' ? { kind: 'moved', to: parseAddress('telegram:-1005') } : undefined,
    });
    run(telegram);
    await until(async () => (await states()).sent === 2);
    expect([...telegram.arrived].sort()).toEqual(['-1005: One', '6: One']);
    expect(await store.book.find(parseAddress('telegram:-1005'))).toBeDefined();
  });

  it('gives way to answers, which the platform counts too', async () => {
    await announce('One', chats(1));
    let through = () => {};
    const telegram = createTestDeliverer({
      pace: { perSecond: 1 },
      answers: {
        watch: (watcher) => {
          through = watcher(parseAddress('telegram:9'));
        },
      },
    });
    run(telegram);
    await wait(200);
    expect(telegram.attempts).toEqual([]);
    through();
    await until(async () => (await states()).sent === 1);
  });

  it('corrects messages in place when their post is reworded, and sends nothing again', async () => {
    await announce('Helo', chats(3));
    const telegram = createTestDeliverer();
    run(telegram);
    await until(async () => (await states()).sent === 3);
    const { revision, known } = await store.outbox.ledger();
    const [id = ''] = [...known.posts.keys()];
    const post = makePost({ title: 'Hello', id });
    await store.outbox.publish({
      basis: revision,
      at: new Date(),
      diff: { ...noDiff, updates: [{ id, post, reworded: true }] },
      correctSince: new Date(Date.now() - 1000_000),
      news: 'announced',
      deliveries: [],
    });
    await until(() => telegram.edited.length === 3);
    expect([...telegram.edited].sort()).toEqual(['m1: Hello', 'm2: Hello', 'm3: Hello']);
    expect(telegram.attempts).toHaveLength(3);
  });

  it('holds a message back that is due within quiet hours set in the meantime', async () => {
    await announce('One', chats(2));
    const minute = new Date().getUTCHours() * 60 + new Date().getUTCMinutes();
    const quiet = { from: minute, to: (minute + 120) % 1440 };
    await subscribe(
      store,
      makeSubscriber('telegram:1', { settings: { when: { kind: 'at-once' }, quiet, timezone: 'UTC' } }),
    );
    const telegram = createTestDeliverer();
    run(telegram);
    await until(async () => (await states()).sent === 1 && (await states()).sending === 0);
    expect(telegram.attempts).toEqual(['2: One']);
    expect((await states()).pending).toBe(1);
  });

  it('sends what a clock that was years ahead had put off, as soon as the clock is right again', async () => {
    await announce('One', chats(3));
    let ahead = 20 * 365 * 24 * 3_600_000;
    const clock = { ...systemClock, now: () => new Date(Date.now() + ahead) };
    const wait429 = () => new Date(clock.now().getTime() + 3_600_000);
    const telegram = createTestDeliverer({
      answer: (_, attempt) =>
        attempt === 1 ? { kind: 'retry', notBefore: wait429(), reason: '429', scope: 'chat' } : undefined,
    });
    run(telegram, { clock });
    await until(async () => telegram.attempts.length === 3 && (await states()).pending === 3);
    ahead = 0;
    await until(async () => (await states()).sent === 3);
    expect([...telegram.arrived].sort()).toEqual(['1: One', '2: One', '3: One']);
  });

  it('finishes and records what is on its way before it ends', async () => {
    await announce('One', chats(20));
    const release = signalled();
    const telegram = createTestDeliverer({ answer: () => release.promise });
    const { stop } = run(telegram, { limits: { inFlight: 4 } });
    await until(() => telegram.attempts.length === 4);
    const ended = stop();
    release.resolve();
    await ended;
    expect(telegram.arrived).toHaveLength(4);
    expect(await states()).toMatchObject({ pending: 16, sending: 0, sent: 4 });
  });

  it('keeps channels apart: one that hangs holds up no other', async () => {
    await announce('One', ['telegram:1', 'wecom:2']);
    const release = signalled();
    const telegram = createTestDeliverer({ answer: () => release.promise });
    const wecom = createTestDeliverer({ channel: 'wecom' });
    run([telegram, wecom], { limits: { inFlight: 1 } });
    await until(() => wecom.arrived.length === 1 && telegram.attempts.length === 1);
    release.resolve();
    await until(async () => (await states()).sent === 2);
  });

  it('sends nothing while it cannot record, and everything once it can', async () => {
    await announce('One', chats(10));
    let full = true;
    const outbox: Outbox = {
      ...store.outbox,
      claim: (request) => (full ? Promise.reject(new Error('SQLITE_FULL')) : store.outbox.claim(request)),
    };
    const telegram = createTestDeliverer();
    run(telegram, { outbox });
    await wait(100);
    expect(telegram.attempts).toEqual([]);
    full = false;
    await until(async () => (await states()).sent === 10);
    expect(telegram.attempts).toHaveLength(10);
  });

  it('records late what it could not record at once, and does not send it again', async () => {
    await announce('One', chats(10));
    let failures = 3;
    const outbox: Outbox = {
      ...store.outbox,
      settle: (...args) => (failures-- > 0 ? Promise.reject(new Error('SQLITE_FULL')) : store.outbox.settle(...args)),
    };
    const telegram = createTestDeliverer();
    run(telegram, { outbox, limits: { inFlight: 4 } });
    await until(async () => (await states()).sent === 10);
    expect(telegram.attempts).toHaveLength(10);
  });

  it('keeps in mind what it has sent while the store is out of reach, longer than any lease', async () => {
    await announce('One', chats(10));
    let down = false;
    const unlessDown = <Args extends readonly unknown[], Result>(call: (...args: Args) => Promise<Result>) => {
      return (...args: Args) => (down ? Promise.reject(new Error('no connection')) : call(...args));
    };
    const { outbox, leases } = store;
    const telegram = createTestDeliverer({
      answer: () => {
        down = telegram.attempts.length <= 4;
        return undefined;
      },
    });
    run(telegram, {
      outbox: {
        ...outbox,
        claim: unlessDown(outbox.claim),
        settle: unlessDown(outbox.settle),
        recover: unlessDown(outbox.recover),
      },
      leases: { ...leases, acquire: unlessDown(leases.acquire) },
      ttlMs: 200,
      limits: { inFlight: 4, leaseMs: 50 },
    });
    await until(() => telegram.attempts.length === 4);
    await wait(1500);
    down = false;
    await until(async () => (await states()).sent === 10);
    expect(telegram.attempts).toHaveLength(10);
  });

  describe('with two processes on one database', () => {
    it('lets one deliver, and the other take over when it ends', async () => {
      await announce('One', chats(10));
      const first = createTestDeliverer();
      const { stop } = run(first, { holder: 'first' });
      await until(() => first.attempts.length > 0);
      const second = createTestDeliverer();
      run(second, { holder: 'second' });
      await until(async () => (await states()).sent === 10);
      expect(second.attempts).toEqual([]);
      await stop();
      await publishTo(store, 'Two', chats(10));
      await until(() => second.arrived.length === 10);
      expect(first.attempts).toHaveLength(10);
    });

    it('has the other take over within the lease when one vanishes, and send what was on its way', async () => {
      await announce('One', chats(10));
      // What a process leaves that was killed: the lead, and claims.
      await store.leases.acquire('announce', 'dead', 300, new Date());
      const left = await store.outbox.claim({
        channel: 'telegram',
        limit: 4,
        leaseMs: 3_600_000,
        now: new Date(),
        holder: 'dead',
        except: [],
      });
      expect(left).toHaveLength(4);
      const telegram = createTestDeliverer();
      run(telegram, { holder: 'next', ttlMs: 300 });
      await until(async () => (await states()).sent === 10);
      expect(new Set(telegram.arrived).size).toBe(10);
      expect(telegram.arrived).toHaveLength(10);
    });

    it('sends nothing twice even if both believe that they lead', async () => {
      await announce('One', chats(60));
      const deliverers = ['one', 'other'].map(() => createTestDeliverer({ answer: () => wait(1) }));
      const leases = { acquire: async () => true, release: async () => {} };
      const end = new AbortController();
      const loops = deliverers.map((deliverer, at) =>
        createDeliveryLoop({
          // Taking over is what a leader does that is alone; these two are not.
          outbox: { ...store.outbox, recover: async () => 0 },
          deliverers: [deliverer],
          compose: ({ posts }) => ({ text: posts[0]?.title ?? '', cards: [], actions: [] }),
          leadership: createLeadership({ leases, holder: `h${at}`, clock: systemClock }),
          clock: systemClock,
          log: silentLog,
          timezone: 'UTC',
          limits: { idleMs: 5 },
        }).run(end.signal),
      );
      await until(async () => (await states()).sent === 60);
      end.abort();
      await Promise.all(loops);
      const arrived = deliverers.flatMap((deliverer) => deliverer.arrived);
      expect(arrived).toHaveLength(60);
      expect(new Set(arrived).size).toBe(60);
    });
  });
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('what was waited for did not happen');
    await wait(5);
  }
}

function wait(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), ms));
}

function signalled(): { readonly promise: Promise<undefined>; readonly resolve: () => void } {
  let release = () => {};
  const promise = new Promise<undefined>((resolve) => {
    release = () => resolve(undefined);
  });
  return { promise, resolve: () => release() };
}
