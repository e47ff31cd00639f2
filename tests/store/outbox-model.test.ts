import fc from 'fast-check';
import type { ClaimedDelivery } from '../../src/announce/outbox.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { openStore } from '../../src/store/open-store.ts';
import { parseAddress } from '../../src/subscribers/address.ts';
import { claimFrom, inWords, makeSubscriber, publishTo, subscribe } from '../support/ledger.ts';
import { createManualClock } from '../support/manual-clock.ts';

/** A delivery in the model: a list of these is all that the model has. */
interface Row {
  readonly id: number;
  readonly title: string;
  chat: string;
  due: number;
  state: 'open' | 'sending' | 'ended';
}

const everybody = ['1', '2', '3'];

type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

const chat = fc.constantFrom(...everybody);
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('publish' as const), to: fc.subarray(everybody) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('claim' as const), limit: fc.integer({ min: 1, max: 4 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('settle' as const),
      as: fc.constantFrom('sent', 'pause', 'pause', 'again', 'dead', 'gone'),
      which: fc.nat(),
      ms: fc.integer({ min: 0, max: 100 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 40 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unsubscribe' as const), chat }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('subscribe' as const), chat }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('move' as const), from: chat, to: chat }) },
);

it('hands out, whatever happens in whatever order, what a list kept by hand would hand out', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const clock = createManualClock();
      const store = await openStore('sqlite::memory:', { clock, log: silentLog });
      await subscribe(store, ...everybody.map((name) => makeSubscriber(`telegram:${name}`)));
      let rows: Row[] = [];
      let lastId = 0;
      const subscribed = new Set(everybody);
      const pausedUntil = new Map<string, number>();
      let held: ClaimedDelivery[] = [];
      let published = 0;
      let process = 0;

      const now = () => clock.now().getTime();
      const rowOf = (delivery: ClaimedDelivery) => rows.find((row) => row.id === Number(delivery.id));
      const dropOpen = (name: string) => {
        rows = rows.filter((row) => row.chat !== name || row.state !== 'open');
      };

      /** The earliest that is due of each chat that is free; what nobody wants is dropped when its turn comes. */
      function modelClaim(limit: number): string[] {
        const chats = new Set(rows.map((row) => row.chat));
        const heads = [...chats].flatMap((name) => {
          const own = rows.filter((row) => row.chat === name);
          const busy = own.some((row) => row.state === 'sending') || (pausedUntil.get(name) ?? 0) > now();
          const due = own.filter((row) => row.state === 'open' && row.due <= now()).sort(byTurn);
          return busy ? [] : due.slice(0, 1);
        });
        const taken = heads.sort(byTurn).slice(0, limit);
        const wanted = taken.filter((row) => subscribed.has(row.chat));
        rows = rows.filter((row) => !taken.includes(row) || wanted.includes(row));
        for (const row of wanted) row.state = 'sending';
        return wanted.sort((one, other) => one.id - other.id).map((row) => `${row.chat}: ${row.title}`);
      }

      async function perform(one: Step): Promise<void> {
        switch (one.kind) {
          case 'publish': {
            const title = `Post ${published++}`;
            const to = one.to.filter((name) => subscribed.has(name));
            await publishTo(
              store,
              title,
              to.map((name) => `telegram:${name}`),
            );
            for (const name of to) rows.push({ id: ++lastId, title, chat: name, due: 0, state: 'open' });
            break;
          }
          case 'claim': {
            const claimed = await claimFrom(store, clock.now(), { limit: one.limit, holder: `p${process}` });
            expect(inWords(claimed)).toEqual(modelClaim(one.limit));
            held.push(...claimed);
            break;
          }
          case 'settle': {
            const delivery = held[one.which % Math.max(1, held.length)];
            if (!delivery) break;
            held = held.filter((other) => other !== delivery);
            await settle(delivery, one);
            break;
          }
          case 'wait':
            clock.advance(one.ms);
            break;
          case 'crash':
            process += 1;
            held = [];
            await store.outbox.recover({ now: clock.now(), crashLimit: 1000, leader: `p${process}` });
            for (const row of rows) if (row.state === 'sending') Object.assign(row, { state: 'open', due: 0 });
            break;
          case 'unsubscribe':
            await store.book.change(parseAddress(`telegram:${one.chat}`), () => undefined);
            subscribed.delete(one.chat);
            dropOpen(one.chat);
            break;
          case 'subscribe':
            await subscribe(store, makeSubscriber(`telegram:${one.chat}`));
            subscribed.add(one.chat);
            break;
          case 'move':
            await move(one.from, one.to);
            break;
        }
      }

      async function settle(delivery: ClaimedDelivery, { as, ms }: { as: string; ms: number }): Promise<void> {
        const row = rowOf(delivery);
        const until = new Date(now() + ms);
        const again = { kind: 'again', notBefore: until, reason: 'x', lost: false, plain: false } as const;
        const transition = {
          sent: { kind: 'sent' } as const,
          again,
          pause: { ...again, pause: { scope: 'chat', until } as const },
          dead: { kind: 'dead', reason: 'x' } as const,
          gone: { kind: 'gone', reason: 'x' } as const,
        }[as as 'sent'];
        const [result] = await store.outbox.settle([{ delivery, transition }], clock.now());
        // A merge of two chats may have dropped the delivery while it was under way.
        if (row?.state !== 'sending') return expect(result).toBe('lease-lost');
        expect(result).toBe('settled');
        const { chat: name } = delivery.address;
        row.state = as === 'again' || as === 'pause' ? 'open' : 'ended';
        row.due = until.getTime();
        if (as === 'pause') pausedUntil.set(name, until.getTime());
        if (as === 'gone') {
          subscribed.delete(name);
          dropOpen(name);
        }
      }

      async function move(from: string, to: string): Promise<void> {
        // A chat that is being written to moves in other tests.
        if (from === to || rows.some((row) => row.state === 'sending' && [from, to].includes(row.chat))) return;
        await store.book.move(parseAddress(`telegram:${from}`), parseAddress(`telegram:${to}`));
        const there = new Set(rows.filter((row) => row.chat === to).map((row) => row.title));
        rows = rows.filter((row) => row.chat !== from || !there.has(row.title));
        for (const row of rows) if (row.chat === from) row.chat = to;
        if (subscribed.delete(from)) subscribed.add(to);
      }

      try {
        for (const one of steps) await perform(one);
        const state = (await store.outbox.counts(clock.now())).byState;
        expect(state.sending).toBe(rows.filter((row) => row.state === 'sending').length);
        expect(state.pending + state.unknown).toBe(rows.filter((row) => row.state === 'open').length);
      } finally {
        await store.close();
      }
    }),
    { numRuns: 300 },
  );
});

function byTurn(one: Row, other: Row): number {
  return one.due - other.due || one.id - other.id;
}
