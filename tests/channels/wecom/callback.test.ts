import fc from 'fast-check';
import { makePost } from '../../support/make-post.ts';
import { createRecordingLog } from '../../support/recording-log.ts';
import { holdAnswers } from '../../support/wechat/hold-answers.ts';
import { createWecomWorld, type WecomWorld } from '../../support/wechat/wecom-world.ts';

const posts = [
  ...Array.from({ length: 7 }, (_, at) =>
    makePost({ title: `LoRA 实践（${at + 1}）`, category: ['大模型'], summary: '低秩适配。' }),
  ),
  makePost({ title: 'Segment Anything', category: ['图像'], summary: '点一下，分割一切。' }),
];
const member = 'zhangsan';

let world: WecomWorld;
beforeEach(async () => {
  world = await createWecomWorld({ posts });
});
afterEach(() => world.close());

describe('the handshake', () => {
  it('gets the decrypted echo, and nothing around it', async () => {
    expect(await world.handshake('1616140317555161061')).toEqual({ status: 200, body: '1616140317555161061' });
  });

  it.each([
    ['a wrong signature', { msg_signature: 'f'.repeat(40) }],
    ['an echo in clear', { echostr: '1616140317555161061' }],
    ['a stale timestamp', { timestamp: '1409659589' }],
  ])('is refused with %s', async (_, change) => {
    expect((await world.handshake('echo', change)).status).toBe(403);
  });
});

describe('a member', () => {
  it('gets one clear hit as a card, and several as a list that numbers open', async () => {
    expect(await world.text(member, 'Segment')).toMatchObject({
      kind: 'news',
      articles: [{ title: 'Segment Anything' }],
    });
    expect(await world.text(member, 'LoRA')).toMatchObject({ kind: 'text', content: expect.stringContaining('5. ') });
    expect(await world.text(member, '4')).toMatchObject({ kind: 'news', articles: [{ title: 'LoRA 实践（4）' }] });
    expect(await world.text(member, 'n')).toMatchObject({ content: expect.stringContaining('6. ') });
  });

  it('subscribes with a word', async () => {
    await world.text(member, '订阅 大模型');
    expect(await world.store.book.find({ channel: 'wecom', chat: member })).toMatchObject({
      subscriptions: [{ kind: 'category', category: '大模型' }],
    });
  });

  it('who repeats a message has one effect and gets the same answer', async () => {
    const xml = world.message(member, 'text', { Content: 'LoRA' });
    const first = await world.deliver(member, xml);
    expect(await world.deliver(member, xml)).toEqual(first);
  });

  it('gets a hint for what cannot be read', async () => {
    for (const type of ['image', 'voice', 'video', 'location']) {
      const answer = await world.deliver(member, world.message(member, type, { MediaId: 'm' }));
      expect(answer).toMatchObject({ kind: 'text' });
    }
  });

  it('is greeted when the app becomes visible, and suspended when it no longer is', async () => {
    const event = (name: string) =>
      world.deliver(member, world.message(member, 'event', { Event: name, EventKey: '' }));
    expect(await event('subscribe')).toMatchObject({ kind: 'text', content: expect.stringContaining('8 篇') });
    await world.text(member, '订阅');
    await event('unsubscribe');
    expect(await world.store.book.find({ channel: 'wecom', chat: member })).toMatchObject({ state: 'suspended' });
  });

  it('who opens the app is left in peace; who taps the menu gets cards', async () => {
    const open = world.message(member, 'event', { Event: 'enter_agent', EventKey: '' });
    expect(await world.deliver(member, open)).toEqual({ kind: 'none' });
    const tap = world.message(member, 'event', { Event: 'click', EventKey: '最新' });
    const answer = await world.deliver(member, tap);
    expect(answer).toMatchObject({ kind: 'news' });
    expect(answer.kind === 'news' && answer.articles).toHaveLength(8);
  });
});

