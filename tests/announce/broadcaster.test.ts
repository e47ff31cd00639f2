import { type Broadcaster, createBroadcaster } from '../../src/announce/broadcaster.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { parseAddress } from '../../src/subscribers/address.ts';
import type { Settings } from '../../src/subscribers/settings.ts';
import { type Databases, dialects, openDatabases } from '../support/databases.ts';
import { claimFrom, makeSubscriber, subscribe } from '../support/ledger.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';

const morning = new Date('2026-03-02T09:00:00Z');

describe.each(dialects)('a broadcast on %s', (dialect) => {
  let databases: Databases;
  let store: Store;
  let clock: ManualClock;
  let broadcaster: Broadcaster;

  beforeAll(async () => {
    databases = await openDatabases(dialect);
  });
  afterAll(() => databases.close());
  beforeEach(async () => {
    clock = createManualClock(morning);
    store = await openStore(await databases.create(), { clock, log: silentLog });
    let drafts = 0;
    broadcaster = createBroadcaster({ ...store, clock, timezone: 'UTC', makeId: () => `draft-${++drafts}` });
  });
  afterEach(() => store.close());

  async function subscribed(chats: readonly string[], settings?: Settings): Promise<void> {
    const subscribers = chats.map((chat) => makeSubscriber(`telegram:${chat}`));
    await subscribe(store, ...subscribers.map((one) => (settings ? { ...one, settings } : one)));
  }

  const heard = async (at = clock.now()) =>
    (await claimFrom(store, at)).map(({ address, content }) => [address.chat, content.notice]);

  it('is nothing until it is sent, and reaches each subscriber once however often that is said', async () => {
    await subscribed(['1', '2']);
    const { id, audience } = await broadcaster.draft('We are moving.');
    expect(audience).toBe(2);
    expect(await heard()).toEqual([]);

    expect(await broadcaster.send(id)).toBe(2);
    expect(await broadcaster.send(id)).toBe(0);
    expect(await heard()).toEqual([
      ['1', 'We are moving.'],
      ['2', 'We are moving.'],
    ]);
    expect(await heard()).toEqual([]);
  });

  it('goes to nobody who is suspended, subscribes to nothing or leaves before it arrives', async () => {
    await subscribed(['1', '2', '3', '4']);
    const change = (chat: string, more: object) =>
      store.book.change(parseAddress(`telegram:${chat}`), (current) => current && { ...current, ...more });
    await change('1', { state: 'suspended' });
    await change('2', { subscriptions: [] });
    const { id } = await broadcaster.draft('Hello');
    expect(await broadcaster.send(id)).toBe(2);
    await change('3', { subscriptions: [] });
    expect(await heard()).toEqual([['4', 'Hello']]);
    expect(await store.outbox.counts(clock.now())).toMatchObject({ byState: { pending: 0, sending: 1 } });
  });

  it('waits for the end of quiet hours, and for no digest', async () => {
    await subscribed(['1'], { when: { kind: 'weekly', weekday: 5, minute: 0 }, quiet: { from: 8 * 60, to: 10 * 60 } });
    await broadcaster.send((await broadcaster.draft('Hello')).id);
    expect(await heard()).toEqual([]);
    expect(await heard(new Date('2026-03-02T10:00:00Z'))).toEqual([['1', 'Hello']]);
  });

  it('is forgotten an hour after it was written', async () => {
    await subscribed(['1']);
    const { id } = await broadcaster.draft('Hello');
    clock.advance(60 * 60_000 + 1);
    expect(await broadcaster.send(id)).toBeUndefined();
    expect(await broadcaster.send('never-written')).toBeUndefined();
  });

  it('follows a group that moves, stands among the failures by its words, and survives a change of database', async () => {
    await subscribed(['-5']);
    await broadcaster.send((await broadcaster.draft('Hello group')).id);
    await store.book.move(parseAddress('telegram:-5'), parseAddress('telegram:-1005'));
    const copy = await openStore(await databases.create(), { clock, log: silentLog });
    await copy.import(await store.export());
    for (const each of [store, copy]) {
      const [delivery] = await claimFrom(each, clock.now());
      expect([delivery?.address.chat, delivery?.content.notice]).toEqual(['-1005', 'Hello group']);
      if (!delivery) continue;
      const transition = { kind: 'dead', reason: 'refused' } as const;
      await each.outbox.settle([{ delivery, transition }], clock.now());
      expect(await each.outbox.failures(9)).toMatchObject([{ titles: ['Hello group'], reason: 'refused' }]);
    }
    await copy.close();
  });
});
