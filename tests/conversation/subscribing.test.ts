import type { Message } from '../../src/message/message.ts';
import { createConversationWorld, reader } from '../support/conversation-world.ts';
import { makePost } from '../support/make-post.ts';
import { createMemoryBook } from '../support/memory-book.ts';

const labels = ({ actions }: Message) => actions.flat().map(({ label }) => label);
const everything = { kind: 'everything' } as const;
const llm = { kind: 'category', category: '大语言模型（LLM）' } as const;
const lora = { kind: 'query', query: 'LoRA' } as const;

async function subscriptionsOf({ book }: ReturnType<typeof createConversationWorld>) {
  return (await book.find(reader))?.subscriptions;
}

describe('/subscribe', () => {
  it('subscribes to everything at once', async () => {
    const world = createConversationWorld();
    const answer = await world.ask('/subscribe', { language: 'zh' });

    expect(answer.text).toContain('订阅好了');
    expect(await world.book.find(reader)).toEqual({
      address: reader,
      subscriptions: [everything],
      language: 'zh',
      state: 'active',
      since: new Date('2026-11-25T08:00:00Z'),
    });
  });

  it('lets one narrow everything to a category, and add another', async () => {
    const world = createConversationWorld();
    const narrowed = await world.press(await world.ask('/subscribe'), '大语言模型');
    expect(await subscriptionsOf(world)).toEqual([llm]);

    await world.press(narrowed, 'Pictures');
    expect(await subscriptionsOf(world)).toEqual([llm, { kind: 'category', category: 'Pictures' }]);
  });

  it.each(['大语言模型（LLM）', '大语言模型', 'LLM', '1'])('subscribes to the category meant by %s', async (words) => {
    const world = createConversationWorld();
    await world.ask(`/subscribe ${words}`);
    expect(await subscriptionsOf(world)).toEqual([llm]);
  });

  it('saves any other words as a query, and says what fits already', async () => {
    const world = createConversationWorld();
    const answer = await world.ask('/subscribe LoRA');

    expect(await subscriptionsOf(world)).toEqual([lora]);
    expect(answer.text).toContain('12 posts fit already');
  });

  it('adds nothing twice, and says so', async () => {
    const world = createConversationWorld();
    await world.ask('/subscribe');
    expect((await world.ask('/subscribe all')).text).toContain('already');
    await world.ask('/subscribe LoRA');
    expect((await world.ask('/subscribe ｌｏｒａ')).text).toContain('already');
    expect(await subscriptionsOf(world)).toEqual([everything, lora]);
  });

  it('says that everything comes anyway, and offers to take words in its place', async () => {
    const world = createConversationWorld();
    await world.ask('/subscribe');
    const answer = await world.ask('/subscribe LoRA');
    expect(answer.text).toContain('Every new post comes here anyway');

    await world.press(answer, 'Only');
    expect(await subscriptionsOf(world)).toEqual([lora]);
  });

  it('takes a category whose name begins with “only” for itself', async () => {
    const world = createConversationWorld({ posts: [makePost({ title: 'x', category: ['Only fools'] })] });
    await world.ask('/subscribe');
    await world.ask('/subscribe Only fools');
    expect(await subscriptionsOf(world)).toEqual([everything, { kind: 'category', category: 'Only fools' }]);
  });

  it('keeps at most 50 subscriptions, and refuses words too long to watch for', async () => {
    const world = createConversationWorld();
    for (let at = 0; at < 50; at++) await world.ask(`/subscribe thing${at}`);

    expect((await world.ask('/subscribe one more')).text).toContain('50 subscriptions are the most');
    expect((await world.ask(`/subscribe ${'long '.repeat(100)}`)).text).toContain('a bit long');
    expect(await subscriptionsOf(world)).toHaveLength(50);
  });

  it('subscribes the topic, not the whole group', async () => {
    const world = createConversationWorld();
    const topic = { channel: 'telegram', chat: '-1001234567890', topic: '45' } as const;
    await world.ask('/subscribe', { address: topic, place: 'group' });

    expect(await world.book.find(topic)).toMatchObject({ address: topic, subscriptions: [everything] });
    expect(await world.book.find({ channel: 'telegram', chat: '-1001234567890' })).toBeUndefined();
  });
});

