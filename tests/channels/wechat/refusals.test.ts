import { createRecordingLog } from '../../support/recording-log.ts';
import { newPosts, newsOf } from '../../support/wechat/news.ts';
import { createWechatWorld, type WechatWorld } from '../../support/wechat/wechat-world.ts';

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

describe('each refusal by WeChat is dealt with in its own way', () => {
  const refused = async (code: number, times = 1) => {
    const opened = await open({ channel: { log } });
    await opened.account.text('reader', '订阅');
    opened.api.fail(customSend, { kind: 'refuse', code }, times);
    return { ...opened, outcome: await opened.announce('d1', 'reader', newsOf(1)) };
  };
  let log = createRecordingLog();
  beforeEach(() => {
    log = createRecordingLog();
  });

  it.each([40003, 43004])('%i: nobody is there', async (code) => {
    expect((await refused(code)).outcome).toMatchObject({ kind: 'gone' });
  });

  it.each([
    [-1, 5_000],
    [45011, 60_000],
    [45066, 60_000],
  ])('%i: it is tried again after %i ms', async (code, ms) => {
    const { outcome, clock } = await refused(code);
    expect(outcome).toMatchObject({ kind: 'retry', notBefore: new Date(clock.now().getTime() + ms), scope: 'channel' });
  });

  it('45065: WeChat has it already, so that it counts as sent', async () => {
    const { outcome, announce } = await refused(45065);
    expect(outcome).toEqual({ kind: 'delivered', messageId: 'customer-service' });
    expect(await announce('d2', 'reader', newsOf(1, 1))).toMatchObject({ messageId: 'customer-service' });
  });

  it.each([45015, 45047, 43019, 48002])(
    '%i: kept, and the window counts as closed until the reader writes',
    async (code) => {
      const { outcome, announce, api, account, clock } = await refused(code);
      expect(outcome).toMatchObject({ messageId: 'kept' });
      expect(await announce('d2', 'reader', newsOf(1, 1))).toMatchObject({ messageId: 'kept' });
      expect(api.requests.filter(({ path }) => path === customSend)).toEqual([]);
      await clock.advance(1_000);
      await account.text('reader', '帮助');
      expect(await announce('d3', 'reader', newsOf(1, 2))).toMatchObject({ messageId: 'customer-service' });
    },
  );

  it.each([45002, 45008, 40033, 47001, 47003, 99999])('%i: kept, and the log names a defect', async (code) => {
    expect((await refused(code)).outcome).toMatchObject({ messageId: 'kept' });
    expect(log.text()).toContain(String(code));
    expect(log.text()).toContain('should have made differently');
  });

  it.each([48001, 45009, 45028])('%i: kept, and no more is tried today', async (code) => {
    const { outcome, announce, account, api, channel } = await refused(code);
    expect(outcome).toMatchObject({ messageId: 'kept' });
    await account.text('other', '订阅');
    expect(await announce('d2', 'other', newsOf(1))).toMatchObject({ messageId: 'kept' });
    expect(api.requests.filter(({ path }) => path === customSend)).toEqual([]);
    expect(channel.trouble?.()).toBeUndefined();
  });

  it('45009: the quota begins anew at midnight in China', async () => {
    const { announce, account, clock } = await refused(45009);
    await clock.advance(7 * hour + 59 * 60_000);
    expect(await announce('d2', 'reader', newsOf(1, 1))).toMatchObject({ messageId: 'kept' });
    await clock.advance(2 * 60_000);
    await account.text('reader', '帮助');
    expect(await announce('d3', 'reader', newsOf(1, 2))).toMatchObject({ messageId: 'customer-service' });
  });

  it.each([
    [48004, 'forbidden'],
    [50002, 'limited'],
    [40164, 'whitelist'],
    [89503, 'administrator'],
    [89506, 'administrator'],
    [89507, 'administrator'],
    [40243, 'frozen'],
    [40013, 'WECHAT_APP_ID'],
    [40125, 'WECHAT_APP_SECRET'],
    [41002, 'WECHAT_APP_ID'],
    [41004, 'WECHAT_APP_SECRET'],
  ])('%i: kept, and the operator is told what to mend', async (code, mend) => {
    const { outcome, channel } = await refused(code);
    expect(outcome).toMatchObject({ messageId: 'kept' });
    expect(channel.trouble?.()).toContain(mend);
    expect(log.text()).toContain('"level":"error"');
  });

  it.each([
    [40164, 'whitelist'],
    [89503, 'administrator'],
    [89506, 'administrator'],
    [89507, 'administrator'],
    [40013, 'WECHAT_APP_ID'],
    [40001, 'WECHAT_APP_SECRET'],
    [40125, 'WECHAT_APP_SECRET'],
    [40243, 'frozen'],
    [41002, 'WECHAT_APP_ID'],
    [41004, 'WECHAT_APP_SECRET'],
  ])('%i to the request for a token: asked once, kept, and the operator is told', async (code, mend) => {
    const { account, announce, api, channel } = await open();
    await account.text('reader', '订阅');
    api.fail('/cgi-bin/stable_token', { kind: 'refuse', code });
    expect(await announce('d1', 'reader', newsOf(1))).toMatchObject({ messageId: 'kept' });
    // Nothing is asked again before something can have been mended, nor is a token forced.
    expect(await announce('d2', 'reader', newsOf(1, 1))).toMatchObject({ messageId: 'kept' });
    expect(api.requests).toEqual([]);
    expect(channel.trouble?.()).toContain(mend);
  });

  it.each([40001, 40014, 42001])('%i: another token is asked for, and the message sent once', async (code) => {
    const { outcome, api } = await refused(code);
    expect(outcome).toMatchObject({ messageId: 'customer-service' });
    expect(api.pushed).toHaveLength(1);
  });

  it.each([40001, 40014, 42001])('%i twice: not a third time', async (code) => {
    const { outcome, api, channel } = await refused(code, 2);
    expect(outcome).toMatchObject({ messageId: 'kept' });
    expect(api.pushed).toEqual([]);
    expect(channel.trouble?.()).toContain('WECHAT_APP_SECRET');
  });
});
