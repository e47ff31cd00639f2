import { samplePosts } from '../../support/telegram/sample-posts.ts';
import {
  createTelegramWorld,
  eventually,
  type TelegramWorld,
  type TelegramWorldOptions,
} from '../../support/telegram/telegram-world.ts';
import { type BotMessage, groupMember, groupOwner } from '../../support/telegram/world.ts';

const reader = 6_749_308_768;
const otherReader = 41;
const group = -1_001_234_567_890;
const worlds: TelegramWorld[] = [];

async function open(options: TelegramWorldOptions = {}): Promise<TelegramWorld> {
  const world = await createTelegramWorld({ posts: samplePosts, ...options });
  worlds.push(world);
  return world;
}

/** What the bot says to a question that it certainly answers: all that came before is settled then. */
async function answerTo(world: TelegramWorld, text: string, chat = otherReader): Promise<BotMessage> {
  world.server.say(chat, text);
  return (await world.server.next(chat)).message;
}

const labels = (message: BotMessage) => message.keyboard.flat().map(({ text }) => text);
const subscriber = (world: TelegramWorld, chat: number, topic?: string) =>
  world.book.find({ channel: 'telegram', chat: String(chat), ...(topic !== undefined && { topic }) });

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

describe.each(['polling', 'webhook'] as const)('over %s', (transport) => {
  it('a reader gets an answer to a command', async () => {
    const world = await open({ transport });
    expect((await answerTo(world, '/start')).text).toContain('15');
  });

  it('plain words in a private chat are searched for, and each title links to its article', async () => {
    const message = await answerTo(await open({ transport }), 'LoRA');
    expect(message.text).toContain('12');
    expect(message.entities.filter(({ type }) => type === 'text_link').map(({ url }) => url)).toEqual(
      [0, 1, 2, 3, 4].map((number) => `https://blog.example/posts/${number}?a=1&b=2`),
    );
  });

  it('pages turn in place, also after a restart', async () => {
    const world = await open({ transport });
    const first = await answerTo(world, '/search LoRA', reader);
    expect(labels(first)).toEqual(expect.arrayContaining(['1/3', '›']));
    world.server.press(first, '›');
    const second = await world.server.next(reader);
    expect(second).toMatchObject({ kind: 'edited', message: { messageId: first.messageId } });
    expect(second.message.text).toContain('第 6 讲');
    await world.restart();
    world.server.press(second.message, '›');
    const third = (await world.server.next(reader)).message;
    expect(third.text).toContain('第 12 讲');
    expect(labels(third)).toEqual(expect.arrayContaining(['‹', '3/3']));
  });

  it('messages that were sent while the bot was down are answered after', async () => {
    const world = await open({ transport });
    await answerTo(world, '/start');
    await world.stop();
    world.server.say(reader, '/search LoRA');
    await world.start();
    expect((await world.server.next(reader)).message.text).toContain('LoRA');
  });

  it('switching to the other transport loses no update', async () => {
    const world = await open({ transport });
    await answerTo(world, '/start');
    await world.stop();
    world.server.say(reader, '/search LoRA');
    await world.start(transport === 'polling' ? 'webhook' : 'polling');
    expect((await world.server.next(reader)).message.text).toContain('LoRA');
  });
});