describe('/unsubscribe', () => {
  it('drops everything there is', async () => {
    const world = createConversationWorld();
    await world.ask('/subscribe');
    await world.ask('/subscribe LoRA');

    expect((await world.ask('/unsubscribe')).text).toContain('All stopped');
    expect(await world.book.find(reader)).toBeUndefined();
  });

  it.each(['lora', '2'])('drops the one meant by %s and shows what is left', async (words) => {
    const world = createConversationWorld();
    await world.ask('/subscribe LLM');
    await world.ask('/subscribe LoRA');

    const answer = await world.ask(`/unsubscribe ${words}`);

    expect(answer.text).toBe('Stopped: posts on “LoRA”.\n\nSubscriptions here:\n1. category “大语言模型（LLM）”');
    expect(await subscriptionsOf(world)).toEqual([llm]);
  });

  it('drops a category by its short name', async () => {
    const world = createConversationWorld();
    await world.ask('/subscribe LLM');
    await world.ask('/unsubscribe 大语言模型');
    expect(await world.book.find(reader)).toBeUndefined();
  });

  it('drops a category that the catalog has no more', async () => {
    const world = createConversationWorld();
    await world.ask('/subscribe LLM');
    world.publish([]);
    await world.press(await world.ask('/subscriptions'), '大语言模型');
    expect(await world.book.find(reader)).toBeUndefined();
  });

  it('keeps what is there when nothing fits, and says so', async () => {
    const world = createConversationWorld();
    await world.ask('/subscribe LoRA');
    expect((await world.ask('/unsubscribe cats')).text).toContain('no subscription “cats”');
    expect(await subscriptionsOf(world)).toEqual([lora]);
  });

  it('says so when there is nothing to stop', async () => {
    expect((await createConversationWorld().ask('/unsubscribe')).text).toContain('Nothing to stop');
  });

  it('keeps the settings of whoever made some', async () => {
    const settings = { when: { kind: 'daily', minute: 480 } } as const;
    const book = createMemoryBook([
      { address: reader, subscriptions: [everything], state: 'active', since: new Date(0), settings },
    ]);
    await createConversationWorld({ book }).ask('/unsubscribe');
    expect(await book.find(reader)).toMatchObject({ subscriptions: [], settings });
  });
});

describe('/subscriptions', () => {
  it('lists all, each with a button that drops it in place', async () => {
    const world = createConversationWorld();
    await world.ask('/subscribe LoRA');
    await world.ask('/subscribe');
    const list = await world.ask('/subscriptions');
    expect(list.text).toBe('Subscriptions here:\n1. posts on “LoRA”\n2. every new post');
    expect(labels(list)).toEqual(['✕ posts on “LoRA”', '✕ every new post', 'Stop all']);

    const left = await world.press(list, '✕ every new post');
    expect(await subscriptionsOf(world)).toEqual([lora]);
    const none = await world.press(left, '✕ posts on “LoRA”');
    expect(none.text).toContain('That was the last one');
  });

  it('fits one message of any platform when there are fifty long ones', async () => {
    const subscriptions = Array.from(
      { length: 50 },
      (_, at) => ({ kind: 'query', query: `${at}`.padEnd(200, '长') }) as const,
    );
    const book = createMemoryBook([{ address: reader, subscriptions, state: 'active', since: new Date(0) }]);
    const list = await createConversationWorld({ book }).ask('/subscriptions');
    expect(list.text.length).toBeLessThan(4096);
    expect(labels(list).length).toBeLessThanOrEqual(100);
  });

  it('says so when there are none', async () => {
    expect((await createConversationWorld().ask('/我的订阅', { language: 'zh' })).text).toContain('还没有订阅');
  });
});

describe('a group', () => {
  const member = { place: 'group', mayManage: false } as const;

  it.each(['/subscribe', '/subscribe LoRA', '/unsubscribe'])('keeps %s to its admins', async (text) => {
    const world = createConversationWorld();
    const refusal = await world.ask(text, member);

    expect(refusal.text).toContain('Only this group’s admins');
    expect(refusal.aside).toBe(true);
    expect(await world.book.find(reader)).toBeUndefined();
  });

  it('shows members its subscriptions, and offers them nothing that they may not do', async () => {
    const world = createConversationWorld();
    await world.ask('/subscribe LoRA', { place: 'group' });

    expect((await world.ask('/subscriptions', member)).text).toContain('posts on “LoRA”');
    expect(labels(await world.ask('adapters', member))).toEqual([]);
    expect(labels(await world.ask('/start', member))).not.toContain('🔔 Subscribe');
  });

  it('refuses the press of a member and lets the message stand', async () => {
    const world = createConversationWorld();
    await world.ask('/subscribe LoRA', { place: 'group' });
    const list = await world.ask('/subscriptions', { place: 'group' });

    expect((await world.press(list, '✕', member)).aside).toBe(true);
    expect(await subscriptionsOf(world)).toEqual([lora]);
  });
});

describe('whoever was suspended', () => {
  it.each(['/start', 'LoRA', '/subscriptions'])('is back with all subscriptions after %s', async (text) => {
    const book = createMemoryBook([
      { address: reader, subscriptions: [lora], state: 'suspended', since: new Date(0), language: 'zh' },
    ]);
    await createConversationWorld({ book }).ask(text);
    expect(await book.find(reader)).toMatchObject({ state: 'active', subscriptions: [lora] });
  });
});
