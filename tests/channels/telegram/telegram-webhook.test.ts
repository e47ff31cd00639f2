import { request } from 'node:http';
import { type Clock, systemClock } from '../../../src/kernel/clock.ts';
import { samplePosts } from '../../support/telegram/sample-posts.ts';
import {
  createTelegramWorld,
  eventually,
  type TelegramWorld,
  type TelegramWorldOptions,
} from '../../support/telegram/telegram-world.ts';

const reader = 41;
const secret = 'a-secret_of-ours';
const worlds: TelegramWorld[] = [];

async function open(options: TelegramWorldOptions = {}): Promise<TelegramWorld> {
  const world = await createTelegramWorld({ posts: samplePosts, transport: 'webhook', secret, ...options });
  worlds.push(world);
  await eventually(() => expect(world.server.feed.webhook()).toBeDefined());
  return world;
}

const update = {
  update_id: 5,
  message: { message_id: 1, date: 0, chat: { id: reader, type: 'private' }, text: 'LoRA' },
};

/** A request of somebody; its status. */
function post(world: TelegramWorld, body: string | Buffer, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const target = world.server.feed.webhook()?.target ?? '';
    request(target, { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end(body);
  });
}

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

it.each([
  ['no secret', {}],
  ['an empty secret', { 'x-telegram-bot-api-secret-token': '' }],
  ['a wrong secret', { 'x-telegram-bot-api-secret-token': 'a-secret_of-theirs' }],
])('a request with %s is refused and not answered', async (_what, headers) => {
  const world = await open();
  expect(await post(world, JSON.stringify(update), headers)).toBe(401);
  world.server.say(reader, '/start');
  await world.server.next(reader);
  expect(world.server.deliveredTo(reader)).toHaveLength(1);
});

it.each([
  ['no JSON', 'hello', 400],
  ['nothing', '', 400],
  ['no update', '{"message":{}}', 400],
  ['a list', '[]', 400],
  ['too much', Buffer.alloc(1024 * 1024 + 1, 32), 413],
])('a body of %s is refused', async (_what, body, status) => {
  const world = await open();
  expect(await post(world, body, { 'x-telegram-bot-api-secret-token': secret })).toBe(status);
});

it('a secret of our own making is kept over restarts', async () => {
  const world = await createTelegramWorld({ posts: samplePosts, transport: 'webhook' });
  worlds.push(world);
  await eventually(() => expect(world.server.feed.webhook()?.secret).toMatch(/^[\w-]{43}$/));
  await world.restart();
  world.server.say(reader, '/start');
  await world.server.next(reader);
  expect(world.server.callsOf('setWebhook')).toHaveLength(1);
});

it('an update that comes twice, also at the same moment and after a restart, is answered once', async () => {
  const world = await open();
  const said = world.server.say(reader, 'LoRA');
  await world.server.next(reader);
  if (!said) throw new Error('the update was not taken');
  expect(await Promise.all([world.server.feed.bring(said), world.server.feed.bring(said)])).toEqual([200, 200]);
  await world.restart();
  await eventually(async () => expect(await world.server.feed.bring(said)).toBe(200));
  world.server.say(reader, '/start');
  await world.server.next(reader);
  expect(world.server.deliveredTo(reader)).toHaveLength(2);
});

it('a request is answered before the work is done', async () => {
  let release = () => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  const world = await open({
    conversation: (real) => ({
      answer: async (incoming, signal) => {
        await gate;
        return real.answer(incoming, signal);
      },
    }),
  });
  world.server.say(reader, 'LoRA');
  await eventually(() => expect(world.server.feed.waiting()).toEqual([]));
  expect(world.server.deliveredTo(reader)).toEqual([]);
  release();
  await world.server.next(reader);
  expect(world.server.feed.failures()).toBe(0);
});

it('what cannot be kept is refused, so that Telegram brings it again', async () => {
  const world = await open();
  const put = world.values.put;
  let failures = 2;
  Object.assign(world.values, {
    put: async (...args: Parameters<typeof put>) => {
      if (args[0].startsWith('telegram.updates.') && failures-- > 0) throw new Error('the disk is full');
      return put(...args);
    },
  });
  world.server.say(reader, 'LoRA');
  expect((await world.server.next(reader)).message.text).toContain('LoRA');
  expect(world.server.feed.failures()).toBe(2);
});

it('an update that was claimed, but the answer of the database was lost, is answered when it comes again', async () => {
  const world = await open();
  const putIfAbsent = world.values.putIfAbsent;
  let losses = 1;
  Object.assign(world.values, {
    putIfAbsent: async (...args: Parameters<typeof putIfAbsent>) => {
      const put = await putIfAbsent(...args);
      if (args[0].startsWith('telegram.update.') && losses-- > 0) throw new Error('the connection broke');
      return put;
    },
  });
  world.server.say(reader, 'LoRA');
  expect((await world.server.next(reader)).message.text).toContain('LoRA');
  expect(world.server.feed.failures()).toBe(1);
});

it('before the channel runs, Telegram is asked to come again', async () => {
  const world = await open();
  await world.stop();
  expect(await post(world, JSON.stringify(update), { 'x-telegram-bot-api-secret-token': secret })).toBe(503);
});

it('only updates that are read are asked for', async () => {
  const world = await open();
  const [call] = world.server.callsOf('setWebhook');
  expect(call?.parameters.allowed_updates).toEqual(
    expect.arrayContaining(['message', 'callback_query', 'my_chat_member']),
  );
  expect(call?.parameters.allowed_updates).not.toContain('poll');
});

/** A clock on which every pause is over at once, but for those that only gather work. */
const impatient: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(ms > 1_000 ? 20 : ms, signal) };

it('an address that somebody has taken away is told to Telegram again, and to the log', async () => {
  const world = await open({ clock: impatient });
  world.server.feed.setWebhook(undefined, undefined);
  world.server.say(reader, '/start');
  expect((await world.server.next(reader)).message.text).toContain('15');
  const told = world.log.lines.filter(({ message }) => message.includes('stop the other process'));
  expect(told).toMatchObject([{ level: 'warn' }]);
});

it('what keeps Telegram from reaching us is told as trouble', async () => {
  const world = await open({ clock: impatient });
  world.server.routeWebhook('https://postbell.example', 'http://127.0.0.1:9');
  world.server.feed.setWebhook(undefined, undefined);
  world.server.say(reader, '/start');
  await eventually(() => expect(world.channel().trouble()).toContain('Connection refused'));
});
