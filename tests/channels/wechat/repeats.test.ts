import { createHash } from 'node:crypto';
import { silentLog } from '../../../src/kernel/log.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { makePost } from '../../support/make-post.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { holdAnswers } from '../../support/wechat/hold-answers.ts';
import { createWechatAccount } from '../../support/wechat/wechat-account.ts';
import {
  appId,
  createWechatWorld,
  encodingAesKey,
  token,
  type WechatWorld,
} from '../../support/wechat/wechat-world.ts';

const posts = [makePost({ title: 'Segment Anything', summary: 'One click, one mask.' })];

const worlds: WechatWorld[] = [];
const open = async (options: Partial<Parameters<typeof createWechatWorld>[0]> = {}) => {
  const world = await createWechatWorld({ posts, ...options });
  worlds.push(world);
  return world;
};
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});

/** What a promise has come to by now. */
async function stateOf(promise: Promise<unknown>): Promise<'pending' | 'done'> {
  return Promise.race([
    promise.then(() => 'done' as const),
    new Promise<'pending'>((resolve) => setTimeout(resolve, 60, 'pending')),
  ]);
}

describe('a message that comes again', () => {
  it('gets the same answer and has no second effect', async () => {
    const counting = holdAnswers();
    counting.release();
    const { account, store } = await open({ between: counting.between });
    const message = account.message('reader', 'text', { Content: '订阅' });
    const first = await account.deliver(message);
    expect(await account.deliver(message)).toEqual(first);
    expect(await account.deliver(message)).toEqual(first);
    expect(counting.asked()).toBe(1);
    expect((await store.book.find({ channel: 'wechat', chat: 'reader' }))?.subscriptions).toHaveLength(1);
  });

  it('while it is being worked on waits for the same answer', async () => {
    const held = holdAnswers();
    const { account, arrived } = await open({ between: held.between });
    const message = account.message('reader', 'text', { Content: 'Segment' });
    const answers = [account.deliver(message), account.deliver(message), account.deliver(message)];
    await arrived(3);
    expect(await stateOf(Promise.race(answers))).toBe('pending');
    held.release();
    const [first, ...others] = await Promise.all(answers);
    expect(first).toMatchObject({ kind: 'news' });
    for (const other of others) expect(other).toEqual(first);
    expect(held.asked()).toBe(1);
  });

  it('to another process is handled once by the two together', async () => {
    const clock = createManualClock();
    const store = await openStore('sqlite::memory:', { clock, log: silentLog });
    const held = holdAnswers();
    const one = await open({ store, between: held.between });
    const other = await open({ store, between: held.between });
    const message = one.account.message('reader', 'text', { Content: 'Segment' });
    const first = one.account.deliver(message);
    await one.arrived(1);
    const second = other.account.deliver(message);
    await other.arrived(1);
    held.release();
    const answer = await first;
    await other.clock.advance(1_000);
    expect(await second).toEqual(answer);
    expect(held.asked()).toBe(1);
    await store.close();
  });

  it('is begun anew where the process that had it is no more', async () => {
    const clock = createManualClock('2026-11-25T08:00:00Z');
    const store = await openStore('sqlite::memory:', { clock, log: silentLog });
    const dead = holdAnswers();
    const alive = holdAnswers();
    alive.release();
    const one = await open({ store, between: dead.between });
    const other = await open({ store, between: alive.between });
    const message = one.account.message('reader', 'text', { Content: 'Segment' });
    // Its clock stands still from here on: it never says again that it works.
    const lost = one.account.deliver(message);
    await one.arrived(1);
    const second = other.account.deliver(message);
    await other.arrived(1);
    await other.clock.advance(1_000);
    expect(alive.asked()).toBe(0);
    clock.advance(6_000);
    await other.clock.advance(1_000);
    expect(await second).toMatchObject({ kind: 'news' });
    expect(alive.asked()).toBe(1);
    dead.release();
    await lost;
    await one.stop();
    await other.stop();
    await store.close();
  });

  it('is waited for as long as its process says that it still works on it', async () => {
    const held = holdAnswers();
    const { account, clock, arrived, store } = await open({ between: held.between, secret: false });
    const message = account.message('reader', 'text', { Content: 'Segment' });
    const first = account.deliver(message);
    await arrived(1);
    const states = [];
    for (let second = 0; second < 12; second++) {
      await clock.advance(1_000);
      states.push(await store.values.putIfAbsent(keyOf(message), 'mine', new Date(clock.now().getTime() + 100)));
    }
    expect(states).not.toContain(true);
    held.release();
    await first;
  });

  it('sent by somebody who kept a copy has no second effect, as long as its stamp is let in', async () => {
    const counting = holdAnswers();
    counting.release();
    const { account, clock, callbackUrl } = await open({ between: counting.between });
    const signedAhead = createWechatAccount({
      url: callbackUrl,
      token,
      appId,
      encodingAesKey,
      mode: 'safe',
      now: () => new Date('2026-11-25T08:04:50Z'),
    });
    const message = account.message('reader', 'text', { Content: '订阅' });
    await signedAhead.deliver(message);
    await clock.advance(9 * 60_000);
    await signedAhead.deliver(message);
    expect(counting.asked()).toBe(1);
  });

  it('is told apart by its reader: numbers of one moment may be the same', async () => {
    const { account } = await open();
    const one = account.message('reader', 'text', { Content: 'Segment' });
    const other = { ...one, reader: 'other', xml: one.xml.replace('[reader]', '[other]') };
    expect(await account.deliver(one)).toMatchObject({ kind: 'news' });
    expect(await account.deliver(other)).toMatchObject({ kind: 'news' });
  });

  it('is told apart by its event: a follow and a location come in one second', async () => {
    const { account } = await open();
    expect(await account.deliver(account.event('reader', 'LOCATION', { Latitude: '23' }))).toEqual({ kind: 'none' });
    expect(await account.deliver(account.event('reader', 'subscribe', { EventKey: '' }))).toMatchObject({
      kind: 'text',
    });
  });
});

