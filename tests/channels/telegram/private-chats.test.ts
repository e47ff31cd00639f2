import { answerTo, closeWorlds, openWorld } from '../../support/telegram/open-world.ts';
import { eventually, type TelegramWorld } from '../../support/telegram/telegram-world.ts';

const reader = 6_749_308_768;
const otherReader = 41;
const subscriber = (world: TelegramWorld, chat: number, topic?: string) =>
  world.book.find({ channel: 'telegram', chat: String(chat), ...(topic !== undefined && { topic }) });

afterEach(closeWorlds);

describe('private chats', () => {
  it('a reader who blocks the bot is suspended and comes back with all subscriptions', async () => {
    const world = await openWorld();
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
    const world = await openWorld();
    await answerTo(world, '/subscribe', reader);
    expect(await subscriber(world, reader)).toMatchObject({ address: { chat: '6749308768' } });
  });

  it('a picture without words is answered too', async () => {
    const world = await openWorld();
    world.server.post(reader, { photo: [{ file_id: 'x', width: 1, height: 1 }] });
    expect((await world.server.next(reader)).message.text).not.toBe('');
  });

  it('English readers are answered in English', async () => {
    const world = await openWorld();
    world.server.addUser({ id: otherReader, language_code: 'en' });
    expect((await answerTo(world, '/search nothing like it')).text).not.toMatch(/\p{Script=Han}/u);
  });

  it('an edited question changes its answer', async () => {
    const world = await openWorld();
    world.server.say(reader, 'LoRa nothing');
    const first = await world.server.next(reader);
    world.server.editText(reader, first.message.messageId - 1, 'LoRA');
    const second = await world.server.next(reader);
    expect(second).toMatchObject({ kind: 'edited', message: { messageId: first.message.messageId } });
    expect(second.message.text).toContain('12');
  });

  it('the settings are one message that is changed in place, and the language that was chosen there stays', async () => {
    const world = await openWorld();
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
    const world = await openWorld();
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

  it('a question whose answer is gone, or was never given, is answered anew when it is edited', async () => {
    const world = await openWorld();
    const first = await answerTo(world, 'LoRA', reader);
    world.server.deleteMessage(first);
    world.server.editText(reader, first.messageId - 1, 'Agents');
    expect(await world.server.next(reader)).toMatchObject({ kind: 'sent' });
    world.server.editText(reader, 9_999, 'LoRA');
    expect(await world.server.next(reader)).toMatchObject({ kind: 'sent' });
  });

  it('a reader who is forgotten leaves nothing of what was answered, and what was not, behind', async () => {
    const world = await openWorld();
    world.server.say(reader, 'LoRA', { at: new Date(Date.now() - 11 * 60_000) });
    await world.server.next(reader);
    await answerTo(world, '/subscribe', reader);
    const kept = () => Promise.all(['answers', 'late'].map((what) => world.values.get(`telegram.${what}.${reader}`)));
    await eventually(async () => expect(await kept()).toEqual([expect.any(String), expect.any(String)]));
    await answerTo(world, '/forget', reader);
    await world.stop();
    expect(await kept()).toEqual([undefined, undefined]);
  });

  it('says that the numbers of messages are kept', async () => {
    const world = await openWorld();
    world.server.addUser({ id: otherReader, language_code: 'en' });
    expect((await answerTo(world, '/privacy')).text).toContain('numbers of your last messages');
  });

  it('somebody who moves with a live location is answered once', async () => {
    const world = await openWorld();
    const location = (latitude: number) => ({ location: { latitude, longitude: 0, live_period: 900 } });
    world.server.post(reader, location(0));
    await world.server.next(reader);
    for (const latitude of [1, 2, 3]) world.server.edit(reader, 1, location(latitude));
    await answerTo(world, '/start', reader);
    expect(world.server.deliveredTo(reader)).toHaveLength(2);
  });

  it('what waited longer than ten minutes is summed up in one message, whose button does it all the same', async () => {
    const world = await openWorld();
    const minutesAgo = (minutes: number) => ({ at: new Date(Date.now() - minutes * 60_000) });
    for (const text of ['/subscribe LoRA', 'Agents', '/forget']) world.server.say(reader, text, minutesAgo(11));
    world.server.say(reader, '/latest', minutesAgo(9));
    const notice = (await world.server.next(reader)).message;
    expect(notice.text).toContain('“/subscribe LoRA”');
    await world.server.next(reader);
    expect(world.server.deliveredTo(reader)).toHaveLength(2);
    expect(await subscriber(world, reader)).toBeUndefined();
    await world.restart();
    world.server.say(reader, 'Agents', minutesAgo(12));
    world.server.press(notice, '现在就要');
    await world.server.next(reader);
    expect(await subscriber(world, reader)).toMatchObject({ subscriptions: [{ kind: 'query', query: 'LoRA' }] });
    expect(world.server.deliveredTo(reader)).toHaveLength(3);
  });

  it('answers come in the order of the questions', async () => {
    const world = await openWorld();
    const words = Array.from({ length: 40 }, (_, at) => `word${at}`);
    for (const word of words) world.server.say(reader, word);
    for (const word of words) expect((await world.server.next(reader)).message.text).toContain(word);
  });

  it('a chat with much to say does not hold up the others', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    const world = await openWorld({
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
