import type { Settlement } from '../../src/announce/outbox.ts';
import type { Transition } from '../../src/announce/retry.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { parseAddress } from '../../src/subscribers/address.ts';
import { type Databases, type Dialect, openDatabases } from '../support/databases.ts';
import { chats, claimFrom, inWords, makeSubscriber, noDiff, publishTo, subscribe } from '../support/ledger.ts';
import { makePost } from '../support/make-post.ts';
import { createManualClock } from '../support/manual-clock.ts';

/** What every outbox promises. */
export function describeOutbox(dialect: Dialect): void {
  describe(`the outbox on ${dialect}`, () => {
    let databases: Databases;
    let url: string;
    let open: Store[];
    const clock = createManualClock();
    const now = new Date('2026-03-02T09:00:00Z');
    const later = (ms: number) => new Date(now.getTime() + ms);

    beforeAll(async () => {
      databases = await openDatabases(dialect);
    });
    afterAll(() => databases.close());
    beforeEach(async () => {
      url = await databases.create();
      open = [];
    });
    afterEach(async () => {
      for (const store of open) await store.close();
    });

    async function connect(): Promise<Store> {
      const store = await openStore(url, { clock, log: silentLog });
      open.push(store);
      return store;
    }

    async function storeWith(addresses: readonly string[]): Promise<Store> {
      const store = await connect();
      await subscribe(store, ...addresses.map((address) => makeSubscriber(address)));
      return store;
    }

    async function settleAll(store: Store, transition: Transition, at = now): Promise<readonly Settlement[]> {
      const settlements = (await claimFrom(store, at)).map((delivery) => ({ delivery, transition }));
      await store.outbox.settle(settlements, at);
      return settlements;
    }

    describe('publishing', () => {
      it('makes posts known, with aliases and sources', async () => {
        const store = await connect();
        const { revision } = await store.outbox.ledger();
        const post = makePost({ title: 'One', source: 'a.md' });
        const diff = { ...noDiff, baseline: [post], aliases: [{ alias: 'other', id: post.id }], sources: ['a.md'] };
        await store.outbox.publish({ basis: revision, at: now, diff, news: 'announced', deliveries: [] });
        const { known } = await store.outbox.ledger();
        expect(known.posts.get(post.id)).toMatchObject({ title: 'One', source: 'a.md', present: true });
        expect(known.aliases.get('other')).toBe(post.id);
        expect([...known.sources]).toEqual(['a.md']);
      });

      it('writes nothing if another publication came first', async () => {
        const store = await storeWith(['telegram:1']);
        const { revision } = await store.outbox.ledger();
        await publishTo(store, 'First', ['telegram:1']);
        const diff = { ...noDiff, news: [makePost({ title: 'Second' })], sources: ['b.md'] };
        const publication = { basis: revision, at: now, diff, news: 'announced' as const, deliveries: [] };
        expect(await store.outbox.publish(publication)).toBe('stale');
        const { known } = await store.outbox.ledger();
        expect([...known.posts.values()].map((post) => post.title)).toEqual(['First']);
        expect(known.sources.size).toBe(0);
      });

      it('lets exactly one of two processes publish from the same ledger', async () => {
        const [one, other] = [await storeWith(['telegram:1']), await connect()];
        const { revision } = await one.outbox.ledger();
        const post = makePost({ title: 'One' });
        const publication = {
          basis: revision,
          at: now,
          diff: { ...noDiff, news: [post] },
          news: 'announced' as const,
          deliveries: [
            {
              address: parseAddress('telegram:1'),
              posts: [{ postId: post.id, matched: [{ kind: 'everything' as const }] }],
            },
          ],
        };
        const results = await Promise.all([one.outbox.publish(publication), other.outbox.publish(publication)]);
        expect([...results].sort()).toEqual(['published', 'stale']);
        expect(await claimFrom(one, now)).toHaveLength(1);
      });

      it('refuses to write one post to one address twice, and then writes nothing at all', async () => {
        const store = await storeWith(['telegram:1']);
        const post = await publishTo(store, 'One', ['telegram:1']);
        const { revision } = await store.outbox.ledger();
        const delivery = { address: parseAddress('telegram:1'), posts: [{ postId: post.id, matched: [] }] };
        const publication = {
          basis: revision,
          at: now,
          diff: noDiff,
          news: 'announced' as const,
          deliveries: [delivery],
        };
        await expect(store.outbox.publish(publication)).rejects.toMatchObject({
          message: expect.stringMatching(/unique/i),
        });
        expect(await store.outbox.revision()).toBe(revision);
        expect((await store.outbox.counts(now)).byState.pending).toBe(1);
      });

      it('gathers the posts of one bundle while it waits, and begins another once it is under way', async () => {
        const store = await storeWith(['telegram:1']);
        const bundle = { bundle: 'evening', notBefore: later(1000) };
        await publishTo(store, 'One', ['telegram:1'], bundle);
        await publishTo(store, 'Two', ['telegram:1'], bundle);
        expect(await claimFrom(store, now)).toEqual([]);
        const claimed = await claimFrom(store, later(1000));
        expect(inWords(claimed)).toEqual(['1: One, Two']);
        expect(claimed[0]?.content.digest).toBe(true);
        await publishTo(store, 'Three', ['telegram:1'], bundle);
        await store.outbox.settle(
          claimed.map((delivery) => ({ delivery, transition: { kind: 'sent' } })),
          now,
        );
        expect(inWords(await claimFrom(store, later(1000)))).toEqual(['1: Three']);
      });

      it('keeps posts that wait for an admin, in order, until they are decided on', async () => {
        const store = await connect();
        const posts = ['One', 'Two'].map((title) => makePost({ title }));
        const held = { basis: 0, at: now, diff: { ...noDiff, news: posts }, news: 'held' as const, deliveries: [] };
        await store.outbox.publish(held);
        expect((await store.outbox.held()).map((post) => post.title)).toEqual(['One', 'Two']);
        const decided = { posts: posts.map((post) => post.id), as: 'discarded' as const };
        await store.outbox.publish({ basis: 1, at: now, diff: noDiff, news: 'announced', decided, deliveries: [] });
        expect(await store.outbox.held()).toEqual([]);
      });
    });

    describe('claiming', () => {
      it('brings deliveries in the order in which they were planned, up to the limit', async () => {
        const store = await storeWith(chats(3));
        await publishTo(store, 'One', chats(3));
        expect(inWords(await claimFrom(store, now, { limit: 2 }))).toEqual(['1: One', '2: One']);
        expect(inWords(await claimFrom(store, now, { limit: 2 }))).toEqual(['3: One']);
        expect(await claimFrom(store, now)).toEqual([]);
      });

      it('brings one delivery a chat at a time, topics included', async () => {
        const store = await storeWith(['telegram:-5/1', 'telegram:-5/2', 'telegram:6']);
        await publishTo(store, 'One', ['telegram:-5/1', 'telegram:-5/2', 'telegram:6']);
        const first = await claimFrom(store, now);
        expect(inWords(first)).toEqual(['-5/1: One', '6: One']);
        expect(await claimFrom(store, now)).toEqual([]);
        await store.outbox.settle([{ delivery: first[0]!, transition: { kind: 'sent' } }], now);
        expect(inWords(await claimFrom(store, now))).toEqual(['-5/2: One']);
      });

      it('passes over chats that are excepted and chats that wait, and fills the limit with others', async () => {
        const store = await storeWith(chats(4));
        for (const title of ['One', 'Two']) await publishTo(store, title, chats(4));
        const claimed = await claimFrom(store, now, { limit: 2, except: ['1', '2'] });
        expect(inWords(claimed)).toEqual(['3: One', '4: One']);
      });

      it('never gives one delivery to two processes that claim at the same moment', async () => {
        const store = await storeWith(chats(40));
        await publishTo(store, 'One', chats(40));
        const other = await connect();
        const claims = await Promise.all(
          [store, other, store, other].map((from, at) => claimFrom(from, now, { limit: 10, holder: `h${at}` })),
        );
        const ids = claims.flat().map((delivery) => delivery.id);
        expect(new Set(ids).size).toBe(ids.length);
        const rest = await claimFrom(store, now);
        expect(new Set([...ids, ...rest.map((delivery) => delivery.id)]).size).toBe(40);
      });

      it('tells content, language and settings as they stand', async () => {
        const store = await connect();
        const settings = { when: { kind: 'daily', minute: 600 }, pausedUntil: later(5) } as const;
        await subscribe(store, makeSubscriber('telegram:1', { language: 'en', settings }));
        const post = await publishTo(store, 'One', ['telegram:1']);
        expect(await claimFrom(store, now)).toMatchObject([
          {
            address: { channel: 'telegram', chat: '1' },
            content: { posts: [post], matched: [{ kind: 'everything' }], language: 'en', digest: false },
            settings,
            history: { attempts: 0, unknowns: 0, moved: false, plain: false },
          },
        ]);
      });

      it('brings nothing to a channel that it is not asked for', async () => {
        const store = await storeWith(['web:1']);
        await publishTo(store, 'One', ['web:1']);
        expect(await claimFrom(store, now)).toEqual([]);
      });

      it('keeps ids beyond 32 and 53 bits exact', async () => {
        const addresses = ['telegram:-1001234567890', 'telegram:6749308768', 'telegram:9007199254740993'];
        const store = await storeWith(addresses);
        await publishTo(store, 'One', addresses);
        const claimed = (await claimFrom(store, now)).map((delivery) => delivery.address.chat);
        expect(claimed).toEqual(['-1001234567890', '6749308768', '9007199254740993']);
      });
    });

    describe('settling', () => {
      it('ends what was sent, for good', async () => {
        const store = await storeWith(chats(3));
        await publishTo(store, 'One', chats(3));
        const claimed = await claimFrom(store, now);
        const results = await store.outbox.settle(
          claimed.map((delivery, at) => ({ delivery, transition: { kind: 'sent', messageId: `m${at}` } })),
          now,
        );
        expect(results).toEqual(['settled', 'settled', 'settled']);
        expect(await claimFrom(store, later(1e9))).toEqual([]);
        expect((await store.outbox.counts(now)).byState).toMatchObject({ pending: 0, sending: 0, sent: 3 });
      });

      it('brings back what was put off when its time has come, with its history', async () => {
        const store = await storeWith(['telegram:1']);
        await publishTo(store, 'One', ['telegram:1']);
        await settleAll(store, { kind: 'again', notBefore: later(5000), reason: 'x', lost: true, plain: true });
        expect(await claimFrom(store, later(4999))).toEqual([]);
        expect(await claimFrom(store, later(5000))).toMatchObject([
          { history: { attempts: 1, unknowns: 1, plain: true } },
        ]);
      });

      it('counts no attempt for what was only postponed', async () => {
        const store = await storeWith(['telegram:1']);
        await publishTo(store, 'One', ['telegram:1']);
        await settleAll(store, { kind: 'postponed', notBefore: later(5000) });
        expect(await claimFrom(store, later(5000))).toMatchObject([{ history: { attempts: 0 } }]);
      });

      it('makes a chat wait, also for another process after a restart, and no other chat', async () => {
        const store = await storeWith(chats(2));
        await publishTo(store, 'One', ['telegram:1']);
        const pause = { scope: 'chat', until: later(43_837_000) } as const;
        await settleAll(store, {
          kind: 'again',
          notBefore: pause.until,
          reason: 'x',
          lost: false,
          plain: false,
          pause,
        });
        await publishTo(store, 'Two', chats(2));
        await store.close();
        open = [];
        const reopened = await connect();
        expect(inWords(await claimFrom(reopened, later(43_836_999)))).toEqual(['2: Two']);
        // What fell due first goes first.
        expect(inWords(await claimFrom(reopened, later(43_837_000)))).toEqual(['1: Two']);
      });

      it('lets go at once what is to go at once, although the clock has jumped back', async () => {
        const store = await storeWith(['telegram:1']);
        await publishTo(store, 'One', ['telegram:1']);
        expect(inWords(await claimFrom(store, later(-3_600_000)))).toEqual(['1: One']);
      });

      it('keeps to the longest of the waits that a platform asked for', async () => {
        const store = await storeWith(chats(3));
        await publishTo(store, 'One', chats(3));
        const claimed = await claimFrom(store, now);
        const waits = [2000, 9000, 5000];
        const settlements = claimed.map((delivery, at): Settlement => {
          const until = later(waits[at] ?? 0);
          const pause = { scope: 'channel', until } as const;
          return {
            delivery,
            transition: { kind: 'again', notBefore: now, reason: '429', lost: false, plain: false, pause },
          };
        });
        await store.outbox.settle(settlements, now);
        expect(await claimFrom(store, later(8999))).toEqual([]);
        expect(await claimFrom(store, later(9000))).toHaveLength(3);
      });

      it('makes a whole channel wait, and no other channel', async () => {
        const store = await storeWith(['telegram:1', 'telegram:2', 'wecom:3']);
        await publishTo(store, 'One', ['telegram:1', 'telegram:2', 'wecom:3']);
        const [delivery] = await claimFrom(store, now, { limit: 1 });
        const pause = { scope: 'channel', until: later(1000) } as const;
        const transition = { kind: 'again', notBefore: now, reason: 'x', lost: false, plain: false, pause } as const;
        await store.outbox.settle([{ delivery: delivery!, transition }], now);
        expect(await claimFrom(store, later(999))).toEqual([]);
        const request = { channel: 'wecom', limit: 5, leaseMs: 1, holder: 'h', except: [], now } as const;
        expect(await store.outbox.claim(request)).toHaveLength(1);
        expect(await claimFrom(store, later(1000))).toHaveLength(2);
      });

      it('keeps what ended badly in a list, newest first, from which it can be sent once more', async () => {
        const store = await storeWith(chats(2));
        await publishTo(store, 'One', ['telegram:1']);
        await settleAll(store, { kind: 'dead', reason: 'malformed' });
        await publishTo(store, 'Two', ['telegram:2']);
        await settleAll(store, { kind: 'unknown', reason: 'no answer' }, later(1));
        expect(await store.outbox.failures(10)).toMatchObject([
          { address: { chat: '2' }, state: 'unknown', reason: 'no answer', titles: ['Two'] },
          { address: { chat: '1' }, state: 'dead', reason: 'malformed', titles: ['One'] },
        ]);
        expect(await store.outbox.retryFailures(now)).toBe(2);
        expect(inWords(await claimFrom(store, now))).toEqual(['1: One', '2: Two']);
      });

      it('suspends a subscriber who is gone, and drops what waits for the address', async () => {
        const store = await storeWith(chats(2));
        for (const title of ['One', 'Two']) await publishTo(store, title, chats(2));
        const [first] = await claimFrom(store, now, { limit: 1 });
        await store.outbox.settle([{ delivery: first!, transition: { kind: 'gone', reason: 'blocked' } }], now);
        expect((await store.book.find(parseAddress('telegram:1')))?.state).toBe('suspended');
        expect(inWords(await claimFrom(store, now))).toEqual(['2: One']);
        expect((await store.outbox.counts(now)).byState).toMatchObject({ pending: 1, sending: 1, dead: 1 });
      });

      it('lets subscribers and open deliveries follow a chat that moved, and sends this one there', async () => {
        const store = await storeWith(['telegram:-5', 'telegram:-5/7']);
        for (const title of ['One', 'Two']) await publishTo(store, title, ['telegram:-5', 'telegram:-5/7']);
        const [first] = await claimFrom(store, now, { limit: 1 });
        const to = parseAddress('telegram:-1005');
        await store.outbox.settle([{ delivery: first!, transition: { kind: 'moved', to } }], now);
        expect(await store.book.find(parseAddress('telegram:-5'))).toBeUndefined();
        expect(await store.book.find(parseAddress('telegram:-1005/7'))).toBeDefined();
        const told: string[] = [];
        for (let round = 0; round < 4; round++) {
          const claimed = await claimFrom(store, now);
          told.push(...inWords(claimed));
          await store.outbox.settle(
            claimed.map((delivery) => ({ delivery, transition: { kind: 'sent' } })),
            now,
          );
        }
        expect(told).toEqual(['-1005: One', '-1005/7: One', '-1005: Two', '-1005/7: Two']);
      });

      it('answers "lease-lost" and changes nothing once another has taken the delivery over', async () => {
        const store = await storeWith(['telegram:1']);
        await publishTo(store, 'One', ['telegram:1']);
        const [late] = await claimFrom(store, now, { holder: 'slow' });
        await store.outbox.recover({ now: later(60_000), crashLimit: 5 });
        const [taken] = await claimFrom(store, later(60_000), { holder: 'quick' });
        const dead = { kind: 'dead', reason: 'x' } as const;
        expect(await store.outbox.settle([{ delivery: late!, transition: dead }], now)).toEqual(['lease-lost']);
        expect(await store.outbox.settle([{ delivery: late!, transition: { kind: 'sent' } }], now)).toEqual([
          'lease-lost',
        ]);
        expect(await store.outbox.settle([{ delivery: taken!, transition: { kind: 'sent' } }], now)).toEqual([
          'settled',
        ]);
      });
    });

    describe('after a process died', () => {
      it('takes up again what was being sent, once the lease has run out', async () => {
        const store = await storeWith(['telegram:1']);
        await publishTo(store, 'One', ['telegram:1']);
        await claimFrom(store, now, { holder: 'dead' });
        expect(await store.outbox.recover({ now: later(59_999), crashLimit: 5 })).toBe(0);
        expect(await store.outbox.recover({ now: later(60_000), crashLimit: 5 })).toBe(1);
        expect((await store.outbox.counts(now)).byState).toMatchObject({ sending: 0, unknown: 1 });
        expect(inWords(await claimFrom(store, later(60_000)))).toEqual(['1: One']);
      });

      it('does so at once for a process that takes the lead, but leaves alone what that one sends itself', async () => {
        const store = await storeWith(chats(2));
        await publishTo(store, 'One', chats(2));
        await claimFrom(store, now, { holder: 'dead', limit: 1 });
        await claimFrom(store, now, { holder: 'leader', limit: 1 });
        expect(await store.outbox.recover({ now, crashLimit: 5, leader: 'leader' })).toBe(1);
        expect(inWords(await claimFrom(store, now, { holder: 'leader' }))).toEqual(['1: One']);
      });

      it('leaves alone what a living process has in hand, however late it is in recording', async () => {
        const store = await storeWith(['telegram:1']);
        await publishTo(store, 'One', ['telegram:1']);
        const [delivery] = await claimFrom(store, now);
        const request = { now: later(1e6), crashLimit: 5, inHand: [delivery?.id ?? ''] };
        expect(await store.outbox.recover(request)).toBe(0);
        const sent = { delivery: delivery!, transition: { kind: 'sent' } } as const;
        expect(await store.outbox.settle([sent], later(1e6))).toEqual(['settled']);
      });

      it('leaves a delivery unknown that has ended too many processes', async () => {
        const store = await storeWith(['telegram:1']);
        await publishTo(store, 'Poison', ['telegram:1']);
        for (let crash = 1; crash <= 3; crash++) {
          expect(await claimFrom(store, now, { holder: `dead${crash}` })).toHaveLength(1);
          await store.outbox.recover({ now, crashLimit: 3, leader: 'next' });
        }
        expect(await claimFrom(store, later(1e9))).toEqual([]);
        expect(await store.outbox.failures(5)).toMatchObject([{ state: 'unknown', titles: ['Poison'] }]);
      });
    });

    describe('correcting', () => {
      const reworded = async (store: Store, id: string, summary: string, at = now) => {
        const post = makePost({ title: 'One', id, summary });
        const diff = { ...noDiff, updates: [{ id, post, reworded: true }] };
        const basis = await store.outbox.revision();
        const correctSince = new Date(at.getTime() - 172_800_000);
        await store.outbox.publish({ basis, at, diff, correctSince, news: 'announced', deliveries: [] });
      };
      const claimCorrections = (store: Store, at: Date, except: readonly string[] = []) =>
        store.outbox.claimCorrections({
          channel: 'telegram',
          limit: 10,
          leaseMs: 60_000,
          now: at,
          holder: 'h',
          except,
        });

      it('hands out the messages that told the post, in its new words, each once', async () => {
        const store = await storeWith(chats(3));
        const { id } = await publishTo(store, 'One', chats(3));
        await publishTo(store, 'Other', ['telegram:1']);
        for (let round = 0; round < 2; round++) await settleAll(store, { kind: 'sent', messageId: 'm' });
        await reworded(store, id, 'without the typo');
        const corrections = await claimCorrections(store, now, ['3']);
        expect(corrections).toMatchObject([
          {
            address: { chat: '1' },
            messageId: 'm',
            content: { posts: [{ summary: 'without the typo' }] },
            attempts: 0,
          },
          {
            address: { chat: '2' },
            messageId: 'm',
            content: { posts: [{ summary: 'without the typo' }] },
            attempts: 0,
          },
        ]);
        for (const correction of corrections) await store.outbox.settleCorrection(correction);
        expect((await claimCorrections(store, later(1e8))).map(({ address }) => address.chat)).toEqual(['3']);
      });

      it('sends waiting messages in the new words in the first place', async () => {
        const store = await storeWith(['telegram:1']);
        const { id } = await publishTo(store, 'One', ['telegram:1']);
        await reworded(store, id, 'without the typo');
        expect(await claimCorrections(store, now)).toEqual([]);
        expect(await claimFrom(store, now)).toMatchObject([{ content: { posts: [{ summary: 'without the typo' }] } }]);
      });

      it('reaches a message that was on its way in the old words', async () => {
        const store = await storeWith(['telegram:1']);
        const { id } = await publishTo(store, 'One', ['telegram:1']);
        const [delivery] = await claimFrom(store, now);
        await reworded(store, id, 'without the typo');
        expect(await claimCorrections(store, now)).toEqual([]);
        await store.outbox.settle([{ delivery: delivery!, transition: { kind: 'sent', messageId: 'm' } }], now);
        expect(await claimCorrections(store, now)).toHaveLength(1);
      });

      it('leaves messages alone that are too old, or that the platform gave no name', async () => {
        const store = await storeWith(['telegram:1', 'telegram:2']);
        const { id } = await publishTo(store, 'One', ['telegram:1', 'telegram:2']);
        const [old, nameless] = await claimFrom(store, now);
        await store.outbox.settle([{ delivery: old!, transition: { kind: 'sent', messageId: 'm' } }], later(-2e8));
        await store.outbox.settle([{ delivery: nameless!, transition: { kind: 'sent' } }], now);
        await reworded(store, id, 'without the typo');
        expect(await claimCorrections(store, now)).toEqual([]);
      });

      it('takes up again what was put off or not settled, and what was corrected once more meanwhile', async () => {
        const store = await storeWith(['telegram:1']);
        const { id } = await publishTo(store, 'One', ['telegram:1']);
        await settleAll(store, { kind: 'sent', messageId: 'm' });
        await reworded(store, id, 'one');
        const [first] = await claimCorrections(store, now);
        await store.outbox.settleCorrection(first!, { notBefore: later(5000) });
        expect(await claimCorrections(store, later(4999))).toEqual([]);
        const [second] = await claimCorrections(store, later(5000));
        expect(second?.attempts).toBe(1);
        expect(await claimCorrections(store, later(65_000))).toHaveLength(1);
        await reworded(store, id, 'two');
        await store.outbox.settleCorrection(second!);
        expect(await claimCorrections(store, later(5001))).toMatchObject([
          { content: { posts: [{ summary: 'two' }] } },
        ]);
      });
    });

    describe('after the clock has been put back by years', () => {
      const ahead = new Date(now.getTime() + 20 * 365 * 24 * 3_600_000);

      it('lets what was planned in the future have its time found anew', async () => {
        const store = await storeWith(['telegram:1']);
        const digest = { bundle: 'evening', notBefore: new Date(ahead.getTime() + 5000) };
        await publishTo(store, 'One', ['telegram:1'], digest, ahead);
        expect(await store.outbox.readjust(now)).toBe(1);
        expect(await store.outbox.readjust(now)).toBe(0);
        expect(await claimFrom(store, now)).toMatchObject([{ replan: true, history: { attempts: 0 } }]);
      });

      it('lets no chat wait for a time that was reckoned from then, and leaves real waits alone', async () => {
        const store = await storeWith(chats(2));
        await publishTo(store, 'One', chats(2));
        const [one, two] = await claimFrom(store, now);
        const put = (until: Date): Transition => ({
          kind: 'again',
          notBefore: until,
          reason: '429',
          lost: false,
          plain: false,
          pause: { scope: 'chat', until },
        });
        await store.outbox.settle(
          [
            { delivery: one!, transition: put(new Date(ahead.getTime() + 30_000)) },
            { delivery: two!, transition: put(later(43_837_000)) },
          ],
          now,
        );
        expect(await store.outbox.readjust(now)).toBe(1);
        expect(inWords(await claimFrom(store, now))).toEqual(['1: One']);
        expect(inWords(await claimFrom(store, later(43_836_999)))).toEqual([]);
        expect(inWords(await claimFrom(store, later(43_837_000)))).toEqual(['2: One']);
      });

      it('leaves alone what was planned for later by a clock that was right', async () => {
        const store = await storeWith(['telegram:1']);
        const inHalfAYear = later(180 * 24 * 3_600_000);
        await publishTo(store, 'One', ['telegram:1'], { bundle: 'after the pause', notBefore: inHalfAYear });
        expect(await store.outbox.readjust(later(1))).toBe(0);
        expect(await claimFrom(store, later(1))).toEqual([]);
      });
    });

    describe('its figures', () => {
      it('count deliveries by state, lost answers, and how long the oldest has been due', async () => {
        const store = await storeWith(chats(3));
        expect(await store.outbox.counts(now)).toEqual({
          byState: { pending: 0, sending: 0, sent: 0, unknown: 0, dead: 0 },
          oldestDueMs: 0,
          lostAnswers: 0,
        });
        await publishTo(store, 'One', chats(3));
        const [first] = await claimFrom(store, now, { limit: 1 });
        await store.outbox.settle([{ delivery: first!, transition: { kind: 'unknown', reason: 'x' } }], now);
        await claimFrom(store, now, { limit: 1 });
        expect(await store.outbox.counts(later(7000))).toEqual({
          byState: { pending: 1, sending: 1, sent: 0, unknown: 1, dead: 0 },
          oldestDueMs: 7000,
          lostAnswers: 1,
        });
      });

      it('say how far the last announcement is, whatever came before it', async () => {
        const store = await storeWith(chats(4));
        expect(await store.outbox.progress(now)).toBeUndefined();
        await publishTo(store, 'Old', chats(4));
        await settleAll(store, { kind: 'sent' });
        await publishTo(store, 'New', chats(3), {}, later(60_000));
        const [sent, dead] = await claimFrom(store, later(60_000), { limit: 2 });
        await store.outbox.settle(
          [
            { delivery: sent!, transition: { kind: 'sent' } },
            { delivery: dead!, transition: { kind: 'dead', reason: 'x' } },
          ],
          later(60_000),
        );
        expect(await store.outbox.progress(later(60_000))).toEqual({ at: later(60_000), total: 3, ended: 2, later: 0 });
        await publishTo(store, 'Digest', chats(2), { bundle: 'evening', notBefore: later(90_000) }, later(70_000));
        expect(await store.outbox.progress(later(80_000))).toMatchObject({ total: 2, ended: 0, later: 2 });
        expect(await store.outbox.progress(later(90_000))).toMatchObject({ total: 2, ended: 0, later: 0 });
      });

      it('forget what ended long ago, and only that', async () => {
        const store = await storeWith(chats(3));
        await publishTo(store, 'Old', chats(2));
        await settleAll(store, { kind: 'sent' });
        await publishTo(store, 'New', ['telegram:3']);
        await settleAll(store, { kind: 'sent' }, later(5000));
        await publishTo(store, 'Open', ['telegram:3']);
        expect(await store.outbox.prune(later(1))).toBe(2);
        expect((await store.outbox.counts(now)).byState).toMatchObject({ pending: 1, sent: 1 });
      });
    });
  });
}
