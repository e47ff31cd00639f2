import { type Clock, systemClock } from '../../../src/kernel/clock.ts';
import { samplePosts } from '../../support/telegram/sample-posts.ts';
import { createTelegramWorld, eventually, type TelegramWorld } from '../../support/telegram/telegram-world.ts';

const reader = 41;
let world: TelegramWorld;

/** A later process sees the leases of one that died as run out, without anybody waiting for it. */
const aMinuteLater: Clock = { ...systemClock, now: () => new Date(Date.now() + 60_000) };

afterEach(() => world.close());

it('an update that reaches two processes behind one address is answered once', async () => {
  world = await createTelegramWorld({ posts: samplePosts, transport: 'webhook' });
  const second = await world.startAnother();
  await eventually(() => expect(world.server.feed.webhook()).toBeDefined());
  for (let time = 0; time < 20; time += 1) {
    const said = world.server.say(reader, `LoRA ${time}`);
    if (!said) throw new Error('the update was not taken');
    const statuses = () => Promise.all([world.bring(said, 0), world.bring(said, 1)]);
    await eventually(async () => expect(await statuses()).toEqual([200, 200]));
  }
  await eventually(() => expect(world.server.deliveredTo(reader)).toHaveLength(20));
  world.server.say(reader, '/start');
  await eventually(() => expect(world.server.deliveredTo(reader)).toHaveLength(21));
  await second.stop();
});

it('what a process leaves when it dies is answered by another', async () => {
  let hang = true;
  world = await createTelegramWorld({
    posts: samplePosts,
    transport: 'webhook',
    conversation: (real) => ({
      answer: (incoming, signal) => (hang ? new Promise(() => {}) : real.answer(incoming, signal)),
    }),
  });
  world.server.say(reader, 'LoRA');
  await eventually(() => {
    expect(world.server.callsOf('setWebhook')).toHaveLength(1);
    expect(world.server.feed.waiting()).toEqual([]);
  });
  hang = false;
  const second = await world.startAnother(aMinuteLater);
  expect((await world.server.next(reader)).message.text).toContain('LoRA');
  await second.stop();
  expect(world.server.deliveredTo(reader)).toHaveLength(1);
});

it('an edited question changes the answer that another process has given', async () => {
  world = await createTelegramWorld({ posts: samplePosts, transport: 'webhook' });
  world.server.say(reader, 'LoRA');
  const given = (await world.server.next(reader)).message;
  const second = await world.startAnother();
  await world.stop();
  const edited = world.server.editText(reader, given.messageId - 1, 'Agents');
  if (!edited) throw new Error('the update was not taken');
  await eventually(async () => expect(await world.bring(edited, 1)).toBe(200));
  expect(await world.server.next(reader)).toMatchObject({
    kind: 'edited',
    message: { messageId: given.messageId, text: expect.stringContaining('“Agents”') },
  });
  await second.stop();
});
