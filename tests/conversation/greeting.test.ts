import { createConversationWorld, reader } from '../support/conversation-world.ts';
import { createMemoryBook } from '../support/memory-book.ts';

describe('the first words', () => {
  it('say how many posts there are and what to do', async () => {
    const greeting = await createConversationWorld().ask('/start');
    expect(greeting.text).toContain('16 posts');
    expect(greeting.text).toContain('Just type');
  });

  it('promise no posts where there are none', async () => {
    for (const defaultLanguage of ['zh', 'en'] as const) {
      const { text } = await createConversationWorld({ posts: [], defaultLanguage }).ask('/start');
      expect(text).not.toContain('0');
    }
  });

  it('tell a group how to ask', async () => {
    expect((await createConversationWorld().ask('/start', { place: 'group' })).text).toContain('/search');
  });

  it('are the same for the payload of a link that is not known', async () => {
    const world = createConversationWorld();
    expect(await world.ask('/start c29tZXRoaW5n')).toEqual(await world.ask('/start'));
  });
});

describe('/help', () => {
  it('lists every command that a reader needs', async () => {
    const { text } = await createConversationWorld().ask('/help');
    for (const word of ['search', 'latest', 'categories', 'subscribe', 'unsubscribe', 'subscriptions']) {
      expect(text).toContain(`\n/${word}`);
    }
  });

  it('shows bare Chinese words where nobody types a slash', async () => {
    const { text } = await createConversationWorld().ask('帮助', { language: 'zh', bareWords: true });
    for (const word of ['搜索', '最新', '分类', '订阅', '退订', '我的订阅']) expect(text).toContain(`\n${word}`);
  });

  it('names commands everywhere as they are typed there', async () => {
    const world = createConversationWorld({ defaultLanguage: 'zh' });
    expect((await world.ask('分类', { bareWords: true })).text).toContain('发 分类 加名字');
    expect((await world.ask('/分类')).text).toContain('发 /分类 加名字');
  });

  it('answers a slash alone', async () => {
    const world = createConversationWorld();
    expect(await world.ask('/')).toEqual(await world.ask('/help'));
  });
});

describe('the language of an answer', () => {
  const row = { address: reader, subscriptions: [], state: 'active', since: new Date(0) } as const;
  const chosen = { when: { kind: 'at-once' }, keepLanguage: true } as const;

  it.each([
    ['the one chosen', { ...row, language: 'zh', settings: chosen }, 'en', 'en', '你好'],
    ['else what the platform tells', { ...row, language: 'en' }, 'zh', 'en', '你好'],
    ['else what it told last', { ...row, language: 'zh' }, undefined, 'en', '你好'],
    ['else the configured one', undefined, undefined, 'zh', '你好'],
  ] as const)('is %s', async (_, subscriber, told, configured, expected) => {
    const book = createMemoryBook(subscriber ? [subscriber] : []);
    const world = createConversationWorld({ book, defaultLanguage: configured });
    expect((await world.ask('/start', told && { language: told })).text).toContain(expected);
  });

  it('of a group stays, whoever of its members asks', async () => {
    const world = createConversationWorld();
    await world.ask('/subscribe', { place: 'group', language: 'zh' });
    expect((await world.ask('/latest', { place: 'group', language: 'en' })).text).toContain('最新文章');
    expect(await world.book.find(reader)).toMatchObject({ language: 'zh' });
  });

  it('of announcements follows what a reader’s platform tells', async () => {
    const world = createConversationWorld();
    await world.ask('/subscribe', { language: 'zh' });
    await world.ask('LoRA', { language: 'en' });
    expect(await world.book.find(reader)).toMatchObject({ language: 'en' });
  });

  it('says one thing in the singular', async () => {
    expect((await createConversationWorld().ask('Pandas')).text).toBe('1 post on “Pandas”');
  });
});

describe('what is no command', () => {
  it('is named, with a search and the help beside it', async () => {
    const world = createConversationWorld();
    const answer = await world.ask('/lora in practice');

    expect(answer.text).toContain('/lora');
    expect((await world.press(answer, 'Search')).text).toBe('12 posts on “lora in practice”');
    expect((await world.press(answer, 'What can you do?')).text).toContain('/subscribe');
  });

  it.each(['', '   ', '\n\t', '\u0000\u0007', '\u202e\u2066', '\u200d', '\ud800', '\ufeff'])(
    'gets a kind word when it holds nothing to read (%j)',
    async (text) => {
      const answer = await createConversationWorld().ask(text);
      expect(answer.text).toContain('can’t make out any words');
    },
  );
});

describe('a fault of ours', () => {
  it('is logged without what the reader wrote, and apologised for', async () => {
    const lines: string[] = [];
    const log = {
      debug: () => {},
      info: () => {},
      warn: () => {},
      error: (facts: object, message: string) => lines.push(JSON.stringify(facts) + message),
      child: () => log,
    };
    const book = { ...createMemoryBook(), find: () => Promise.reject(new Error('the disk is full')) };

    const answer = await createConversationWorld({ book, log }).ask('my secret');

    expect(answer.text).toContain('Something went wrong on my side');
    expect(lines.join()).toContain('the disk is full');
    expect(lines.join()).not.toContain('my secret');
  });
});