describe('buttons', () => {
  it('work for queries that are too long for one', async () => {
    const long = '超过六十四个字节的中文查询词要放进按钮里面是放不下的所以要换个办法';
    const posts = samplePosts.map((post) => ({ ...post, title: `${long} ${post.title}` }));
    const world = await open({ posts });
    const first = await answerTo(world, `/search ${long}`, reader);
    world.server.press(first, '›');
    const second = (await world.server.next(reader)).message;
    expect(second.text).toContain('第 6 讲');
    await world.restart();
    world.server.press(second, '›');
    expect((await world.server.next(reader)).message.text).toContain('第 11 讲');
  });

  it('stop spinning before the answer is ready', async () => {
    let release = () => {};
    const world = await open({
      conversation: (real) => ({
        answer: async (incoming, signal) => {
          if ('command' in incoming.input) await new Promise<void>((resolve) => (release = resolve));
          return real.answer(incoming, signal);
        },
      }),
    });
    const first = await answerTo(world, 'LoRA', reader);
    const press = world.server.press(first, '›');
    await answerTo(world, '/start');
    expect(press.answered()).toBeDefined();
    expect(world.server.deliveredTo(reader).at(-1)?.edits).toBe(0);
    release();
    expect((await world.server.next(reader)).kind).toBe('edited');
  });

  it('that show what is already there do nothing', async () => {
    const world = await open();
    const first = await answerTo(world, 'LoRA', reader);
    world.server.press(first, '1/3');
    world.server.press(first, '›');
    expect((await world.server.next(reader)).message.text).toContain('第 6 讲');
    expect(world.server.deliveredTo(reader)).toHaveLength(1);
    expect(world.log.lines.filter(({ level }) => level === 'warn')).toEqual([]);
  });

  it('of a deleted message answer with a new one', async () => {
    const world = await open();
    const first = await answerTo(world, 'LoRA', reader);
    world.server.deleteMessage(first);
    world.server.press(first, '›');
    expect(await world.server.next(reader)).toMatchObject({ kind: 'sent' });
  });

  it('that nobody can read any more bring the help', async () => {
    const world = await open();
    const first = await answerTo(world, 'LoRA', reader);
    const old = { ...first, keyboard: [[{ text: 'old', data: '=#forgotten' }]] };
    world.server.press(old, 'old');
    expect((await world.server.next(reader)).message.text).toContain('/search');
  });
});

