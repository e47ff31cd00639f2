import type { DeliveryOutcome } from '../../../src/announce/deliverer.ts';
import { plain } from '../../../src/message/card.ts';
import type { Message } from '../../../src/message/message.ts';
import type { Fault } from '../../support/telegram/faults.ts';
import { createTelegramWorld, eventually, type TelegramWorld } from '../../support/telegram/telegram-world.ts';

const reader = 41;
const news: Message = {
  text: 'News',
  cards: [
    {
      postId: 'one',
      title: plain('<LoRA> & more'),
      url: 'https://blog.example/one',
      category: ['LLM'],
      snippet: plain('First sentence.'),
    },
  ],
  actions: [[{ label: 'Stop', command: { name: 'unsubscribe', argument: '', page: 0 }, inPlace: false }]],
};
let world: TelegramWorld;

beforeEach(async () => {
  world = await createTelegramWorld();
  world.server.say(reader, '/start');
  await world.server.next(reader);
});

afterEach(() => world.close());

function deliver(chat: number, more: { topic?: string; plain?: true } = {}): Promise<DeliveryOutcome> {
  const { topic, ...others } = more;
  return world.channel().deliverer.deliver(
    {
      id: 'd1',
      address: { channel: 'telegram', chat: String(chat), ...(topic !== undefined && { topic }) },
      message: news,
      ...others,
    },
    new AbortController().signal,
  );
}

const received = (chat = reader) => world.server.deliveredTo(chat).filter(({ text }) => text.startsWith('News'));

async function outcomeWith(does: Fault['does']): Promise<DeliveryOutcome> {
  world.server.faults.add({ method: 'sendMessage', does });
  return deliver(reader);
}

it('a delivered message is told with its id', async () => {
  const outcome = await deliver(reader);
  expect(outcome).toEqual({ kind: 'delivered', messageId: String(received()[0]?.messageId) });
  expect(received()[0]?.text).toContain('<LoRA> & more');
});

it('a plain delivery has the words and the link, and neither markup nor buttons', async () => {
  await deliver(reader, { plain: true });
  expect(received()[0]).toMatchObject({ entities: [], keyboard: [] });
  expect(received()[0]?.text).toContain('<LoRA> & more https://blog.example/one');
});

describe('a delivered message that is to say something else', () => {
  const corrected: Message = { ...news, text: 'News, corrected' };
  const edit = (messageId: string, message = corrected) =>
    world
      .channel()
      .deliverer.edit?.(
        { address: { channel: 'telegram', chat: String(reader) }, messageId, message },
        new AbortController().signal,
      );
  const delivered = async () => {
    const outcome = await deliver(reader);
    return (outcome.kind === 'delivered' && outcome.messageId) || '';
  };

  it('is changed in place, and keeps its buttons', async () => {
    const messageId = await delivered();
    expect(await edit(messageId)).toEqual({ kind: 'delivered', messageId });
    expect(received()).toMatchObject([{ text: expect.stringContaining('corrected'), edits: 1 }]);
    expect(received()[0]?.keyboard).not.toEqual([]);
  });

  it('is right already when nothing changes', async () => {
    const messageId = await delivered();
    expect(await edit(messageId, news)).toEqual({ kind: 'delivered', messageId });
  });

  it('is left alone for good where it is gone', async () => {
    expect(await edit('9999')).toMatchObject({ kind: 'rejected' });
  });

  it('may be changed once more where the answer was lost', async () => {
    const messageId = await delivered();
    world.server.faults.add({ method: 'editMessageText', does: { kind: 'drop-after' } });
    expect(await edit(messageId)).toMatchObject({ kind: 'unknown' });
    expect(await edit(messageId)).toMatchObject({ kind: 'delivered' });
  });
});

it.each([
  ['41', false],
  ['-41', true],
  ['-1001234567890', true],
])('the chat %s counts as a group: %s', (chat, group) => {
  expect(world.channel().deliverer.isGroup?.({ channel: 'telegram', chat })).toBe(group);
});

it('the pace of announcements hears of each answer, from its beginning to its end', async () => {
  const heard: string[] = [];
  world.channel().deliverer.answers?.watch(({ chat }) => {
    heard.push(`${chat} begins`);
    return () => heard.push(`${chat} is through`);
  });
  world.server.say(reader, '/help');
  await world.server.next(reader);
  await eventually(() => expect(heard).toEqual([`${reader} begins`, `${reader} is through`]));
});

