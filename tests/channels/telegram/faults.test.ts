import { answerTo, closeWorlds, openWorld } from '../../support/telegram/open-world.ts';
import { eventually, type TelegramWorld } from '../../support/telegram/telegram-world.ts';

const reader = 41;

async function ask(world: TelegramWorld, text: string, chat = reader): Promise<string> {
  return (await answerTo(world, text, chat)).text;
}

afterEach(closeWorlds);

describe('an answer arrives once, although', () => {
  it.each([
    [
      'Telegram asks to wait',
      { kind: 'refuse', code: 429, description: 'Too Many Requests: retry after 1', retryAfter: 1 },
    ],
    ['the server is out of order', { kind: 'refuse', code: 500, description: 'Internal Server Error' }],
    ['a proxy answers with a page', { kind: 'proxy-page', code: 502 }],
    ['the connection breaks', { kind: 'drop-before' }],
  ] as const)('%s', async (_what, does) => {
    const world = await openWorld();
    world.server.faults.add({ method: 'sendMessage', does });
    expect(await ask(world, '/start')).toContain('15');
    await ask(world, '/latest');
    expect(world.server.deliveredTo(reader)).toHaveLength(2);
  });

  it('the edit of a page is done and its answer lost', async () => {
    const world = await openWorld();
    world.server.say(reader, 'LoRA');
    const first = (await world.server.next(reader)).message;
    world.server.faults.add({ method: 'editMessageText', does: { kind: 'drop-after' } });
    world.server.press(first, '›');
    expect((await world.server.next(reader)).kind).toBe('edited');
    await ask(world, '/start');
    expect(world.server.deliveredTo(reader)).toHaveLength(2);
  });
});

it('a message whose answer is lost is repeated once at most', async () => {
  const world = await openWorld();
  world.server.faults.add({ method: 'sendMessage', times: 10, does: { kind: 'drop-after' } });
  world.server.say(reader, '/start');
  await eventually(() =>
    expect(world.log.lines.some(({ message }) => message === 'an answer did not arrive')).toBe(true),
  );
  expect(world.server.deliveredTo(reader)).toHaveLength(2);
});

it('an answer that has most likely arrived is not sent again after a time-out', async () => {
  const world = await openWorld();
  world.server.faults.add({ method: 'sendMessage', does: { kind: 'proxy-page', code: 504, done: true } });
  await ask(world, '/start');
  await ask(world, '/latest');
  expect(world.server.deliveredTo(reader)).toHaveLength(2);
});

it.each(["can't parse entities: Unsupported start tag", 'BUTTON_DATA_INVALID', 'ENTITIES_TOO_LONG'])(
  'an answer that is refused (%s) arrives in bare words, and is told in the log',
  async (what) => {
    const world = await openWorld();
    const does = { kind: 'refuse', code: 400, description: `Bad Request: ${what}` } as const;
    world.server.faults.add({ method: 'sendMessage', does });
    world.server.say(reader, 'Agents');
    const { message } = await world.server.next(reader);
    expect(message).toMatchObject({ entities: [], keyboard: [] });
    expect(message.text).toContain('Agents <and> tools & "quotes" 1 https://blog.example/posts/100?a=1&b=2');
    expect(world.log.lines).toContainEqual(expect.objectContaining({ level: 'error' }));
  },
);

it('a page that is refused as an edit arrives as a new message', async () => {
  const world = await openWorld();
  world.server.say(reader, 'LoRA');
  const first = (await world.server.next(reader)).message;
  const does = { kind: 'refuse', code: 400, description: 'Bad Request: ENTITIES_TOO_LONG' } as const;
  world.server.faults.add({ method: 'editMessageText', does });
  world.server.press(first, '›');
  expect(await world.server.next(reader)).toMatchObject({ kind: 'sent' });
});

it('a list of fifty subscriptions is one message with a button for each', async () => {
  const world = await openWorld();
  const address = { channel: 'telegram', chat: String(reader) } as const;
  const subscriptions = Array.from(
    { length: 50 },
    (_, at) => ({ kind: 'query', query: `查询 ${at} ${'字'.repeat(80)}` }) as const,
  );
  await world.book.change(address, () => ({ address, subscriptions, state: 'active', since: new Date() }));
  world.server.say(reader, '/subscriptions');
  const { message } = await world.server.next(reader);
  expect(message.text).toContain('50. ');
  expect(message.keyboard.flat().filter(({ text }) => text.startsWith('✕'))).toHaveLength(50);
});

it('a chat that is asked to wait for hours gets no answer, and the others are served', async () => {
  const world = await openWorld();
  const does = { kind: 'refuse', code: 429, description: 'Too Many Requests', retryAfter: 43_837 } as const;
  world.server.faults.add({ method: 'sendMessage', chat: 7, does });
  world.server.say(7, '/start');
  expect(await ask(world, '/start')).toContain('15');
  expect(await ask(world, '/start', 7)).toContain('15');
  expect(world.server.deliveredTo(7)).toHaveLength(1);
});

