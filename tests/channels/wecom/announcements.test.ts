import { createPacer } from '../../../src/announce/pacer.ts';
import { createAnnouncementComposer } from '../../../src/conversation/compose-announcement.ts';
import { loadPhrases } from '../../../src/conversation/phrases/phrases.ts';
import type { Address } from '../../../src/subscribers/address.ts';
import { makePost } from '../../support/make-post.ts';
import { createRecordingLog } from '../../support/recording-log.ts';
import { createWecomWorld, secret, type WecomWorld } from '../../support/wechat/wecom-world.ts';

const posts = Array.from({ length: 30 }, (_, at) =>
  makePost({
    title: `新文章 [${at + 1}](https://evil.example) ${'很长'.repeat(40)}`,
    summary: '摘要。'.repeat(100),
    url: `https://blog.example/n${at + 1}`,
  }),
);
const compose = createAnnouncementComposer({ phrases: loadPhrases(), defaultLanguage: 'zh' });
const newsOf = (count: number) =>
  compose({ posts: posts.slice(0, count), matched: [{ kind: 'everything' }], digest: count > 1 });
const member: Address = { channel: 'wecom', chat: 'zhangsan' };
const send = '/cgi-bin/message/send';

let world: WecomWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});
const open = async (options: Partial<Parameters<typeof createWecomWorld>[0]> = {}) => {
  world = await createWecomWorld({ posts, ...options });
  return world;
};

describe('a member', () => {
  it.each([1, 8])('gets %i new posts as one picture message', async (count) => {
    const { announce, api } = await open();
    expect(await announce('d1', member, newsOf(count))).toMatchObject({ kind: 'delivered' });
    expect(api.received).toMatchObject([{ to: 'zhangsan', body: { msgtype: 'news' } }]);
    const body = api.received[0]?.body as { news: { articles: unknown[] } };
    expect(body.news.articles).toHaveLength(count);
  });

  it('gets a longer digest as one text', async () => {
    const { announce, api } = await open();
    await announce('d1', member, newsOf(30));
    expect(api.received).toMatchObject([{ body: { msgtype: 'text' } }]);
  });

  it('gets a repeat of ours once', async () => {
    const { announce, api } = await open();
    api.fail(send, { kind: 'drop-after' });
    expect(await announce('d1', member, newsOf(1))).toMatchObject({ kind: 'unknown' });
    expect(await announce('d1', member, newsOf(1))).toMatchObject({ kind: 'delivered' });
    expect(api.received).toHaveLength(1);
  });

  it('gets fewer than the 30 messages a minute beyond which WeCom drops them silently', async () => {
    const { channel } = await open();
    const pacer = createPacer(channel.deliverer.pace);
    let now = 0;
    let sent = 0;
    for (; now < 60_000; now += 10) {
      if (pacer.busyChats(now).length > 0) continue;
      pacer.begin('zhangsan', false, now)(now);
      sent += 1;
    }
    expect(sent).toBeGreaterThan(20);
    expect(sent).toBeLessThan(30);
  });

  it('who is gone, or has no licence, is told apart from "ok"', async () => {
    const { announce } = await open({ members: ['zhangsan', 'wangwu'], unlicensed: ['wangwu'] });
    for (const chat of ['lisi', 'wangwu'])
      expect(await announce('d1', { channel: 'wecom', chat }, newsOf(1))).toMatchObject({ kind: 'gone' });
  });

  it.each(['@all', '@ALL', 'a|b'])('is one: %s is never written to', async (chat) => {
    const { announce, api } = await open();
    expect(await announce('d1', { channel: 'wecom', chat }, newsOf(1))).toMatchObject({ kind: 'gone' });
    expect(api.requests).toEqual([]);
  });
});

describe('each refusal by WeCom is dealt with in its own way', () => {
  const refused = async (code: number, times = 1) => {
    const opened = await open();
    opened.api.fail(send, { kind: 'refuse', code }, times);
    return { ...opened, outcome: await opened.announce('d1', member, newsOf(1)) };
  };

  it.each([
    [-1, 5_000],
    [45009, 60_000],
    [45033, 10_000],
    [60020, 3_600_000],
    [40056, 3_600_000],
    [48002, 3_600_000],
  ])('%i: it is tried again after %i ms', async (code, ms) => {
    const { outcome, clock } = await refused(code);
    expect(outcome).toMatchObject({ kind: 'retry', notBefore: new Date(clock.now().getTime() + ms) });
  });

  it.each([60011, 60111, 81013, 82001])('%i: nobody is there', async (code) => {
    expect((await refused(code)).outcome).toMatchObject({ kind: 'gone' });
  });

  it.each([40058, 44004, 45002, 45008, 99999])('%i: it will never be taken', async (code) => {
    expect((await refused(code)).outcome).toMatchObject({ kind: 'rejected' });
  });

  it.each([
    [60020, 'trusted IPs'],
    [40056, 'WECOM_AGENT_ID'],
    [40013, 'WECOM_CORP_ID'],
    [40091, 'WECOM_SECRET'],
    [48002, 'grant it the right'],
  ])('%i: the operator is told what to mend, until it works again', async (code, mend) => {
    const { channel, announce } = await refused(code);
    expect(channel.trouble?.()).toContain(mend);
    await announce('d2', member, newsOf(1));
    expect(channel.trouble?.()).toBeUndefined();
  });

  it.each([40001, 40014, 42001])('%i: another token is asked for, and the message sent once', async (code) => {
    const { outcome, api } = await refused(code);
    expect(outcome).toMatchObject({ kind: 'delivered' });
    expect(api.received).toHaveLength(1);
  });

  it.each([
    [40001, 'WECOM_SECRET'],
    [40013, 'WECOM_CORP_ID'],
    [40091, 'WECOM_SECRET'],
  ])('%i to the request for a token: asked once, and the operator is told', async (code, mend) => {
    const { announce, api, channel } = await open();
    api.fail('/cgi-bin/gettoken', { kind: 'refuse', code });
    expect(await announce('d1', member, newsOf(1))).toMatchObject({ kind: 'retry', scope: 'channel' });
    expect(api.requests).toEqual([]);
    expect(channel.trouble?.()).toContain(mend);
  });

  it('a wrong secret is named, never shown', async () => {
    const log = createRecordingLog();
    const { announce, channel } = await open({ channel: { secret: 'wrong-secret-value', log } });
    expect(await announce('d1', member, newsOf(1))).toMatchObject({ kind: 'retry' });
    expect(channel.trouble?.()).toContain('WECOM_SECRET');
    expect(log.text()).not.toContain('wrong-secret-value');
    expect(log.text()).not.toContain(secret);
  });

  it('an API that cannot be reached has taken nothing', async () => {
    const { announce, api } = await open();
    await api.close();
    expect(await announce('d1', member, newsOf(1))).toMatchObject({ kind: 'retry', scope: 'channel' });
  });
});

