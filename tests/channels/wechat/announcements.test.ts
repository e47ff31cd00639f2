import { newPosts, newsOf } from '../../support/wechat/news.ts';
import { personalAccount } from '../../support/wechat/wechat-api-server.ts';
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
const textOf = (answer: unknown) => (answer as { content?: string }).content ?? JSON.stringify(answer);

describe('inside the window that a message opens', () => {
  it('an announcement is a customer-service message with one article', async () => {
    const { account, api, announce } = await open();
    await account.text('reader', '订阅');
    expect(await announce('d1', 'reader', newsOf(1))).toEqual({ kind: 'delivered', messageId: 'customer-service' });
    expect(api.pushed).toMatchObject([
      { body: { msgtype: 'news', news: { articles: [{ title: '新文章 1', url: 'https://mp.weixin.qq.com/s/n1' }] } } },
    ]);
  });

  it('a digest is one text', async () => {
    const { account, api, announce } = await open();
    await account.text('reader', '订阅');
    await announce('d1', 'reader', newsOf(30));
    expect(api.pushed).toMatchObject([{ body: { msgtype: 'text' } }]);
  });

  it('five go out, the sixth is kept, and the reader gets it with the next answer', async () => {
    const { account, api, announce, clock } = await open();
    await account.text('reader', '订阅');
    for (let at = 0; at < 5; at++) {
      expect(await announce(`d${at}`, 'reader', newsOf(1, at))).toMatchObject({ messageId: 'customer-service' });
    }
    expect(await announce('d5', 'reader', newsOf(1, 5))).toEqual({ kind: 'delivered', messageId: 'kept' });
    expect(api.pushed).toHaveLength(5);
    await clock.advance(1_000);
    expect(textOf(await account.text('reader', '帮助'))).toContain('有 1 篇新文章');
    expect(await announce('d6', 'reader', newsOf(1, 6))).toMatchObject({ messageId: 'customer-service' });
  });

  it('ends after 48 hours', async () => {
    const { account, announce, clock, api } = await open();
    await account.text('reader', '订阅');
    await clock.advance(48 * hour);
    expect(await announce('d1', 'reader', newsOf(1))).toMatchObject({ messageId: 'kept' });
    expect(api.requests.filter(({ path }) => path === customSend)).toEqual([]);
  });
});

describe('inside the window that a tap opens', () => {
  it.each([
    ['a tap on the menu', 'CLICK', { EventKey: '最新' }],
    ['a follow', 'subscribe', { EventKey: '' }],
    ['a scan', 'SCAN', { EventKey: 'search_文章', Ticket: 'ticket' }],
  ])('three go out within a minute after %s', async (_, event, fields) => {
    const { account, announce, api, clock } = await open();
    api.contact('reader', 'tap');
    await account.deliver(account.event('reader', event, fields));
    const ways = [];
    for (let at = 0; at < 4; at++) ways.push(await announce(`d${at}`, 'reader', newsOf(1, at)));
    expect(ways.map((way) => 'messageId' in way && way.messageId)).toEqual([
      'customer-service',
      'customer-service',
      'customer-service',
      'kept',
    ]);
    await account.click('reader', '最新');
    await clock.advance(61_000);
    expect(await announce('d9', 'reader', newsOf(1, 9))).toMatchObject({ messageId: 'kept' });
  });

  it('a message of yesterday still counts', async () => {
    const { account, announce, clock } = await open();
    await account.text('reader', '订阅');
    await clock.advance(24 * hour);
    await account.click('reader', '最新');
    await clock.advance(2 * hour);
    expect(await announce('d1', 'reader', newsOf(1))).toMatchObject({ messageId: 'customer-service' });
  });
});

describe('an account that may not push', () => {
  it('keeps what is new, and asks WeChat once a day at most', async () => {
    const { account, announce, api, clock } = await open({ rights: personalAccount });
    await account.text('reader', '订阅');
    for (let at = 0; at < 3; at++) {
      expect(await announce(`d${at}`, 'reader', newsOf(1, at))).toMatchObject({ messageId: 'kept' });
    }
    expect(api.requests.filter(({ path }) => path === customSend)).toHaveLength(1);
    const answer = textOf(await account.text('reader', '新文章'));
    expect(answer).toContain('你上次来后有 3 篇新文章');
    for (const number of [1, 2, 3]) {
      expect(answer).toContain(`· <a href="https://mp.weixin.qq.com/s/n${number}">新文章 ${number}</a>`);
    }
    expect(textOf(await account.text('reader', '新文章'))).not.toContain('你上次来后');
    await clock.advance(25 * hour);
    await account.text('reader', '新文章');
    await announce('d9', 'reader', newsOf(1, 9));
    expect(api.requests.filter(({ path }) => path === customSend)).toHaveLength(2);
  });

  it('keeps a repeat of a delivery once', async () => {
    const { account, announce } = await open({ secret: false });
    await announce('d1', 'reader', newsOf(1));
    await announce('d1', 'reader', newsOf(1));
    expect(textOf(await account.text('reader', '帮助'))).toContain('有 1 篇新文章');
  });

  it('gives what is new once, also to a reader whose messages come all at the same moment', async () => {
    const { account, announce } = await open({ secret: false });
    await announce('d1', 'reader', newsOf(1));
    const answers = await Promise.all(['帮助', '最新', '分类', '设置'].map((words) => account.text('reader', words)));
    expect(answers.map(textOf).filter((text) => text.includes('有 1 篇新文章'))).toHaveLength(1);
  });

  it('gives many over several answers, and each of them once', async () => {
    const { account, announce } = await open({ secret: false });
    for (let at = 0; at < 30; at++) await announce(`d${at}`, 'reader', newsOf(1, at));
    let told = '';
    for (let turn = 0; turn < 10; turn++) told += textOf(await account.text('reader', '帮助'));
    for (let number = 1; number <= 30; number++) {
      expect(told.split(`>新文章 ${number}</a>`)).toHaveLength(2);
    }
  });

  it('tells of a large digest as much as fits', async () => {
    const { account, announce } = await open({ secret: false });
    await announce('d1', 'reader', newsOf(30));
    const answer = textOf(await account.text('reader', '帮助'));
    expect(answer).toContain('有 30 篇新文章');
    expect(answer).toContain('新文章 1</a>');
    expect(answer.trimEnd().endsWith('…')).toBe(true);
  });

  it('gives what was kept with a tap too', async () => {
    const { account, announce } = await open({ secret: false });
    await announce('d1', 'reader', newsOf(1));
    expect(textOf(await account.click('reader', '最新'))).toContain('有 1 篇新文章');
  });
});