describe('in groups', () => {
  async function openGroup(options: TelegramWorldOptions = {}) {
    const world = await open({ username: 'OurBot', ...options });
    world.server.addGroup(group, { topics: [45] });
    return world;
  }

  it.each(['/search@OurBot LoRA', '/search@OURBOT LoRA', '/Search LoRA', '/搜索 LoRA', '@OurBot LoRA', 'LoRA @ourbot'])(
    '"%s" is answered below the question',
    async (text) => {
      const world = await openGroup();
      world.server.say(group, text);
      const { message } = await world.server.next(group);
      expect(message.text).toContain('“LoRA”');
      expect(message.replyTo).toBe(1);
    },
  );

  it.each(['LoRA', '/search@OtherBot LoRA', '@OurBot-dev LoRA', '@OurBotty LoRA', '/ban somebody', '//', '/'])(
    '"%s" is met with silence',
    async (text) => {
      const world = await openGroup();
      world.server.say(group, text);
      await answerTo(world, '/start', group);
      expect(world.server.deliveredTo(group)).toHaveLength(1);
    },
  );

  it.each(['@OurBot', '@ourbot ,', '/search', '/start@OurBot'])('"%s" alone is told what to write', async (text) => {
    const world = await openGroup();
    world.server.say(group, text);
    const { message } = await world.server.next(group);
    expect(message.text.length).toBeGreaterThan(5);
    expect(message.keyboard.flat().length).toBeGreaterThan(0);
  });

  it('a reply to the bot is a question', async () => {
    const world = await openGroup();
    const first = await answerTo(world, '/start', group);
    world.server.say(group, 'LoRA', { replyTo: first });
    expect((await world.server.next(group)).message.text).toContain('“LoRA”');
  });

  it('other bots are not answered, so that no two talk for ever', async () => {
    const world = await openGroup();
    world.server.addUser({ id: 99, is_bot: true });
    world.server.say(group, '/search@OurBot LoRA', { from: 99 });
    await answerTo(world, '/start', group);
    expect(world.server.deliveredTo(group)).toHaveLength(1);
  });

  it('answers stay in the topic', async () => {
    const world = await openGroup();
    world.server.say(group, '/search LoRA', { thread: 45 });
    const { message } = await world.server.next(group);
    expect(message.thread).toBe(45);
    world.server.press(message, '›');
    expect(await world.server.next(group)).toMatchObject({ kind: 'edited', message: { thread: 45 } });
  });

  it('a thread of replies in General is no topic', async () => {
    const world = await openGroup();
    world.server.say(group, '/search LoRA', { fields: { message_thread_id: 12 } });
    expect((await world.server.next(group)).message.thread).toBeUndefined();
  });

  it('administrators and the group itself may subscribe it, others may not', async () => {
    const world = await openGroup();
    world.server.say(group, '/subscribe', { from: groupMember });
    await world.server.next(group);
    expect(await subscriber(world, group)).toBeUndefined();
    world.server.say(group, '/subscribe', { from: groupOwner, thread: 45 });
    await world.server.next(group);
    expect(await subscriber(world, group, '45')).toMatchObject({ subscriptions: [{ kind: 'everything' }] });
    world.server.say(group, '/subscribe', {
      from: 1_087_968_824,
      fields: { sender_chat: { id: group, type: 'supergroup' } },
    });
    await world.server.next(group);
    expect(await subscriber(world, group)).toMatchObject({ subscriptions: [{ kind: 'everything' }] });
  });

  it('who administers is asked once for several messages', async () => {
    const world = await openGroup();
    for (let time = 0; time < 3; time += 1) await answerTo(world, '/subscribe', group);
    expect(world.server.callsOf('getChatAdministrators')).toHaveLength(1);
  });

  it('being added greets, being removed suspends, being back brings the subscriptions back', async () => {
    const world = await openGroup();
    world.server.say(group, '/subscribe', { from: groupOwner });
    await world.server.next(group);
    world.server.setBotStatus(group, 'kicked');
    await eventually(async () => expect(await subscriber(world, group)).toMatchObject({ state: 'suspended' }));
    world.server.setBotStatus(group, 'member');
    expect((await world.server.next(group)).message.text).toContain('15');
    expect(await subscriber(world, group)).toMatchObject({ state: 'active', subscriptions: [{ kind: 'everything' }] });
  });

  it('a topic that is opened again gets its subscription back', async () => {
    const world = await openGroup();
    world.server.say(group, '/subscribe', { from: groupOwner, thread: 45 });
    await world.server.next(group);
    const address = { channel: 'telegram', chat: String(group), topic: '45' } as const;
    await world.book.change(address, (current) => current && { ...current, state: 'suspended' });
    world.server.post(group, { forum_topic_closed: {} }, { from: groupOwner, thread: 45 });
    world.server.post(group, { forum_topic_reopened: {} }, { from: groupOwner, thread: 45 });
    await eventually(async () => expect(await subscriber(world, group, '45')).toMatchObject({ state: 'active' }));
  });

  it.each([[['to', 'from']], [['from', 'to']], [['to', 'from', 'to', 'from']]] as const)(
    'a group that becomes a supergroup takes its subscription along, told in the order %j',
    async (order) => {
      const world = await openGroup();
      const small = -4_242;
      world.server.addGroup(small, { type: 'group' });
      world.server.say(small, '/subscribe', { from: groupOwner });
      await world.server.next(small);
      world.server.migrate(small, -1_009_999, order);
      await eventually(async () => {
        expect(await subscriber(world, small)).toBeUndefined();
        expect(await subscriber(world, -1_009_999)).toMatchObject({ subscriptions: [{ kind: 'everything' }] });
      });
    },
  );

  it('a member who floods a group does not keep the others there from their answers', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    const world = await openGroup({
      conversation: (real) => ({
        answer: async (incoming, signal) => {
          await gate;
          return real.answer(incoming, signal);
        },
      }),
    });
    for (let time = 0; time < 100; time += 1) world.server.say(group, `/search flood ${time}`, { from: 51 });
    world.server.say(group, '/search LoRA', { from: 52 });
    await eventually(() => expect(world.server.feed.waiting()).toEqual([]));
    release();
    await eventually(() => expect(world.server.deliveredTo(group).at(-1)?.text).toContain('“LoRA”'));
    expect(world.server.deliveredTo(group).length).toBeLessThanOrEqual(21);
    // Once the flood is over, so is the restraint.
    world.server.say(group, '/search Agents', { from: 51 });
    await eventually(() => expect(world.server.deliveredTo(group).at(-1)?.text).toContain('“Agents”'));
  });

  it('an answer waits for a group in slow mode, and another group does not', async () => {
    const world = await openGroup();
    const other = -1_005_555;
    world.server.addGroup(other);
    const does = { kind: 'refuse', code: 429, description: 'Too Many Requests: retry after 1', retryAfter: 1 } as const;
    world.server.faults.add({ method: 'sendMessage', chat: group, does });
    world.server.say(group, '/search LoRA');
    await eventually(() => expect(world.server.callsOf('sendMessage')).toHaveLength(1));
    await answerTo(world, '/search LoRA', other);
    expect(world.server.deliveredTo(group)).toEqual([]);
    expect((await world.server.next(group)).message.text).toContain('“LoRA”');
  });

  it('what a linked channel brings into its group is no question, nor is a card that somebody sent inline', async () => {
    const world = await openGroup();
    const channel = { id: -1_007_777, type: 'channel' };
    world.server.say(group, '/search LoRA', { fields: { sender_chat: channel, is_automatic_forward: true } });
    world.server.say(group, '/search LoRA', { fields: { via_bot: world.server.bot } });
    await answerTo(world, '/start', group);
    expect(world.server.deliveredTo(group)).toHaveLength(1);
  });

  it('somebody who writes in the name of another channel is answered, and manages nothing', async () => {
    const world = await openGroup();
    const fields = { sender_chat: { id: -1_007_777, type: 'channel' } };
    world.server.addUser({ id: 136_817_688, is_bot: true });
    world.server.say(group, '/subscribe', { from: 136_817_688, fields });
    await world.server.next(group);
    expect(await subscriber(world, group)).toBeUndefined();
  });

  it('the posts of a channel are no questions, its commands are', async () => {
    const world = await open();
    const channel = -1_007_777;
    world.server.addGroup(channel, { type: 'channel' });
    world.server.broadcast(channel, 'LoRA is out');
    world.server.broadcast(channel, '/search LoRA');
    expect((await world.server.next(channel)).message.text).toContain('“LoRA”');
    expect(world.server.deliveredTo(channel)).toHaveLength(1);
  });
});

