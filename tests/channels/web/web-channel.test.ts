import { createWebChannel } from '../../../src/channels/web/web-channel.ts';
import type { Conversation, Incoming } from '../../../src/conversation/conversation.ts';
import { type Clock, systemClock } from '../../../src/kernel/clock.ts';
import type { Message } from '../../../src/message/message.ts';
import type { Address } from '../../../src/subscribers/address.ts';
import type { Inbox } from '../../../src/subscribers/inbox.ts';
import { createMemoryInbox } from '../../support/memory-inbox.ts';

const visitor: Address = { channel: 'web', chat: 'someone' };
const message = (text: string): Message => ({ text, cards: [], actions: [] });
const never = new AbortController().signal;

/** A clock whose pauses end when the test says so. */
function createHandClock() {
  const sleepers = new Set<() => void>();
  const clock: Clock = {
    now: () => new Date('2026-11-25T04:00:00Z'),
    sleep: (_ms, signal) =>
      new Promise((resolve) => {
        const wake = () => {
          sleepers.delete(wake);
          resolve();
        };
        sleepers.add(wake);
        signal?.addEventListener('abort', wake);
        if (signal?.aborted) wake();
      }),
  };
  const passTime = () => {
    for (const wake of [...sleepers]) wake();
  };
  return { clock, passTime, sleeping: () => sleepers.size };
}

function world(options: { inbox?: Inbox<Message>; clock?: Clock } = {}) {
  const inbox = options.inbox ?? createMemoryInbox<Message>();
  const channel = createWebChannel({ inbox, clock: options.clock ?? systemClock });
  const heard: Incoming[] = [];
  const conversation: Conversation = {
    async answer(incoming) {
      heard.push(incoming);
      return message('text' in incoming.input ? `about ${incoming.input.text}` : incoming.input.command.name);
    },
  };
  const deliver = (id: string, text: string) =>
    channel.deliverer.deliver({ id, address: visitor, message: message(text) }, never);
  return { inbox, channel, conversation, heard, deliver };
}