it('a topic gets its message in the topic', async () => {
  world.server.addGroup(-8, { topics: [3] });
  await deliver(-8, { topic: '3' });
  expect(received(-8)[0]?.thread).toBe(3);
});

it('a wait of hours is passed on whole, for this chat', async () => {
  const before = Date.now();
  const outcome = await outcomeWith({
    kind: 'refuse',
    code: 429,
    description: 'Too Many Requests',
    retryAfter: 43_837,
  });
  expect(outcome).toMatchObject({ kind: 'retry', scope: 'chat' });
  if (outcome.kind !== 'retry') return;
  expect(outcome.notBefore.getTime()).toBeGreaterThanOrEqual(before + 43_837_000);
  expect(received()).toEqual([]);
});

it.each([500, 502, 503])('a server that is out of order (%d) is tried again, for all chats', async (code) => {
  expect(await outcomeWith({ kind: 'proxy-page', code })).toMatchObject({ kind: 'retry', scope: 'channel' });
  expect(received()).toEqual([]);
});

it('a broken connection leaves unknown whether the message arrived, and nothing is repeated', async () => {
  expect(await outcomeWith({ kind: 'drop-after' })).toMatchObject({ kind: 'unknown' });
  expect(received()).toHaveLength(1);
  expect(await outcomeWith({ kind: 'drop-before' })).toMatchObject({ kind: 'unknown' });
  expect(received()).toHaveLength(1);
});

it('a gateway that waited in vain leaves unknown whether the message arrived', async () => {
  expect(await outcomeWith({ kind: 'proxy-page', code: 504 })).toMatchObject({ kind: 'unknown' });
});

it('a server that cannot be reached has certainly not taken the message', async () => {
  await world.stop();
  await world.server.close();
  // The first call may still meet a connection that is just being closed.
  await eventually(async () => expect(await deliver(reader)).toMatchObject({ kind: 'retry', reason: 'ECONNREFUSED' }));
});

it('a reader who has blocked the bot is gone', async () => {
  world.server.setBotStatus(reader, 'kicked', { silently: true });
  expect(await deliver(reader)).toEqual({ kind: 'gone', reason: '403: Forbidden: bot was blocked by the user' });
});

it('a chat that never was is gone', async () => {
  expect(await deliver(999)).toMatchObject({ kind: 'gone' });
});

it('a topic that was deleted is gone', async () => {
  world.server.addGroup(-8);
  expect(await deliver(-8, { topic: '3' })).toMatchObject({ kind: 'gone' });
});

it('a topic that was closed is gone until it is opened again', async () => {
  expect(await outcomeWith({ kind: 'refuse', code: 400, description: 'Bad Request: TOPIC_CLOSED' })).toMatchObject({
    kind: 'gone',
  });
});

it('a group that became a supergroup has moved', async () => {
  world.server.addGroup(-5, { type: 'group' });
  world.server.migrate(-5, -1_005, []);
  expect(await deliver(-5)).toEqual({ kind: 'moved', to: { channel: 'telegram', chat: '-1005' } });
});

it.each(["can't parse entities: Unsupported start tag", 'BUTTON_DATA_INVALID', 'message is too long'])(
  'a message that is refused (%s) is rejected',
  async (what) => {
    expect(await outcomeWith({ kind: 'refuse', code: 400, description: `Bad Request: ${what}` })).toMatchObject({
      kind: 'rejected',
      reason: expect.stringContaining(what),
    });
  },
);

it('a token that is no longer accepted keeps the message', async () => {
  expect(await outcomeWith({ kind: 'refuse', code: 401, description: 'Unauthorized' })).toMatchObject({
    kind: 'retry',
    scope: 'channel',
  });
});

it('a delivery is not begun when the process is to end', async () => {
  const outcome = await world
    .channel()
    .deliverer.deliver(
      { id: 'd1', address: { channel: 'telegram', chat: String(reader) }, message: news },
      AbortSignal.abort(),
    );
  expect(outcome).toMatchObject({ kind: 'retry' });
  await eventually(() => expect(received()).toEqual([]));
});
