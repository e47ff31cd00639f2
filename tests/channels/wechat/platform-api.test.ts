import { createRecordingLog } from '../../support/recording-log.ts';
import { newPosts, newsOf } from '../../support/wechat/news.ts';
import { verifiedService } from '../../support/wechat/wechat-api-server.ts';
import { appSecret, createWechatWorld, type WechatWorld } from '../../support/wechat/wechat-world.ts';

const hour = 3_600_000;
const customSend = '/cgi-bin/message/custom/send';

let world: WechatWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});
const open = async (options: Partial<Parameters<typeof createWechatWorld>[0]> = {}) => {
  world = await createWechatWorld({ posts: newPosts, ...options });
  return world;
};

describe('a connection that breaks', () => {
  it('before WeChat has the message may have delivered it or not', async () => {
    const { account, announce, api } = await open();
    await account.text('reader', '订阅');
    api.fail(customSend, { kind: 'drop-after' });
    expect(await announce('d1', 'reader', newsOf(1))).toMatchObject({ kind: 'unknown' });
    api.fail(customSend, { kind: 'page', status: 502 });
    expect(await announce('d1', 'reader', newsOf(1))).toMatchObject({ kind: 'unknown' });
  });

  it('before it was made has certainly delivered nothing', async () => {
    const { account, announce, api } = await open();
    await account.text('reader', '订阅');
    await api.close();
    expect(await announce('d1', 'reader', newsOf(1))).toMatchObject({ kind: 'retry', scope: 'channel' });
  });

  it('while a token is asked for has certainly delivered nothing', async () => {
    const { account, announce, api } = await open();
    await account.text('reader', '订阅');
    api.fail('/cgi-bin/stable_token', { kind: 'drop-before' });
    expect(await announce('d1', 'reader', newsOf(1))).toMatchObject({ kind: 'retry' });
  });
});

describe('the access token', () => {
  it('is asked for once and used until it is about to end', async () => {
    const { account, announce, api, clock } = await open();
    await account.text('reader', '订阅');
    await Promise.all([announce('d1', 'reader', newsOf(1)), announce('d2', 'reader', newsOf(1, 1))]);
    await announce('d3', 'reader', newsOf(1, 2));
    expect(api.tokenRequests()).toBe(1);
    await clock.advance(2 * hour - 301_000);
    await announce('d4', 'reader', newsOf(1, 3));
    expect(api.tokenRequests()).toBe(1);
    await clock.advance(2_000);
    await announce('d5', 'reader', newsOf(1, 4));
    expect(api.tokenRequests()).toBe(2);
  });

  it('that WeChat has revoked is replaced, by one request for many messages', async () => {
    const { account, announce, api } = await open();
    for (const reader of ['a', 'b', 'c']) await account.text(reader, '订阅');
    await announce('d1', 'a', newsOf(1));
    api.revokeTokens();
    const outcomes = await Promise.all(['a', 'b', 'c'].map((reader) => announce(`d2${reader}`, reader, newsOf(1, 1))));
    for (const outcome of outcomes) expect(outcome).toMatchObject({ messageId: 'customer-service' });
    expect(api.tokenRequests()).toBe(2);
  });

  it('is refused for a wrong secret: no message is tried, and the operator is told', async () => {
    const log = createRecordingLog();
    const { account, announce, api, channel } = await open({ channel: { appSecret: 'wrong-secret-value', log } });
    await account.text('reader', '订阅');
    expect(await announce('d1', 'reader', newsOf(1))).toMatchObject({ messageId: 'kept' });
    expect(api.requests.filter(({ path }) => path === customSend)).toEqual([]);
    expect(channel.trouble?.()).toContain('WECHAT_APP_SECRET');
    expect(log.text()).not.toContain('wrong-secret-value');
  });

  it('is never seen in a log or an outcome, nor is the secret', async () => {
    const log = createRecordingLog();
    const { account, announce, api } = await open({ channel: { log } });
    await account.text('reader', '订阅');
    const first = await announce('d1', 'reader', newsOf(1));
    api.fail(customSend, { kind: 'drop-after' });
    const outcomes = JSON.stringify([first, await announce('d2', 'reader', newsOf(1))]);
    const tokens = api.requests.map(({ query }) => query.get('access_token')).filter((token) => token !== null);
    expect(tokens.length).toBeGreaterThan(0);
    for (const secret of [...tokens, appSecret]) {
      expect(log.text()).not.toContain(secret);
      expect(outcomes).not.toContain(secret);
    }
  });

  it('is stable: two processes get the same', async () => {
    const { account, announce, api, store } = await open({ rights: verifiedService });
    await account.text('reader', '订阅');
    await announce('d1', 'reader', newsOf(1));
    const other = await createWechatWorld({ posts: newPosts, store, channel: { apiRoot: api.url } });
    await other.announce('d2', 'reader', newsOf(1, 1));
    await announce('d3', 'reader', newsOf(1, 2));
    const tokens = api.requests.map(({ query }) => query.get('access_token')).filter((token) => token !== null);
    expect(new Set(tokens).size).toBe(1);
    expect(api.pushed).toHaveLength(3);
    await other.close();
  });
});
