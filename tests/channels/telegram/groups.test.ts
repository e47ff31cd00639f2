import { answerTo, closeWorlds, openWorld } from '../../support/telegram/open-world.ts';
import { eventually, type TelegramWorld, type TelegramWorldOptions } from '../../support/telegram/telegram-world.ts';
import { groupMember, groupOwner } from '../../support/telegram/world.ts';

const group = -1_001_234_567_890;
const subscriber = (world: TelegramWorld, chat: number, topic?: string) =>
  world.book.find({ channel: 'telegram', chat: String(chat), ...(topic !== undefined && { topic }) });

afterEach(closeWorlds);

describe('in groups', () => {
  async function openGroup(options: TelegramWorldOptions = {}) {
    const world = await openWorld({ username: 'OurBot', ...options });
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

  it('what waited longer than ten minutes is passed over', async () => {
    const world = await openGroup();
    world.server.say(group, '/search LoRA', { at: new Date(Date.now() - 11 * 60_000) });
    expect((await answerTo(world, '/search Agents', group)).text).toContain('“Agents”');
    expect(world.server.deliveredTo(group)).toHaveLength(1);
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

  it('an edited question changes its answer in the group where it was asked', async () => {
    const world = await openGroup();
    for (const text of ['/search LoRA', '/latest']) await answerTo(world, text, group);
    world.server.editText(group, 1, '/search Agents');
    const { kind, message } = await world.server.next(group);
    expect(kind).toBe('edited');
    expect(message.text).toContain('“Agents”');
    expect(message.messageId).toBe(2);
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

  it('being restricted greets nobody and changes nothing, unless the bot is out', async () => {
    const world = await openGroup();
    world.server.say(group, '/subscribe', { from: groupOwner });
    await world.server.next(group);
    const restrict = (before: object, after: object) =>
      world.server.feed.add(
        'my_chat_member',
        {
          chat: { id: group, type: 'supergroup', title: 'Group' },
          from: { id: groupOwner, is_bot: false, first_name: 'Owner' },
          date: 0,
          old_chat_member: { user: world.server.bot, ...before },
          new_chat_member: { user: world.server.bot, ...after },
        },
        group,
      );
    const restricted = (is_member: boolean) => ({ status: 'restricted', is_member });
    restrict({ status: 'member' }, restricted(true));
    await answerTo(world, '/latest', group);
    expect(await subscriber(world, group)).toMatchObject({ state: 'active' });
    restrict(restricted(true), restricted(false));
    await eventually(async () => expect(await subscriber(world, group)).toMatchObject({ state: 'suspended' }));
    restrict(restricted(false), restricted(true));
    expect((await world.server.next(group)).message.text).toContain('15');
    expect(await subscriber(world, group)).toMatchObject({ state: 'active' });
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
    const world = await openWorld();
    const channel = -1_007_777;
    world.server.addGroup(channel, { type: 'channel' });
    world.server.broadcast(channel, 'LoRA is out');
    world.server.broadcast(channel, '/search LoRA');
    expect((await world.server.next(channel)).message.text).toContain('“LoRA”');
    expect(world.server.deliveredTo(channel)).toHaveLength(1);
  });
});