describe('private chats', () => {
  it('a reader who blocks the bot is suspended and comes back with all subscriptions', async () => {
    const world = await open();
    await answerTo(world, '/subscribe', reader);
    world.server.setBotStatus(reader, 'kicked');
    await eventually(async () => expect(await subscriber(world, reader)).toMatchObject({ state: 'suspended' }));
    world.server.setBotStatus(reader, 'member');
    await eventually(async () =>
      expect(await subscriber(world, reader)).toMatchObject({
        state: 'active',
        subscriptions: [{ kind: 'everything' }],
      }),
    );
  });

  it('ids beyond 32 bits are kept exactly', async () => {
    const world = await open();
    await answerTo(world, '/subscribe', reader);
    expect(await subscriber(world, reader)).toMatchObject({ address: { chat: '6749308768' } });
  });

  it('a picture without words is answered too', async () => {
    const world = await open();
    world.server.post(reader, { photo: [{ file_id: 'x', width: 1, height: 1 }] });
    expect((await world.server.next(reader)).message.text).not.toBe('');
  });

  it('English readers are answered in English', async () => {
    const world = await open();
    world.server.addUser({ id: otherReader, language_code: 'en' });
    expect((await answerTo(world, '/search nothing like it')).text).not.toMatch(/\p{Script=Han}/u);
  });

  it('an edited question changes its answer', async () => {
    const world = await open();
    world.server.say(reader, 'LoRa nothing');
    const first = await world.server.next(reader);
    world.server.editText(reader, first.message.messageId - 1, 'LoRA');
    const second = await world.server.next(reader);
    expect(second).toMatchObject({ kind: 'edited', message: { messageId: first.message.messageId } });
    expect(second.message.text).toContain('12');
  });

  it('the settings are one message that is changed in place, and the language that was chosen there stays', async () => {
    const world = await open();
    world.server.addUser({ id: otherReader, language_code: 'en' });
    const settings = await answerTo(world, '/settings');
    for (const label of ['10 per page', '中文']) {
      world.server.press(settings, label);
      expect(await world.server.next(otherReader)).toMatchObject({
        kind: 'edited',
        message: { messageId: settings.messageId },
      });
    }
    expect(world.server.deliveredTo(otherReader)[0]?.text).toContain('10');
    const { text, keyboard } = await answerTo(world, 'LoRA');
    expect(text).toMatch(/12 篇/);
    expect(keyboard.slice(0, 2).flat()).toHaveLength(10);
  });

  it.each(['after a restart', 'of a press before it'])('an edited question changes its answer %s', async (when) => {
    const world = await open();
    world.server.say(reader, 'LoRA');
    const first = (await world.server.next(reader)).message;
    if (when === 'after a restart') await world.restart();
    else world.server.press(first, '1');
    world.server.editText(reader, first.messageId - 1, 'Agents');
    await eventually(() =>
      expect(world.server.deliveredTo(reader)[0]).toMatchObject({
        edits: 1,
        text: expect.stringContaining('“Agents”'),
      }),
    );
  });

  it('an edited question changes its answer in the group where it was asked', async () => {
    const world = await open();
    world.server.addGroup(group);
    for (const text of ['/search LoRA', '/latest']) await answerTo(world, text, group);
    world.server.editText(group, 1, '/search Agents');
    const { kind, message } = await world.server.next(group);
    expect(kind).toBe('edited');
    expect(message.text).toContain('“Agents”');
    expect(message.messageId).toBe(2);
  });

  it('a question whose answer is gone, or was never given, is answered anew when it is edited', async () => {
    const world = await open();
    const first = await answerTo(world, 'LoRA', reader);
    world.server.deleteMessage(first);
    world.server.editText(reader, first.messageId - 1, 'Agents');
    expect(await world.server.next(reader)).toMatchObject({ kind: 'sent' });
    world.server.editText(reader, 9_999, 'LoRA');
    expect(await world.server.next(reader)).toMatchObject({ kind: 'sent' });
  });

  it('a reader who is forgotten leaves nothing of the answers behind', async () => {
    const world = await open();
    await answerTo(world, '/subscribe', reader);
    const kept = () => world.values.get(`telegram.answers.${reader}`);
    await eventually(async () => expect(await kept()).toBeDefined());
    await answerTo(world, '/forget', reader);
    await world.stop();
    expect(await kept()).toBeUndefined();
  });

  it('says that the numbers of messages are kept', async () => {
    const world = await open();
    world.server.addUser({ id: otherReader, language_code: 'en' });
    expect((await answerTo(world, '/privacy')).text).toContain('numbers of your last messages');
  });

  it('somebody who moves with a live location is answered once', async () => {
    const world = await open();
    const location = (latitude: number) => ({ location: { latitude, longitude: 0, live_period: 900 } });
    world.server.post(reader, location(0));
    await world.server.next(reader);
    for (const latitude of [1, 2, 3]) world.server.edit(reader, 1, location(latitude));
    await answerTo(world, '/start', reader);
    expect(world.server.deliveredTo(reader)).toHaveLength(2);
  });

  it('what waited longer than ten minutes is not answered', async () => {
    const world = await open();
    world.server.say(reader, '/search LoRA', { at: new Date(Date.now() - 11 * 60_000) });
    world.server.say(reader, '/latest', { at: new Date(Date.now() - 9 * 60_000) });
    await world.server.next(reader);
    await answerTo(world, '/start', reader);
    expect(world.server.deliveredTo(reader)).toHaveLength(2);
  });

  it('answers come in the order of the questions', async () => {
    const world = await open();
    const words = Array.from({ length: 40 }, (_, at) => `word${at}`);
    for (const word of words) world.server.say(reader, word);
    for (const word of words) expect((await world.server.next(reader)).message.text).toContain(word);
  });

  it('a chat with much to say does not hold up the others', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    const world = await open({
      conversation: (real) => ({
        answer: async (incoming, signal) => {
          if (incoming.address.chat === String(reader)) await gate;
          return real.answer(incoming, signal);
        },
      }),
    });
    for (let time = 0; time < 1_000; time += 1) world.server.say(reader, 'LoRA');
    expect((await answerTo(world, '/start')).text).toContain('15');
    expect(world.server.deliveredTo(reader)).toHaveLength(0);
    release();
    await eventually(() => expect(world.server.deliveredTo(reader)).toHaveLength(300), 30_000);
    expect(world.log.lines.filter(({ message }) => message.includes('than can be answered'))).toHaveLength(1);
  });
});