it('a group that becomes a supergroup during the answer gets it there', async () => {
  const world = await openWorld();
  world.server.addGroup(-5, { type: 'group' });
  world.server.say(-5, '/start');
  world.server.migrate(-5, -1_005, []);
  expect((await world.server.next(-1_005)).message.text).toContain('15');
});

describe('stopping', () => {
  it('finishes what is begun and leaves the rest to the next start', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    let begun = 0;
    const world = await openWorld({
      conversation: (real) => ({
        answer: async (incoming, signal) => {
          begun += 1;
          await gate;
          return real.answer(incoming, signal);
        },
      }),
    });
    world.server.say(reader, 'first');
    world.server.say(reader, 'second');
    await eventually(() => {
      expect(begun).toBe(1);
      expect(world.server.feed.waiting()).toEqual([]);
    });
    const stopped = world.stop();
    release();
    await stopped;
    expect(world.server.deliveredTo(reader).map(({ text }) => text)).toEqual([expect.stringContaining('first')]);
    await world.start();
    await eventually(() =>
      expect(world.server.deliveredTo(reader).map(({ text }) => text)).toEqual([
        expect.stringContaining('first'),
        expect.stringContaining('second'),
      ]),
    );
  });

  it('leaves an answer that Telegram makes wait to the next start', async () => {
    const world = await openWorld();
    const does = { kind: 'refuse', code: 429, description: 'Too Many Requests', retryAfter: 50 } as const;
    world.server.faults.add({ method: 'sendMessage', does });
    world.server.say(reader, 'LoRA');
    await eventually(() => expect(world.server.callsOf('sendMessage')).toHaveLength(1));
    await world.stop();
    expect(world.server.deliveredTo(reader)).toEqual([]);
    await world.start();
    expect((await world.server.next(reader)).message.text).toContain('LoRA');
  });

  it('ends while Telegram cannot be reached', async () => {
    const world = await openWorld();
    world.server.faults.add({ method: 'getMe', times: 1_000, does: { kind: 'drop-before' } });
    await world.restart();
    await eventually(() => expect(world.channel().trouble()).toContain('cannot be reached'));
    await world.stop();
  });
});

it('a reader who blocks the bot before the answer comes holds up nobody', async () => {
  const world = await openWorld();
  await ask(world, '/start');
  world.server.setBotStatus(reader, 'kicked', { silently: true });
  for (const text of ['LoRA', '/subscribe', '/settings']) world.server.say(reader, text);
  expect(await ask(world, '/start', 7)).toContain('15');
  await eventually(() =>
    expect(world.log.lines.filter(({ message }) => message === 'an answer did not arrive')).toHaveLength(3),
  );
  world.server.setBotStatus(reader, 'member', { silently: true });
  expect(await ask(world, 'LoRA')).toContain('LoRA');
});

it('an update on which the conversation fails does not keep others from being answered', async () => {
  const world = await openWorld({
    conversation: (real) => ({
      answer: async (incoming, signal) => {
        if ('text' in incoming.input && incoming.input.text === 'poison') throw new Error('a defect');
        return real.answer(incoming, signal);
      },
    }),
  });
  world.server.say(reader, 'poison');
  expect(await ask(world, '/start')).toContain('15');
  expect(world.log.lines).toContainEqual(expect.objectContaining({ level: 'error' }));
});

describe('the token', () => {
  it('that Telegram refuses ends the channel with an error that names the variable', async () => {
    const world = await openWorld();
    await world.stop();
    world.server.faults.add({ method: 'getMe', does: { kind: 'refuse', code: 401, description: 'Unauthorized' } });
    await world.start();
    await expect(world.ended()).rejects.toThrow(/^TELEGRAM_BOT_TOKEN: /);
  });

  it('that is revoked while the bot runs is told as trouble, and the end is a clean one', async () => {
    const world = await openWorld();
    await ask(world, '/start');
    const revoked = { kind: 'refuse', code: 401, description: 'Unauthorized' } as const;
    world.server.faults.add({ times: Number.POSITIVE_INFINITY, does: revoked });
    world.server.say(reader, '/start');
    await eventually(() => expect(world.channel().trouble()).toContain('refuses TELEGRAM_BOT_TOKEN'));
    await world.stop();
    await expect(world.ended()).resolves.toBeUndefined();
  });

  it('turns up in no line of the log and in no trouble', async () => {
    const world = await openWorld();
    await ask(world, '/start');
    const seen: (string | undefined)[] = [];
    for (const method of ['getMe', 'getUpdates', 'sendMessage', 'getMyCommands']) {
      world.server.faults.add({ method, does: { kind: 'drop-before' } });
    }
    await world.values.remove(`telegram.commands.${world.server.bot.id}`);
    await world.restart();
    seen.push(world.channel().trouble());
    world.server.say(reader, '/start');
    await world.server.next(reader);
    seen.push(world.channel().trouble());
    await world.stop();
    const secret = world.server.token.split(':')[1] ?? '';
    expect(world.log.lines.length).toBeGreaterThan(3);
    expect(JSON.stringify([world.log.lines, seen])).not.toContain(secret);
  });
});
