import { silentLog } from '../../src/kernel/log.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { parseAddress } from '../../src/subscribers/address.ts';
import { type Databases, dialects, openDatabases } from '../support/databases.ts';
import { chats, claimFrom, inWords, makeSubscriber, publishTo, subscribe } from '../support/ledger.ts';
import { createManualClock } from '../support/manual-clock.ts';

describe.each(dialects)('what waits for one moment, on %s', (dialect) => {
  let databases: Databases;
  let store: Store;
  const clock = createManualClock();
  const now = clock.now();
  const evening = new Date(now.getTime() + 1000);

  beforeAll(async () => {
    databases = await openDatabases(dialect);
  });
  afterAll(() => databases.close());
  beforeEach(async () => {
    store = await openStore(await databases.create(), { clock, log: silentLog });
  });
  afterEach(() => store.close());

  const settings = { when: { kind: 'daily', minute: 1200 } } as const;

  /** What is claimed now is found to be too early. */
  async function postpone(): Promise<void> {
    const claimed = await claimFrom(store, now);
    const transition = { kind: 'postponed', notBefore: evening, bundle: 'evening' } as const;
    await store.outbox.settle(
      claimed.map((delivery) => ({ delivery, transition })),
      now,
    );
  }

  it('comes as one message, also what was planned before the reader chose that moment', async () => {
    await subscribe(store, makeSubscriber('telegram:1'));
    for (const title of ['One', 'Two', 'Three']) await publishTo(store, title, ['telegram:1']);
    await store.book.change(parseAddress('telegram:1'), (current) => current && { ...current, settings });
    for (let turn = 0; turn < 3; turn++) await postpone();
    await publishTo(store, 'Four', ['telegram:1'], { bundle: 'evening', notBefore: evening });
    expect((await store.outbox.counts(now)).byState.pending).toBe(1);
    const claimed = await claimFrom(store, evening);
    expect(inWords(claimed)).toEqual(['1: One, Two, Three, Four']);
    expect(claimed[0]?.content.digest).toBe(true);
  });

  it('joins nothing of another reader’s, of another topic’s or for another moment', async () => {
    const addresses = ['telegram:1', 'telegram:2', 'telegram:1/7'];
    await subscribe(store, ...addresses.map((address) => makeSubscriber(address)));
    await publishTo(store, 'Night', ['telegram:1'], { bundle: 'night', notBefore: new Date(evening.getTime() + 1) });
    await publishTo(store, 'Other', ['telegram:2', 'telegram:1/7'], { bundle: 'evening', notBefore: evening });
    await publishTo(store, 'One', ['telegram:1']);
    await postpone();
    const told: string[] = [];
    for (let turn = 0; turn < 3; turn++) {
      const claimed = await claimFrom(store, new Date(evening.getTime() + 1));
      told.push(...inWords(claimed));
      await store.outbox.settle(
        claimed.map((delivery) => ({ delivery, transition: { kind: 'sent' as const } })),
        evening,
      );
    }
    expect(told.sort()).toEqual(['1/7: Other', '1: Night', '1: One', '2: Other']);
  });

  it('loses no post that joins at the very moment when it is due', async () => {
    const readers = chats(1200);
    await subscribe(store, ...readers.map((address) => makeSubscriber(address)));
    const bundle = { bundle: 'evening', notBefore: evening };
    await publishTo(store, 'One', readers, bundle);
    const told: string[] = [];
    const sendAll = async () => {
      for (;;) {
        const claimed = await claimFrom(store, evening, { limit: 50 });
        if (claimed.length === 0) return;
        told.push(
          ...claimed.flatMap(({ address, content }) => content.posts.map((post) => `${address.chat}: ${post.title}`)),
        );
        const sent = claimed.map((delivery) => ({ delivery, transition: { kind: 'sent' as const } }));
        await store.outbox.settle(sent, evening);
      }
    };
    const joining = publishTo(store, 'Two', readers, bundle);
    await Promise.all([joining, sendAll()]);
    await sendAll();
    expect(told.sort()).toEqual(
      readers.flatMap((reader) => [`${reader.slice(9)}: One`, `${reader.slice(9)}: Two`]).sort(),
    );
  });
});