describe('the profile', () => {
  it('lists the commands in both languages, and is not looked at again at the next start', async () => {
    const world = await open();
    await eventually(async () =>
      expect(await world.values.get(`telegram.descriptions.${world.server.bot.id}`)).toBeDefined(),
    );
    const calls = world.server.calls.length;
    await world.restart();
    await answerTo(world, '/start');
    await world.stop();
    const scopes = world.server
      .callsOf('setMyCommands')
      .map(
        ({ parameters }) => `${(parameters.scope as { type: string }).type} ${parameters.language_code ?? 'others'}`,
      );
    expect(scopes.sort()).toEqual(
      ['all_chat_administrators', 'all_group_chats', 'default'].flatMap((scope) => [
        `${scope} en`,
        `${scope} others`,
        `${scope} zh`,
      ]),
    );
    const later = world.server.calls.slice(calls).map(({ method }) => method);
    expect(later.filter((method) => /^[gs]etMy/.test(method))).toEqual([]);
  });

  it('sets a list only where another one is there', async () => {
    const world = await open();
    const known = `telegram.commands.${world.server.bot.id}`;
    await eventually(async () => expect(await world.values.get(known)).toBeDefined());
    const first = world.server.callsOf('setMyCommands');
    const others = first.find(({ parameters }) => parameters.language_code === 'en')?.parameters;
    const body = JSON.stringify({ ...others, commands: [{ command: 'other', description: 'Somebody else’s' }] });
    const headers = { 'content-type': 'application/json' };
    await fetch(`${world.server.url}/bot${world.server.token}/setMyCommands`, { method: 'POST', headers, body });
    await world.values.remove(known);
    await world.restart();
    await eventually(async () => expect(await world.values.get(known)).toBeDefined());
    const later = world.server.callsOf('setMyCommands').slice(first.length + 1);
    expect(later.map(({ parameters }) => parameters)).toEqual([others]);
  });

  it('offers subscriptions in groups to administrators only, and personal matters in private only', async () => {
    const world = await open();
    await eventually(() => expect(world.server.callsOf('setMyCommands')).toHaveLength(9));
    const namesFor = (scope: string) =>
      world.server
        .callsOf('setMyCommands')
        .filter(
          ({ parameters }) => JSON.stringify(parameters.scope).includes(scope) && parameters.language_code === 'en',
        )
        .flatMap(({ parameters }) => (parameters.commands as { command: string }[]).map(({ command }) => command));
    expect(namesFor('default')).toEqual(expect.arrayContaining(['search', 'subscribe', 'forget']));
    expect(namesFor('all_group_chats')).toEqual(expect.arrayContaining(['search', 'latest']));
    expect(namesFor('all_group_chats')).not.toEqual(expect.arrayContaining(['subscribe']));
    expect(namesFor('all_chat_administrators')).toEqual(expect.arrayContaining(['search', 'subscribe']));
    expect(namesFor('all_chat_administrators')).not.toEqual(expect.arrayContaining(['forget']));
  });

  it('leaves a description of the bot alone that somebody has written', async () => {
    const world = await open();
    await eventually(async () =>
      expect(await world.values.get(`telegram.descriptions.${world.server.bot.id}`)).toBeDefined(),
    );
    const described = () => world.server.callsOf('setMyDescription').map(({ parameters }) => parameters.language_code);
    expect(described()).toEqual(['en', 'zh', undefined]);
    await world.values.remove(`telegram.descriptions.${world.server.bot.id}`);
    await world.restart();
    await eventually(async () =>
      expect(await world.values.get(`telegram.descriptions.${world.server.bot.id}`)).toBeDefined(),
    );
    expect(described()).toHaveLength(3);
  });

  describe('of admins', () => {
    const admin = 77;
    const listOf = (world: TelegramWorld, chat: number, type = 'chat') =>
      world.server
        .callsOf('setMyCommands')
        .filter(
          ({ parameters }) =>
            JSON.stringify(parameters.scope) === JSON.stringify({ type, chat_id: chat }) &&
            parameters.language_code === undefined,
        )
        .map(({ parameters }) => (parameters.commands as { command: string }[]).map(({ command }) => command));

    it('lists their commands in their chats, and in nobody else’s', async () => {
      const world = await open({ admins: [String(admin), String(group)] });
      await world.stop();
      await answerToStart(world, admin);
      await eventually(() => expect(listOf(world, admin).flat()).toEqual(expect.arrayContaining(['search', 'stats'])));
      await eventually(() =>
        expect(listOf(world, group, 'chat_administrators').flat()).toEqual(expect.arrayContaining(['search', 'stats'])),
      );
      expect(listOf(world, group, 'chat_administrators').flat()).not.toContain('forget');
      const forOthers = world.server
        .callsOf('setMyCommands')
        .filter(({ parameters }) => !JSON.stringify(parameters.scope).includes('chat_id'));
      expect(JSON.stringify(forOthers)).not.toMatch(/"(?:stats|announce|reload|broadcast)"/);
    });

    async function answerToStart(world: TelegramWorld, chat: number) {
      world.server.addGroup(group);
      world.server.say(chat, '/start');
      await world.start();
      await world.server.next(chat);
    }

    it('waits for one whose chat there is not yet, and does not keep the others from theirs', async () => {
      const world = await open({ admins: ['78', String(admin)] });
      await world.stop();
      await answerToStart(world, admin);
      await eventually(() => expect(listOf(world, admin)).toHaveLength(1));
      world.server.say(78, '/start');
      await world.server.next(78);
      await world.restart();
      await eventually(() => expect(listOf(world, 78).at(-1)).toEqual(expect.arrayContaining(['stats'])));
    });

    it('takes them from one who is no admin any more', async () => {
      const world = await open({ admins: [String(admin)] });
      await world.stop();
      await answerToStart(world, admin);
      await eventually(() => expect(listOf(world, admin)).toHaveLength(1));
      await world.restart({ admins: [] });
      await eventually(() => expect(world.server.callsOf('deleteMyCommands')).toHaveLength(3));
    });
  });

  describe('with its menu button', () => {
    const settled = (world: TelegramWorld) =>
      eventually(async () =>
        expect(await world.values.get(`telegram.menu-button.${world.server.bot.id}`)).toBeDefined(),
      );
    const set = (world: TelegramWorld) =>
      world.server.callsOf('setChatMenuButton').map(({ parameters }) => parameters.menu_button);
    const app = (url: string) => ({ type: 'web_app', text: '文章', web_app: { url } });

    it.each([undefined, 'http://localhost:8080'])(
      'leaves the list of commands where the address is %s',
      async (publicUrl) => {
        const world = await open(publicUrl === undefined ? {} : { publicUrl });
        await settled(world);
        expect(set(world)).toEqual([]);
      },
    );

    it('opens the Mini App where the address is https, and is set once', async () => {
      const world = await open({ publicUrl: 'https://postbell.example' });
      await settled(world);
      expect(set(world)).toEqual([app('https://postbell.example/app')]);
      await world.restart();
      await answerTo(world, '/start');
      expect(set(world)).toHaveLength(1);
    });

    it('follows the address when it changes', async () => {
      const world = await open({ publicUrl: 'https://postbell.example' });
      await settled(world);
      await world.restart({ publicUrl: 'https://moved.example' });
      await eventually(() => expect(set(world).at(-1)).toEqual(app('https://moved.example/app')));
    });

    it('leaves an app alone that somebody else has set', async () => {
      const world = await open();
      await settled(world);
      const foreign = app('https://somebody.example/app');
      const body = JSON.stringify({ menu_button: foreign });
      const headers = { 'content-type': 'application/json' };
      await fetch(`${world.server.url}/bot${world.server.token}/setChatMenuButton`, { method: 'POST', headers, body });
      await world.values.remove(`telegram.menu-button.${world.server.bot.id}`);
      await world.restart();
      await settled(world);
      expect(set(world)).toEqual([foreign]);
    });
  });

  it('does not hold up the start', async () => {
    const world = await open();
    world.server.faults.add({ method: 'getMyCommands', times: 99, does: { kind: 'late-answer', ms: 2_000 } });
    await world.restart();
    expect((await answerTo(world, '/start')).text).toContain('15');
  });
});