describe('an answer that takes longer than WeChat waits', () => {
  it('is replaced by "success" at once and goes out as a customer-service message, once', async () => {
    const held = holdAnswers();
    const { account, api, clock, arrived } = await open({ between: held.between });
    const message = account.message('reader', 'text', { Content: 'Segment' });
    api.contact('reader', 'message');
    const first = account.deliver(message);
    await arrived(1);
    await clock.advance(4_400);
    expect(await stateOf(first)).toBe('pending');
    await clock.advance(200);
    expect(await first).toEqual({ kind: 'none' });
    expect(await account.deliver(message)).toEqual({ kind: 'none' });
    expect(api.pushed).toEqual([]);
    held.release();
    await waitFor(() => api.pushed.length > 0);
    expect(api.pushed).toMatchObject([{ reader: 'reader', by: 'customer-service', body: { msgtype: 'news' } }]);
    expect(held.asked()).toBe(1);
  });

  it('to a tap goes out with all of its cards, as a text: WeChat pushes one article at a time', async () => {
    const held = holdAnswers();
    const many = Array.from({ length: 9 }, (_, at) => makePost({ title: `文章 ${at + 1}` }));
    const { account, api, clock, arrived } = await open({ between: held.between, posts: many });
    const answer = account.click('reader', '最新');
    await arrived(1);
    await clock.advance(4_500);
    expect(await answer).toEqual({ kind: 'none' });
    held.release();
    await waitFor(() => api.pushed.length > 0);
    expect(api.pushed).toMatchObject([{ body: { msgtype: 'text' } }]);
    for (let number = 1; number <= 8; number++) expect(JSON.stringify(api.pushed)).toContain(`${number}. <a href=`);
  });

  it('is given to the second try where the account may not push', async () => {
    const held = holdAnswers();
    const { account, clock, arrived } = await open({ between: held.between, secret: false });
    const message = account.message('reader', 'text', { Content: 'Segment' });
    const first = account.deliver(message);
    await arrived(1);
    await clock.advance(5_000);
    const second = account.deliver(message);
    await arrived(2);
    await clock.advance(1_000);
    held.release();
    expect(await second).toMatchObject({ kind: 'news' });
    await first;
    expect(held.asked()).toBe(1);
  });

  it('even of the third try comes with the next message', async () => {
    const held = holdAnswers();
    const { account, clock, arrived, store } = await open({ between: held.between, secret: false });
    const message = account.message('reader', 'text', { Content: 'Segment' });
    const tries = [account.deliver(message)];
    for (const number of [2, 3]) {
      await arrived(number - 1);
      await clock.advance(5_000);
      tries.push(account.deliver(message));
    }
    await arrived(3);
    await clock.advance(4_500);
    expect(await tries[2]).toEqual({ kind: 'none' });
    held.release();
    const kept = () => store.inbox.after({ channel: 'wechat', chat: 'reader' }, 0, 1);
    while ((await kept()).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const next = await account.text('reader', '帮助');
    expect(next).toMatchObject({ kind: 'text', content: expect.stringContaining('Segment Anything') });
    expect(next).toMatchObject({ content: expect.stringContaining('现在有答案了') });
  });
});

it('a fault of ours is answered with an apology, once', async () => {
  const { account } = await open({
    between: () => ({
      answer: async () => {
        throw new Error('broken');
      },
    }),
  });
  expect(await account.text('reader', 'Segment')).toMatchObject({
    kind: 'text',
    content: expect.stringContaining('问题'),
  });
});

it('a channel that does not run leaves the message to another process', async () => {
  const { account, stop } = await open();
  await stop();
  const answer = await account.deliverRaw(account.message('reader', 'text', { Content: 'Segment' }));
  expect(answer.status).toBe(503);
});

/** Where the process that works on a message says so. */
function keyOf({ reader, xml }: { readonly reader: string; readonly xml: string }): string {
  const number = /<MsgId>(\d+)<\/MsgId>/.exec(xml)?.[1] ?? '';
  const identity = JSON.stringify(['gh_postbell', reader, number]);
  return `wechat.answer:${number}:${createHash('sha256').update(identity).digest('base64url')}`;
}

async function waitFor(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !condition(); turn++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(condition()).toBe(true);
}