async function take<Item>(items: AsyncGenerator<Item>, count: number): Promise<Item[]> {
  const taken: Item[] = [];
  while (taken.length < count) {
    const { done, value } = await items.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}

const textOf = (item: { message: Message } | 'quiet') => (item === 'quiet' ? item : item.message.text);

describe('the web channel', () => {
  it('takes what a visitor types to the conversation, as from a private chat', async () => {
    const { channel, conversation, heard } = world();
    void channel.run(conversation, never);
    expect(await channel.answer(visitor, { input: { text: 'LoRA' }, language: 'en' })).toEqual(message('about LoRA'));
    expect(heard).toEqual([
      {
        address: visitor,
        place: 'private',
        mayManage: true,
        keepsNotifications: true,
        language: 'en',
        input: { text: 'LoRA' },
      },
    ]);
  });

  it('leaves the language to the conversation where the page names none', async () => {
    const { channel, conversation, heard } = world();
    void channel.run(conversation, never);
    await channel.answer(visitor, { input: { text: 'LoRA' } });
    expect(heard[0]).not.toHaveProperty('language');
  });

  it('is in trouble and answers nothing before it runs and after it has ended', async () => {
    const { channel, conversation } = world();
    const ask = () => channel.answer(visitor, { input: { text: 'LoRA' } });
    const stop = new AbortController();
    expect([channel.trouble?.(), await ask()]).toEqual(['the web chat is not running', undefined]);

    const running = channel.run(conversation, stop.signal);
    expect([channel.trouble?.(), await ask()]).toEqual([undefined, message('about LoRA')]);

    stop.abort();
    await running;
    expect([channel.trouble?.(), await ask()]).toEqual(['the web chat is not running', undefined]);
  });

  it('finishes the answers under way before it ends', async () => {
    const { channel } = world();
    const stop = new AbortController();
    let finish = (_answer: Message) => {};
    const slow: Conversation = { answer: () => new Promise((resolve) => (finish = resolve)) };
    const order: string[] = [];
    const ended = channel.run(slow, stop.signal).then(() => order.push('ended'));
    const answered = channel.answer(visitor, { input: { text: 'LoRA' } }).then(() => order.push('answered'));
    stop.abort();
    await new Promise(setImmediate);
    finish(message('late'));
    await Promise.all([ended, answered]);
    expect(order).toEqual(['answered', 'ended']);
  });
});

describe('announcements to a visitor', () => {
  it('arrive on an open stream as soon as they are delivered', async () => {
    const { channel, deliver } = world();
    const stream = channel.announcements(visitor, 0, never);
    const first = stream.next();
    expect(await deliver('d1', 'news')).toEqual({ kind: 'delivered' });
    expect((await first).value).toMatchObject({ number: 1, message: message('news') });
    await stream.return(undefined);
  });

  it('wait for a visitor who is away', async () => {
    const { channel, deliver } = world();
    await deliver('d1', 'one');
    await deliver('d2', 'two');
    const stream = channel.announcements(visitor, 0, never);
    expect((await take(stream, 2)).map(textOf)).toEqual(['one', 'two']);
    await stream.return(undefined);
  });

  it('are shown once, however often they are delivered', async () => {
    const { channel, deliver } = world();
    await deliver('d1', 'one');
    await deliver('d1', 'one');
    await deliver('d2', 'two');
    const stream = channel.announcements(visitor, 0, never);
    expect((await take(stream, 2)).map(textOf)).toEqual(['one', 'two']);
    await stream.return(undefined);
  });

  it('go on after the last that the page has', async () => {
    const { channel, deliver } = world();
    for (const text of ['one', 'two', 'three']) await deliver(text, text);
    const stream = channel.announcements(visitor, 2, never);
    expect((await take(stream, 1)).map(textOf)).toEqual(['three']);
    await stream.return(undefined);
  });

  it('begin anew for a page that has come further than the inbox, as after being forgotten', async () => {
    const { channel, deliver } = world();
    await deliver('d1', 'first of the new ones');
    const stream = channel.announcements(visitor, 7, never);
    expect((await take(stream, 1)).map(textOf)).toEqual(['first of the new ones']);
    await stream.return(undefined);
  });

  it('come in order and whole when there are very many', async () => {
    const { channel, deliver } = world();
    const texts = Array.from({ length: 230 }, (_, at) => `post ${at}`);
    for (const text of texts) await deliver(text, text);
    const stream = channel.announcements(visitor, 0, never);
    expect((await take(stream, texts.length)).map(textOf)).toEqual(texts);
    await stream.return(undefined);
  });

  it('reach nobody else', async () => {
    const { clock, passTime, sleeping } = createHandClock();
    const { channel, deliver } = world({ clock });
    const stream = channel.announcements({ channel: 'web', chat: 'another' }, 0, never);
    const first = stream.next();
    await deliver('d1', 'news');
    while (sleeping() === 0) await new Promise(setImmediate);
    passTime();
    expect((await first).value).toBe('quiet');
    await stream.return(undefined);
  });

  it('are found after a silence where another process put them in', async () => {
    const { clock, passTime, sleeping } = createHandClock();
    const { channel, inbox } = world({ clock });
    const stream = channel.announcements(visitor, 0, never);
    const first = stream.next();
    while (sleeping() === 0) await new Promise(setImmediate);
    await inbox.put(visitor, 'd1', message('from elsewhere'), clock.now());
    passTime();
    expect([(await first).value, ...(await take(stream, 1))].map((item) => textOf(item ?? 'quiet'))).toEqual([
      'quiet',
      'from elsewhere',
    ]);
    await stream.return(undefined);
  });

  it('end when the visitor leaves', async () => {
    const { channel } = world();
    const left = new AbortController();
    const stream = channel.announcements(visitor, 0, left.signal);
    const next = stream.next();
    left.abort();
    expect((await next).done).toBe(true);
  });

  it('end when the channel does', async () => {
    const { channel, conversation } = world();
    const stop = new AbortController();
    const running = channel.run(conversation, stop.signal);
    const next = channel.announcements(visitor, 0, never).next();
    stop.abort();
    expect((await next).done).toBe(true);
    await running;
  });

  it('are tried again when the inbox fails', async () => {
    const { clock } = createHandClock();
    const broken: Inbox<Message> = {
      put: async () => {
        throw new Error('disk full');
      },
      after: async () => [],
    };
    const { deliver } = world({ inbox: broken, clock });
    expect(await deliver('d1', 'news')).toEqual({
      kind: 'retry',
      notBefore: new Date('2026-11-25T04:00:05Z'),
      reason: 'the inbox failed: disk full',
      scope: 'channel',
    });
  });
});
