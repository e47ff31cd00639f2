import { silentLog } from '../../src/kernel/log.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { createConversationWorld } from '../support/conversation-world.ts';
import { type Databases, type Dialect, openDatabases } from '../support/databases.ts';
import { createManualClock } from '../support/manual-clock.ts';

/** What a conversation promises its readers whatever database keeps the book. */
export function describeConversation(dialect: Dialect): void {
  describe(`a conversation over ${dialect}`, () => {
    let databases: Databases;
    let url: string;
    let store: Store;
    const group = { channel: 'telegram', chat: '-1001234567890', topic: '45' } as const;

    beforeAll(async () => {
      databases = await openDatabases(dialect);
    });
    afterAll(() => databases.close());
    beforeEach(async () => {
      url = await databases.create();
      store = await openStore(url, { clock: createManualClock(), log: silentLog });
    });
    afterEach(() => store.close());

    async function restart(): Promise<void> {
      await store.close();
      store = await openStore(url, { clock: createManualClock(), log: silentLog });
    }

    it('remembers subscriptions and language over a restart', async () => {
      const before = createConversationWorld({ book: store.book });
      await before.ask('/subscribe LLM', { language: 'zh' });
      await before.ask('/subscribe LoRA', { language: 'zh' });
      await restart();

      const list = await createConversationWorld({ book: store.book }).ask('/subscriptions');

      expect(list.text).toBe('现在订阅了：\n1. 分类“大语言模型（LLM）”\n2. 关键词“LoRA”');
    });

    it('keeps topics of one group apart', async () => {
      const world = createConversationWorld({ book: store.book });
      await world.ask('/subscribe LoRA', { address: group, place: 'group' });

      expect((await world.ask('/subscriptions', { address: group, place: 'group' })).text).toContain('LoRA');
      const elsewhere = { address: { ...group, topic: '46' }, place: 'group' } as const;
      expect((await world.ask('/subscriptions', elsewhere)).text).toContain('No subscriptions yet');
    });

    it('loses none of the subscriptions that are made at the same moment', async () => {
      const world = createConversationWorld({ book: store.book });
      const words = Array.from({ length: 10 }, (_, at) => `word${at}`);

      await Promise.all(words.map((word) => world.ask(`/subscribe ${word}`)));

      const list = await world.ask('/subscriptions');
      for (const word of words) expect(list.text).toContain(`“${word}”`);
    });

    it('brings a suspended subscriber back, and forgets whoever asks for it', async () => {
      const world = createConversationWorld({ book: store.book });
      const address = { channel: 'web', chat: 'reader' } as const;
      await world.ask('/subscribe');
      await store.book.change(address, (one) => one && { ...one, state: 'suspended' });

      await world.ask('hello');
      expect(await store.book.find(address)).toMatchObject({
        state: 'active',
        subscriptions: [{ kind: 'everything' }],
      });

      await world.ask('/forget');
      expect(await store.book.find(address)).toBeUndefined();
    });
  });
}