describe('what is not from WeCom', () => {
  it('is refused with 403: a forged signature, or a message in clear', async () => {
    const xml = world.message(member, 'text', { Content: '订阅' });
    expect((await world.deliverRaw(xml, { msg_signature: '0'.repeat(40) })).status).toBe(403);
    expect((await world.deliverRaw(xml, {}, xml)).status).toBe(400);
    expect(await world.store.book.find({ channel: 'wecom', chat: member })).toBeUndefined();
  });

  it('is refused with 403 where it is encrypted for another corporation or suite, and the log names the settings', async () => {
    await world.close();
    const log = createRecordingLog();
    world = await createWecomWorld({ posts, receiver: 'ww0000000000000000', channel: { log } });
    const xml = world.message(member, 'text', { Content: '订阅' });
    expect((await world.deliverRaw(xml)).status).toBe(403);
    expect(log.text()).toContain('WECOM_CORP_ID and WECOM_RECEIVER_ID');
  });

  it('is refused with 400 where it is an instruction to a suite, and the log says what to change', async () => {
    await world.close();
    const log = createRecordingLog();
    world = await createWecomWorld({ posts, channel: { log } });
    const ticket = `<xml><SuiteId><![CDATA[ww4asffe99e54c0f4c]]></SuiteId><InfoType><![CDATA[suite_ticket]]></InfoType><TimeStamp>1403610513</TimeStamp><SuiteTicket><![CDATA[asdfasfdasdfasdf]]></SuiteTicket></xml>`;
    expect((await world.deliverRaw(ticket)).status).toBe(400);
    expect(log.text()).toContain('指令回调URL');
    expect(log.text()).not.toContain('asdfasfdasdfasdf');
  });

  it('is answered below 500, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.base64String()), fc.boolean(), async (text, inside) => {
        const body = inside ? undefined : `<xml><Encrypt>${text}</Encrypt></xml>`;
        expect((await world.deliverRaw(text, {}, body)).status).toBeLessThan(500);
      }),
      { numRuns: 100 },
    );
  });
});

it('whose callbacks are encrypted for a suite is answered under the id of that suite', async () => {
  await world.close();
  const suite = 'ww4asffe99e54c0f4c';
  world = await createWecomWorld({ posts, receiver: suite, channel: { receiverId: suite } });
  expect(await world.handshake('1616140317555161061')).toEqual({ status: 200, body: '1616140317555161061' });
  // The platform of the test opens only what is sealed for the suite.
  expect(await world.text(member, 'Segment')).toMatchObject({
    kind: 'news',
    articles: [{ title: 'Segment Anything' }],
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

it('answers that take too long go out as messages of the app, each of them, also to the same question', async () => {
  await world.close();
  const { between, release, asked } = holdAnswers();
  world = await createWecomWorld({ posts, between });
  const answers = [world.text(member, 'Segment'), world.text(member, 'Segment')];
  await until(() => asked() === 2);
  await world.clock.advance(4_500);
  expect(await Promise.all(answers)).toEqual([{ kind: 'none' }, { kind: 'none' }]);
  release();
  await until(() => world.api.received.length === 2);
  expect(world.api.received).toMatchObject([
    { to: member, body: { msgtype: 'news' } },
    { to: member, body: { msgtype: 'news' } },
  ]);
});

it('an app whose messages are refused gives late answers to the next try instead', async () => {
  await world.close();
  const { between, release, asked } = holdAnswers();
  world = await createWecomWorld({ posts, between });
  world.api.fail('/cgi-bin/message/send', { kind: 'refuse', code: 60020 });
  const news = { text: '新文章', cards: [], actions: [] };
  await world.announce('d1', { channel: 'wecom', chat: member }, news);
  const xml = world.message(member, 'text', { Content: 'Segment' });
  const first = world.deliver(member, xml);
  await until(() => asked() === 1);
  await world.clock.advance(5_000);
  const second = world.deliver(member, xml);
  await world.clock.advance(1_000);
  release();
  expect(await second).toMatchObject({ kind: 'news', articles: [{ title: 'Segment Anything' }] });
  await first;
});