describe('a group robot', () => {
  const robots = ['693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa', '00000000-7xxx-4bc4-97a0-0ec2sifa5bbb'];

  it('is a subscriber to everything, under an address that hides its key', async () => {
    const { robotAddresses, store } = await open({ robots });
    const addresses = await robotAddresses();
    expect(addresses).toHaveLength(2);
    for (const address of addresses) {
      expect(await store.book.find(address)).toMatchObject({
        state: 'active',
        subscriptions: [{ kind: 'everything' }],
      });
      for (const key of robots) expect(address.chat).not.toContain(key);
    }
  });

  it('gets news as pictures, and a long digest as a list whose titles are no links of their own', async () => {
    const { robotAddresses, announce, api } = await open({ robots });
    const [address] = await robotAddresses();
    if (!address) throw new Error('no robot');
    await announce('d1', address, newsOf(8));
    await announce('d2', address, newsOf(30));
    expect(api.received.map(({ body }) => body.msgtype)).toEqual(['news', 'markdown']);
    const content = JSON.stringify(api.received[1]?.body);
    expect(content).toContain('](https://blog.example/n1)');
    expect(content).not.toContain('](https://evil');
  });

  it('counts as a group: the pace allows it 20 messages a minute', async () => {
    const { channel, robotAddresses } = await open({ robots });
    const [address] = await robotAddresses();
    expect(channel.deliverer.pace.perGroupMinute).toBe(20);
    expect(address && channel.deliverer.isGroup?.(address)).toBe(true);
    expect(channel.deliverer.isGroup?.(member)).toBe(false);
  });

  it('gets 20 messages a minute and no more, however many are announced', async () => {
    const { channel, clock, robotAddresses, announce, api } = await open({ robots });
    const addresses = await robotAddresses();
    const pacer = createPacer(channel.deliverer.pace);
    let left = addresses.flatMap((address) => Array.from({ length: 45 }, (_, at) => ({ address, id: `d${at}` })));
    const begun = clock.now().getTime();
    while (left.length > 0) {
      const now = clock.now().getTime();
      const busy = new Set(pacer.busyChats(now));
      const next = left.find(({ address }) => !busy.has(address.chat));
      if (!next) {
        await clock.advance(pacer.nextFreeMs(now));
        continue;
      }
      const through = pacer.begin(next.address.chat, channel.deliverer.isGroup?.(next.address) ?? false, now);
      // The stand-in refuses the 21st within a minute.
      expect(await announce(next.id, next.address, newsOf(1))).toMatchObject({ kind: 'delivered' });
      through(clock.now().getTime());
      left = left.filter((one) => one !== next);
    }
    expect(api.received).toHaveLength(90);
    expect(clock.now().getTime() - begun).toBeLessThan(3 * 60_000);
  });

  it('that has had its share waits alone, and says nothing of the app', async () => {
    const { channel, robotAddresses, announce, api } = await open({ robots });
    const [one] = await robotAddresses();
    if (!one) throw new Error('no robot');
    api.fail('/cgi-bin/webhook/send', { kind: 'refuse', code: 45009 });
    expect(await announce('d1', one, newsOf(1))).toMatchObject({ kind: 'retry', scope: 'chat' });
    api.fail(send, { kind: 'refuse', code: 60020 });
    await announce('d2', member, newsOf(1));
    await announce('d3', one, newsOf(1));
    expect(channel.trouble?.()).toContain('trusted IPs');
  });

  it('that was removed from its group, or from the configuration, is gone', async () => {
    const { announce, robotAddresses, api } = await open({ robots });
    const [address] = await robotAddresses();
    if (!address) throw new Error('no robot');
    api.fail('/cgi-bin/webhook/send', { kind: 'refuse', code: 93000 });
    expect(await announce('d1', address, newsOf(1))).toMatchObject({ kind: 'gone' });
    const forgotten: Address = { channel: 'wecom', chat: 'robot:unknown' };
    expect(await announce('d2', forgotten, newsOf(1))).toMatchObject({ kind: 'gone' });
  });
});
