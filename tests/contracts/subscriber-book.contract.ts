import type { Transition } from '../../src/announce/retry.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { parseAddress } from '../../src/subscribers/address.ts';
import type { Subscription } from '../../src/subscribers/subscriber.ts';
import { type Databases, type Dialect, openDatabases } from '../support/databases.ts';
import { claimFrom, inWords, makeSubscriber, publishTo, subscribe } from '../support/ledger.ts';
import { createManualClock } from '../support/manual-clock.ts';

/** What every book of subscribers promises. */
export function describeSubscriberBook(dialect: Dialect): void {
  describe(`the book of subscribers on ${dialect}`, () => {
    let databases: Databases;
    let store: Store;
    const clock = createManualClock();
    const address = parseAddress('telegram:-1001234567890/45');
    const now = clock.now();

    beforeAll(async () => {
      databases = await openDatabases(dialect);
    });
    afterAll(() => databases.close());
    beforeEach(async () => {
      store = await openStore(await databases.create(), { clock, log: silentLog });
    });
    afterEach(() => store.close());

    const everyone = async () => {
      const found = [];
      for await (const one of store.book.all()) found.push(one);
      return found;
    };

    it('brings back exactly what was put, settings and all', async () => {
      const subscriber = makeSubscriber('telegram:-1001234567890/45', {
        subscriptions: [
          { kind: 'category', category: 'AI / LoRA' },
          { kind: 'query', query: '微调 “LoRA”' },
        ],
        language: 'en',
        settings: {
          when: { kind: 'weekly', weekday: 3, minute: 90 },
          quiet: { from: 1320, to: 480 },
          pausedUntil: new Date('2026-05-01T00:00:00Z'),
          timezone: 'Asia/Kathmandu',
        },
      });
      await subscribe(store, subscriber);
      expect(await store.book.find(address)).toEqual(subscriber);
      expect(await everyone()).toEqual([subscriber]);
    });

    it('knows nobody who never came', async () => {
      expect(await store.book.find(address)).toBeUndefined();
      await store.book.change(address, () => undefined);
      expect(await everyone()).toEqual([]);
    });

    it('lists everybody once, however many there are', async () => {
      const names = Array.from({ length: 1203 }, (_, index) => `telegram:${index}`);
      await subscribe(store, ...names.map((name) => makeSubscriber(name)));
      const found = (await everyone()).map((one) => one.address.chat);
      expect(new Set(found).size).toBe(1203);
      expect(found).toHaveLength(1203);
    });

    it('loses no change when many come at the same moment', async () => {
      const add = (word: string) =>
        store.book.change(address, (current) => ({
          ...(current ?? makeSubscriber('telegram:1', { subscriptions: [] })),
          address,
          subscriptions: [...(current?.subscriptions ?? []), { kind: 'query', query: word }],
        }));
      const words = Array.from({ length: 12 }, (_, index) => `word${index}`);
      await Promise.all(words.map(add));
      const found = (await store.book.find(address))?.subscriptions.map((one) =>
        one.kind === 'query' ? one.query : '',
      );
      expect(new Set(found)).toEqual(new Set(words));
    });

    it('drops the waiting deliveries of a subscription that is given up, and keeps the others', async () => {
      const lora: Subscription = { kind: 'query', query: 'LoRA' };
      const everything: Subscription = { kind: 'everything' };
      await subscribe(store, makeSubscriber('telegram:1', { subscriptions: [lora, everything] }));
      const matched = async (title: string, ...subscriptions: Subscription[]) => {
        const { id } = await publishTo(store, title, []);
        const basis = await store.outbox.revision();
        const diff = { news: [], baseline: [], moves: [], aliases: [], updates: [], gone: [], sources: [] };
        const delivery = { address: parseAddress('telegram:1'), posts: [{ postId: id, matched: subscriptions }] };
        await store.outbox.publish({ basis, at: now, diff, news: 'announced', deliveries: [delivery] });
      };
      await matched('Both', lora, everything);
      await matched('Only everything', everything);
      await store.book.change(
        parseAddress('telegram:1'),
        (current) => current && { ...current, subscriptions: [lora] },
      );
      expect(inWords(await claimFrom(store, now, { limit: 5 }))).toEqual(['1: Both']);
      expect((await store.outbox.counts(now)).byState.pending).toBe(0);
    });

    it('drops all waiting deliveries of an address that unsubscribes or is forgotten, and nobody else’s', async () => {
      const names = ['telegram:1', 'telegram:2', 'telegram:3'];
      await subscribe(store, ...names.map((name) => makeSubscriber(name)));
      await publishTo(store, 'One', names);
      await store.book.change(parseAddress('telegram:1'), () => undefined);
      await store.book.remove(parseAddress('telegram:2'));
      expect(inWords(await claimFrom(store, now))).toEqual(['3: One']);
      expect((await everyone()).map((one) => one.address.chat)).toEqual(['3']);
    });

    it('brings nothing to someone who unsubscribed while the announcement was being planned', async () => {
      await subscribe(store, makeSubscriber('telegram:1'), makeSubscriber('telegram:2'));
      await store.book.change(parseAddress('telegram:1'), () => undefined);
      await publishTo(store, 'One', ['telegram:1', 'telegram:2']);
      expect(inWords(await claimFrom(store, now))).toEqual(['2: One']);
      expect((await store.outbox.counts(now)).byState.pending).toBe(0);
    });

    it('forgets what an address was told, too', async () => {
      await subscribe(store, makeSubscriber('telegram:1'));
      await publishTo(store, 'One', ['telegram:1']);
      const [delivery] = await claimFrom(store, now);
      await store.outbox.settle([{ delivery: delivery!, transition: { kind: 'sent' } }], now);
      await store.inbox.put(parseAddress('telegram:1'), 'k', { text: 'hello', cards: [], actions: [] }, now);
      await store.book.remove(parseAddress('telegram:1'));
      expect((await store.outbox.counts(now)).byState.sent).toBe(0);
      expect(await store.inbox.after(parseAddress('telegram:1'), 0, 10)).toEqual([]);
    });

    it('keeps no trace of an address that is forgotten, whatever was on its way to it', async () => {
      const chat = parseAddress('telegram:987654');
      await subscribe(store, makeSubscriber('telegram:987654'), makeSubscriber('telegram:987654/7'));
      for (const title of ['Sent', 'Put off', 'On its way', 'Waiting'])
        await publishTo(store, title, ['telegram:987654']);
      const settleNext = async (transition: Transition) => {
        const [delivery] = await claimFrom(store, now);
        await store.outbox.settle([{ delivery: delivery!, transition }], now);
      };
      const until = new Date(now.getTime() + 43_837_000);
      const pause = { scope: 'chat', until } as const;
      const later = { kind: 'again', notBefore: until, reason: '429', lost: false, plain: false } as const;
      await settleNext({ kind: 'sent', messageId: '5' });
      await settleNext({ ...later, notBefore: now });
      const [onItsWay] = await claimFrom(store, now);
      await store.inbox.put(chat, 'k', { text: 'hello', cards: [], actions: [] }, now);
      await store.book.remove(chat);
      await store.outbox.settle([{ delivery: onItsWay!, transition: { ...later, pause } }], now);
      await store.book.remove(parseAddress('telegram:987654/7'));
      expect(JSON.stringify(await store.export())).not.toContain('987654');
    });

    it('lets the other topics of a chat wait as the platform asked, when one topic is forgotten', async () => {
      await subscribe(store, makeSubscriber('telegram:-5/1'), makeSubscriber('telegram:-5/2'));
      await publishTo(store, 'One', ['telegram:-5/1']);
      const [delivery] = await claimFrom(store, now);
      const until = new Date(now.getTime() + 60_000);
      const pause = { scope: 'chat', until } as const;
      const transition = { kind: 'again', notBefore: until, reason: '429', lost: false, plain: false, pause } as const;
      await store.outbox.settle([{ delivery: delivery!, transition }], now);
      await store.book.remove(parseAddress('telegram:-5/1'));
      await publishTo(store, 'Two', ['telegram:-5/2']);
      expect(await claimFrom(store, now)).toEqual([]);
      expect(inWords(await claimFrom(store, until))).toEqual(['-5/2: Two']);
    });

    it('has the time of waiting deliveries found anew when settings change', async () => {
      await subscribe(store, makeSubscriber('telegram:1'));
      await publishTo(store, 'One', ['telegram:1'], { bundle: 'evening', notBefore: new Date(now.getTime() + 1e6) });
      expect(await claimFrom(store, now)).toEqual([]);
      await store.book.change(
        parseAddress('telegram:1'),
        (current) => current && { ...current, settings: { when: { kind: 'at-once' } } },
      );
      expect(await claimFrom(store, now)).toMatchObject([{ replan: true }]);
    });

    describe('moving a chat', () => {
      const from = parseAddress('telegram:-5');
      const to = parseAddress('telegram:-1005');

      it('brings subscriptions of all its topics to the new id, and a repeat changes nothing', async () => {
        await subscribe(store, makeSubscriber('telegram:-5', { language: 'en' }), makeSubscriber('telegram:-5/9'));
        await store.book.move(from, to);
        await store.book.move(from, to);
        const found = (await everyone()).map(({ address: { chat, topic } }) => [chat, topic]);
        expect(found).toEqual([
          ['-1005', undefined],
          ['-1005', '9'],
        ]);
        expect((await store.book.find(to))?.language).toBe('en');
      });

      it('merges with subscriptions that stand there already', async () => {
        await subscribe(
          store,
          makeSubscriber('telegram:-5', { subscriptions: [{ kind: 'query', query: 'lora' }, { kind: 'everything' }] }),
          makeSubscriber('telegram:-1005', { subscriptions: [{ kind: 'query', query: 'LoRA' }] }),
        );
        await store.book.move(from, to);
        expect((await store.book.find(to))?.subscriptions).toEqual([
          { kind: 'query', query: 'LoRA' },
          { kind: 'everything' },
        ]);
      });

      it('tells nobody of a post twice that both ids were to be told of', async () => {
        await subscribe(store, makeSubscriber('telegram:-5'), makeSubscriber('telegram:-1005'));
        await publishTo(store, 'One', ['telegram:-5', 'telegram:-1005']);
        await publishTo(store, 'Two', ['telegram:-5']);
        await store.book.move(from, to);
        const told: string[] = [];
        for (let round = 0; round < 3; round++) {
          const claimed = await claimFrom(store, now);
          told.push(...inWords(claimed));
          await store.outbox.settle(
            claimed.map((delivery) => ({ delivery, transition: { kind: 'sent' } })),
            now,
          );
        }
        expect(told).toEqual(['-1005: One', '-1005: Two']);
      });

      it('changes nothing for a chat that nobody knows, nor for other chats', async () => {
        await subscribe(store, makeSubscriber('telegram:-55'));
        await store.book.move(from, to);
        expect((await everyone()).map((one) => one.address.chat)).toEqual(['-55']);
      });
    });
  });
}
