import fc from 'fast-check';
import { silentLog } from '../../src/kernel/log.ts';
import { commandNames } from '../../src/message/command.ts';
import type { Message } from '../../src/message/message.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { parseAddress } from '../../src/subscribers/address.ts';
import { type Databases, type Dialect, openDatabases } from '../support/databases.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';

/** What every inbox, action store, key-value store and set of leases promises. */
export function describeSmallStores(dialect: Dialect): void {
  describe(`on ${dialect}`, () => {
    let databases: Databases;
    let url: string;
    let clock: ManualClock;
    let store: Store;

    beforeAll(async () => {
      databases = await openDatabases(dialect);
    });
    afterAll(() => databases.close());
    beforeEach(async () => {
      clock = createManualClock();
      url = await databases.create();
      store = await openStore(url, { clock, log: silentLog });
    });
    afterEach(() => store.close());

    const later = (ms: number) => new Date(clock.now().getTime() + ms);
    const say = (text: string): Message => ({ text, cards: [], actions: [] });

    async function reopen(): Promise<void> {
      await store.close();
      store = await openStore(url, { clock, log: silentLog });
    }

    describe('the inbox', () => {
      const reader = parseAddress('web:reader');

      it('gives messages in order, from after the last one that was read', async () => {
        for (const text of ['one', 'two', 'three']) await store.inbox.put(reader, text, say(text), clock.now());
        const all = await store.inbox.after(reader, 0, 10);
        expect(all.map((item) => item.message.text)).toEqual(['one', 'two', 'three']);
        expect(all[0]?.at).toEqual(clock.now());
        const rest = await store.inbox.after(reader, all[0]?.number ?? 0, 1);
        expect(rest.map((item) => item.message.text)).toEqual(['two']);
      });

      it('keeps a message once, however often it is put under its key, also at the same moment', async () => {
        await Promise.all(['a', 'a', 'b', 'b'].map((key) => store.inbox.put(reader, key, say(key), clock.now())));
        const kept = (await store.inbox.after(reader, 0, 10)).map((item) => item.message.text);
        expect([...kept].sort()).toEqual(['a', 'b']);
      });

      it('keeps readers apart', async () => {
        await store.inbox.put(reader, 'k', say('mine'), clock.now());
        expect(await store.inbox.after(parseAddress('web:other'), 0, 10)).toEqual([]);
      });

      it('survives a restart, and numbers go on growing', async () => {
        await store.inbox.put(reader, 'one', say('one'), clock.now());
        await reopen();
        await store.inbox.put(reader, 'two', say('two'), clock.now());
        const [first, second] = await store.inbox.after(reader, 0, 10);
        expect(first?.message.text).toBe('one');
        expect(second?.number).toBeGreaterThan(first?.number ?? Number.NaN);
      });
    });

    describe('the browsers that take notifications', () => {
      const reader = parseAddress('web:reader');
      const browser = (name: string) => ({ url: `https://push.example/${name}`, p256dh: 'key', auth: 'secret' });
      const subscribe = (count: number) =>
        store.book.change(reader, () => ({
          address: reader,
          subscriptions: Array.from({ length: count }, (_, at) => ({ kind: 'query' as const, query: `q${at}` })),
          state: 'active',
          since: clock.now(),
          // So that the subscriber stays when the last subscription goes.
          settings: { when: { kind: 'at-once' } },
        }));

      it('are kept for those who subscribe to something, the last one put', async () => {
        expect(await store.pushEndpoints.put(reader, browser('early'))).toBe(false);
        expect(await store.pushEndpoints.find(reader)).toBeUndefined();
        await subscribe(1);
        expect(await store.pushEndpoints.put(reader, browser('one'))).toBe(true);
        expect(await store.pushEndpoints.put(reader, browser('two'))).toBe(true);
        await reopen();
        expect(await store.pushEndpoints.find(reader)).toEqual(browser('two'));
        expect(await store.pushEndpoints.find(parseAddress('web:other'))).toBeUndefined();
      });

      it('are removed on request, and by name only while that one is there', async () => {
        await subscribe(1);
        await store.pushEndpoints.put(reader, browser('one'));
        await store.pushEndpoints.remove(reader, browser('gone').url);
        expect(await store.pushEndpoints.find(reader)).toEqual(browser('one'));
        await store.pushEndpoints.remove(reader, browser('one').url);
        expect(await store.pushEndpoints.find(reader)).toBeUndefined();
      });

      it('stay while one subscription is left, and go with the last', async () => {
        await subscribe(2);
        await store.pushEndpoints.put(reader, browser('one'));
        await subscribe(1);
        expect(await store.pushEndpoints.find(reader)).toEqual(browser('one'));
        await subscribe(0);
        expect(await store.pushEndpoints.find(reader)).toBeUndefined();
      });

      it('are forgotten with their reader', async () => {
        await subscribe(1);
        await store.pushEndpoints.put(reader, browser('one'));
        await store.book.remove(reader);
        expect(await store.pushEndpoints.find(reader)).toBeUndefined();
        await subscribe(1);
        await store.pushEndpoints.put(reader, browser('two'));
        await store.book.change(reader, () => undefined);
        expect(await store.pushEndpoints.find(reader)).toBeUndefined();
      });
    });

    describe('the counts of opened posts', () => {
      it('add up over processes and days, the most opened first', async () => {
        const other = await openStore(url, { clock, log: silentLog });
        const opened = ['a', 'b', 'b', 'a', 'b'];
        await Promise.all(opened.map((id, at) => (at % 2 ? store : other).opens.add(id, '2026-03-02')));
        await store.opens.add('c', '2026-01-01');
        await store.opens.add('a', '2026-03-01');
        await store.opens.add('a', '2026-03-01');
        await other.close();
        expect(await store.opens.most('2026-03-01', 10)).toEqual([
          { postId: 'a', count: 4 },
          { postId: 'b', count: 3 },
        ]);
        expect(await store.opens.most('2026-03-02', 1)).toEqual([{ postId: 'b', count: 3 }]);
      });
    });

    describe('the counts of queries', () => {
      it('add up over processes and days, with what was found last, and are forgotten by the day', async () => {
        const other = await openStore(url, { clock, log: silentLog });
        const lora = (count: number, total: number, query = 'LoRA') => ({ key: 'lora', query, count, total });
        const docker = { key: 'docker', query: 'Docker', count: 4, total: 0 };
        await Promise.all(
          [store, other, store, other].map((one) => one.queries.add([lora(1, 7), docker], '2026-03-02')),
        );
        await store.queries.add([lora(20, 0)], '2026-03-01');
        await store.queries.add([lora(3, 8, 'lora')], '2026-03-03');
        await other.close();
        expect(await store.queries.most('2026-03-02', 10)).toEqual([{ ...docker, count: 16 }, lora(7, 8, 'lora')]);
        expect(await store.queries.most('2026-03-01', 1)).toEqual([lora(27, 8, 'lora')]);
        await store.queries.forgetBefore('2026-03-03');
        expect(await store.queries.most('2026-01-01', 10)).toEqual([lora(3, 8, 'lora')]);
      });
    });

    describe('the actions', () => {
      it('bring back any command by a token that fits, the same token each time', async () => {
        const commands = fc.record({
          name: fc.constantFrom(...commandNames),
          argument: fc.string({ unit: 'grapheme' }),
          page: fc.nat(),
        });
        await fc.assert(
          fc.asyncProperty(commands, async (command) => {
            const token = await store.actions.keep(command);
            expect(token).toMatch(/^[\w-]{1,22}$/);
            expect(await store.actions.keep(command)).toBe(token);
            expect(await store.actions.find(token)).toEqual(command);
          }),
          { numRuns: 50 },
        );
      });

      it('are there after a restart', async () => {
        const token = await store.actions.keep({ name: 'search', argument: '微调', page: 3 });
        await reopen();
        expect(await store.actions.find(token)).toEqual({ name: 'search', argument: '微调', page: 3 });
      });

      it('know no token that was never given', async () => {
        expect(await store.actions.find("x' or 1=1 --")).toBeUndefined();
      });
    });

    describe('the values', () => {
      it('are there after a restart, the last one put', async () => {
        await store.values.put('a.key', 'one');
        await store.values.put('a.key', 'two');
        await reopen();
        expect(await store.values.get('a.key')).toBe('two');
        await store.values.remove('a.key');
        expect(await store.values.get('a.key')).toBeUndefined();
      });

      it('let exactly one of many take a free key', async () => {
        const other = await openStore(url, { clock, log: silentLog });
        const takers = [store, other, store, other];
        const taken = await Promise.all(takers.map((one, at) => one.values.putIfAbsent('k', String(at))));
        await other.close();
        expect(taken.filter(Boolean)).toHaveLength(1);
        expect(await store.values.get('k')).toBe(String(taken.indexOf(true)));
      });

      it('of one moment, however many, are each put, taken and found for themselves', async () => {
        const names = fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), { maxLength: 150 });
        let round = 0;
        await fc.assert(
          fc.asyncProperty(names, async (some) => {
            round += 1;
            const keys = some.map((name) => `${round}:${name}`);
            const half = keys.filter((_, at) => at % 2 === 0);
            await Promise.all(
              half.map((key, at) => store.values.put(key, `put ${key}`, at % 3 ? later(1000) : undefined)),
            );
            const taken = await Promise.all(keys.map((key) => store.values.putIfAbsent(key, `taken ${key}`, later(9))));
            expect(keys.filter((_, at) => taken[at])).toEqual(keys.filter((key) => !half.includes(key)));
            const found = await Promise.all([...keys, 'none'].map((key) => store.values.get(key)));
            const wanted = keys.map((key) => `${half.includes(key) ? 'put' : 'taken'} ${key}`);
            expect(found).toEqual([...wanted, undefined]);
          }),
          { numRuns: 25 },
        );
      });

      it('are gone once they expire, and their key is free again', async () => {
        await store.values.put('k', 'one', later(1000));
        expect(await store.values.putIfAbsent('k', 'two')).toBe(false);
        clock.advance(1000);
        expect(await store.values.get('k')).toBeUndefined();
        expect(await store.values.putIfAbsent('k', 'two')).toBe(true);
        clock.advance(1e12);
        expect(await store.values.get('k')).toBe('two');
      });

      it('stay for good when put again without an end', async () => {
        await store.values.put('k', 'one', later(1000));
        await store.values.put('k', 'two');
        clock.advance(5000);
        expect(await store.values.get('k')).toBe('two');
      });
    });

    describe('a lease', () => {
      const acquire = (holder: string) => store.leases.acquire('duty', holder, 5000, clock.now());

      it('has one holder until it runs out', async () => {
        expect(await acquire('one')).toBe(true);
        clock.advance(4999);
        expect(await acquire('two')).toBe(false);
        clock.advance(1);
        expect(await acquire('two')).toBe(true);
        expect(await acquire('one')).toBe(false);
      });

      it('holds as long as it is renewed, and is free at once when it is given up', async () => {
        await acquire('one');
        clock.advance(4000);
        expect(await acquire('one')).toBe(true);
        clock.advance(4000);
        expect(await acquire('two')).toBe(false);
        await store.leases.release('duty', 'two');
        expect(await acquire('two')).toBe(false);
        await store.leases.release('duty', 'one');
        expect(await acquire('two')).toBe(true);
      });

      it('is void if the clock has jumped back since', async () => {
        await acquire('dead');
        clock.set(new Date(clock.now().getTime() - 3_600_000));
        expect(await acquire('two')).toBe(true);
      });

      it('goes to exactly one of many who want it at the same moment', async () => {
        const other = await openStore(url, { clock, log: silentLog });
        const wanting = [store, other, store, other].map((one, at) =>
          one.leases.acquire('duty', `holder ${at}`, 5000, clock.now()),
        );
        expect((await Promise.all(wanting)).filter(Boolean)).toHaveLength(1);
        await other.close();
      });
    });
  });
}
