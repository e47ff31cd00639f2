import { answerTo, closeWorlds, openWorld } from '../../support/telegram/open-world.ts';
import { samplePosts } from '../../support/telegram/sample-posts.ts';
import type { BotMessage } from '../../support/telegram/world.ts';

const reader = 6_749_308_768;
const labels = (message: BotMessage) => message.keyboard.flat().map(({ text }) => text);

afterEach(closeWorlds);

describe.each(['polling', 'webhook'] as const)('over %s', (transport) => {
  it('a reader gets an answer to a command', async () => {
    const world = await openWorld({ transport });
    expect((await answerTo(world, '/start')).text).toContain('15');
  });

  it('plain words in a private chat are searched for, and each title links to its article', async () => {
    const message = await answerTo(await openWorld({ transport }), 'LoRA');
    expect(message.text).toContain('12');
    expect(message.entities.filter(({ type }) => type === 'text_link').map(({ url }) => url)).toEqual(
      [0, 1, 2, 3, 4].map((number) => `https://blog.example/posts/${number}?a=1&b=2`),
    );
  });

  it('pages turn in place, also after a restart', async () => {
    const world = await openWorld({ transport });
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
    const world = await openWorld({ transport });
    await answerTo(world, '/start');
    await world.stop();
    world.server.say(reader, '/search LoRA');
    await world.start();
    expect((await world.server.next(reader)).message.text).toContain('LoRA');
  });

  it('switching to the other transport loses no update', async () => {
    const world = await openWorld({ transport });
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
    const world = await openWorld({ posts });
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
    const world = await openWorld({
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
    const world = await openWorld();
    const first = await answerTo(world, 'LoRA', reader);
    world.server.press(first, '1/3');
    world.server.press(first, '›');
    expect((await world.server.next(reader)).message.text).toContain('第 6 讲');
    expect(world.server.deliveredTo(reader)).toHaveLength(1);
    expect(world.log.lines.filter(({ level }) => level === 'warn')).toEqual([]);
  });

  it('of a deleted message answer with a new one', async () => {
    const world = await openWorld();
    const first = await answerTo(world, 'LoRA', reader);
    world.server.deleteMessage(first);
    world.server.press(first, '›');
    expect(await world.server.next(reader)).toMatchObject({ kind: 'sent' });
  });

  it('that nobody can read any more bring the help', async () => {
    const world = await openWorld();
    const first = await answerTo(world, 'LoRA', reader);
    const old = { ...first, keyboard: [[{ text: 'old', data: '=#forgotten' }]] };
    world.server.press(old, 'old');
    expect((await world.server.next(reader)).message.text).toContain('/search');
  });
});