describe('a subscription notification', () => {
  const notice = { id: 'TEMPLATE', fields: { title: 'thing1', date: 'time2' } } as const;
  const consent = (account: WechatWorld['account'], status: string) =>
    account.deliver({
      ...account.event('reader', 'subscribe_msg_popup_event'),
      xml: account
        .event('reader', 'subscribe_msg_popup_event')
        .xml.replace(
          '</xml>',
          `<SubscribeMsgPopupEvent><List><TemplateId><![CDATA[TEMPLATE]]></TemplateId><SubscribeStatusString><![CDATA[${status}]]></SubscribeStatusString><PopupScene>2</PopupScene></List></SubscribeMsgPopupEvent></xml>`,
        ),
    });

  it('goes once for each consent, then what is new is kept', async () => {
    const { account, announce, api } = await open({ channel: { notice } });
    api.contact('reader', 'follow');
    await consent(account, 'accept');
    api.consent('reader', 'TEMPLATE');
    expect(await announce('d1', 'reader', newsOf(1))).toEqual({ kind: 'delivered', messageId: 'notice' });
    expect(api.pushed).toMatchObject([
      { by: 'notice', body: { page: 'https://mp.weixin.qq.com/s/n1', data: { thing1: { value: '新文章 1' } } } },
    ]);
    expect(await announce('d2', 'reader', newsOf(1, 1))).toMatchObject({ messageId: 'kept' });
  });

  it('is not tried where the reader refused, or WeChat says so', async () => {
    const { account, announce, api, clock } = await open({ channel: { notice } });
    api.contact('reader', 'follow');
    await consent(account, 'reject');
    expect(await announce('d1', 'reader', newsOf(1))).toMatchObject({ messageId: 'kept' });
    await clock.advance(1_000);
    await consent(account, 'accept');
    expect(await announce('d2', 'reader', newsOf(1, 1))).toMatchObject({ messageId: 'kept' });
    await announce('d3', 'reader', newsOf(1, 2));
    expect(api.requests.filter(({ path }) => path.endsWith('bizsend'))).toHaveLength(1);
  });
});

describe('a template that WeChat does not know', () => {
  it('40037: kept, and the operator is told which settings to compare', async () => {
    const template = { id: 'TEMPLATE', fields: { title: 'first' } } as const;
    const { announce, api, channel } = await open({ channel: { template } });
    api.contact('reader', 'follow');
    api.fail('/cgi-bin/message/template/send', { kind: 'refuse', code: 40037 });
    expect(await announce('d1', 'reader', newsOf(1))).toMatchObject({ messageId: 'kept' });
    expect(channel.trouble?.()).toContain('WECHAT_TEMPLATE_ID');
  });
});

describe('a template message', () => {
  const template = { id: 'TEMPLATE', fields: { title: 'first', summary: 'thing2' } } as const;

  it('goes to a reader outside of every window', async () => {
    const { announce, api } = await open({ channel: { template } });
    api.contact('reader', 'follow');
    const outcome = await announce('d1', 'reader', newsOf(1));
    expect(outcome).toMatchObject({ kind: 'delivered', messageId: expect.stringMatching(/^template:\d+$/) });
    expect(api.pushed).toMatchObject([{ by: 'template', body: { client_msg_id: 'd1' } }]);
  });

  it('that did not arrive after all is kept', async () => {
    const { account, announce, api } = await open({ channel: { template } });
    api.contact('reader', 'follow');
    const outcome = await announce('d1', 'reader', newsOf(1));
    const id = 'messageId' in outcome ? String(outcome.messageId).replace('template:', '') : '';
    await account.deliver(account.event('reader', 'TEMPLATESENDJOBFINISH', { MsgID: id, Status: 'failed:user block' }));
    expect(textOf(await account.text('reader', '帮助'))).toContain('有 1 篇新文章');
  });
});

it('two template messages to one reader whose results come in the same second are told apart', async () => {
  const { account, announce, api } = await open({ channel: { template: { id: 'T', fields: { title: 'first' } } } });
  api.contact('reader', 'follow');
  const ids = [];
  for (const [at, id] of ['d1', 'd2'].entries()) {
    const outcome = await announce(id, 'reader', newsOf(1, at));
    ids.push('messageId' in outcome ? String(outcome.messageId).replace('template:', '') : '');
  }
  for (const id of ids) {
    await account.deliver(account.event('reader', 'TEMPLATESENDJOBFINISH', { MsgID: id, Status: 'failed:user block' }));
  }
  expect(textOf(await account.text('reader', '帮助'))).toContain('有 2 篇新文章');
});
