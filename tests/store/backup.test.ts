import { silentLog } from '../../src/kernel/log.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { parseAddress } from '../../src/subscribers/address.ts';
import { type Databases, type Dialect, dialects, openDatabases } from '../support/databases.ts';
import { chats, claimFrom, inWords, makeSubscriber, publishTo, subscribe } from '../support/ledger.ts';
import { createManualClock } from '../support/manual-clock.ts';

describe('a backup', () => {
  const clock = createManualClock();
  const now = clock.now();
  const databases = new Map<Dialect, Databases>();
  const open: Store[] = [];

  beforeAll(async () => {
    for (const dialect of dialects) databases.set(dialect, await openDatabases(dialect));
  });
  afterEach(async () => {
    for (const store of open.splice(0)) await store.close();
  });
  afterAll(async () => {
    for (const one of databases.values()) await one.close();
  });

  async function emptyStore(dialect: Dialect): Promise<Store> {
    const url = await databases.get(dialect)?.create();
    const store = await openStore(url ?? '', { clock, log: silentLog });
    open.push(store);
    return store;
  }

  const browser = { url: 'https://push.example/1', p256dh: 'key', auth: 'secret' };

  /** A store with something in every corner. */
  async function usedStore(dialect: Dialect): Promise<Store> {
    const store = await emptyStore(dialect);
    await subscribe(store, ...chats(4).map((address) => makeSubscriber(address, { language: 'en' })));
    await publishTo(store, 'Sent', ['telegram:1']);
    const sent = await claimFrom(store, now);
    await store.outbox.settle([{ delivery: sent[0]!, transition: { kind: 'sent', messageId: '7' } }], now);
    await publishTo(store, 'Open', chats(4));
    const [first, second] = await claimFrom(store, now, { limit: 2 });
    const pause = { scope: 'chat', until: new Date(now.getTime() + 60_000) } as const;
    const again = { kind: 'again', notBefore: pause.until, reason: '429', lost: false, plain: false, pause } as const;
    await store.outbox.settle([{ delivery: first!, transition: again }], now);
    expect(second?.address.chat).toBe('2');
    await store.values.put('telegram.webhook-secret', 'kept');
    await subscribe(store, makeSubscriber('web:1'));
    await store.pushEndpoints.put(parseAddress('web:1'), browser);
    await store.inbox.put(parseAddress('web:1'), 'k', { text: 'hello', cards: [], actions: [] }, now);
    return store;
  }

  const throughJson = (value: unknown) => JSON.parse(JSON.stringify(value));

  it.each([
    ['sqlite', 'postgres'],
    ['postgres', 'sqlite'],
  ] as const)('moves everything from %s to %s', async (from, to) => {
    const source = await usedStore(from);
    const target = await emptyStore(to);
    const counts = await target.import(throughJson(await source.export()));
    expect(counts).toMatchObject({ subscribers: 5, posts: 2, deliveries: 5, inbox: 1, key_values: 1, pauses: 1 });
    expect(await target.outbox.ledger()).toEqual(await source.outbox.ledger());
    expect(await target.book.find(parseAddress('telegram:3'))).toEqual(
      await source.book.find(parseAddress('telegram:3')),
    );
    expect(await target.values.get('telegram.webhook-secret')).toBe('kept');
    expect(await target.pushEndpoints.find(parseAddress('web:1'))).toEqual(browser);
    // What was under way when the backup was made is taken up again; a chat that was told to wait still waits.
    expect(inWords(await claimFrom(target, now))).toEqual(['2: Open', '3: Open', '4: Open']);
    expect(inWords(await claimFrom(target, new Date(now.getTime() + 60_000)))).toEqual(['1: Open']);
    // And announcements go on after the last one.
    await publishTo(target, 'Later', ['telegram:4']);
  });

  it('comes back the same after a journey through both databases', async () => {
    const first = await emptyStore('sqlite');
    await subscribe(first, makeSubscriber('telegram:1'));
    await publishTo(first, 'One', ['telegram:1']);
    const content = throughJson(await first.export());
    const second = await emptyStore('postgres');
    await second.import(content);
    expect(throughJson(await second.export())).toEqual(content);
  });

  it('is not put over a database that is in use', async () => {
    const content = throughJson(await (await usedStore('sqlite')).export());
    const used = await emptyStore('sqlite');
    await subscribe(used, makeSubscriber('telegram:9'));
    await expect(used.import(content)).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(/DATABASE_URL.*empty/),
    });
    expect(await used.book.find(parseAddress('telegram:9'))).toBeDefined();
  });

  it.each<[string, unknown]>([
    ['no object', 'text'],
    ['another document', { comments: [] }],
    ['a row that is short of a column', { deliveries: [{ id: 1 }] }],
  ])('is refused if it is %s, and nothing is written', async (_, wrong) => {
    const store = await emptyStore('sqlite');
    const content = throughJson(await store.export());
    const broken = typeof wrong === 'object' && wrong ? { ...content, tables: { ...content.tables, ...wrong } } : wrong;
    await expect(store.import(broken)).rejects.toMatchObject({ name: 'UserError' });
    expect(await store.outbox.revision()).toBe(0);
  });

  it('is refused as a whole if one row refers to none', async () => {
    const content = throughJson(await (await usedStore('sqlite')).export());
    content.tables.posts = [];
    const target = await emptyStore('sqlite');
    await expect(target.import(content)).rejects.toMatchObject({ message: expect.any(String) });
    expect(await target.book.find(parseAddress('telegram:1'))).toBeUndefined();
  });
});
