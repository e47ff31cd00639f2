import { createWechatMenu, parseMenu } from '../../../src/channels/wechat/menu.ts';
import { createWechatApi } from '../../../src/channels/wechat/wechat-api.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import {
  personalAccount,
  startWechatApi,
  verifiedService,
  type WechatApiServer,
} from '../../support/wechat/wechat-api-server.ts';
import { appId, appSecret } from '../../support/wechat/wechat-world.ts';

let server: WechatApiServer;
const open = async (rights = verifiedService) => {
  server = await startWechatApi({ appId, appSecret, rights });
  return createWechatMenu(createWechatApi({ appId, appSecret, apiRoot: server.url, clock: systemClock }));
};
afterEach(() => server?.close());

describe('the menu of an account', () => {
  it('is made from the configuration, and shown as it is', async () => {
    const menu = await open();
    const wanted = parseMenu('最新=最新, 分类=分类, 更多/博客=https://blog.example/?a=1&b=2, 更多/LoRA=LoRA');
    expect(await menu.current()).toEqual([]);
    await menu.create(wanted);
    expect(server.menu()).toEqual({
      button: [
        { type: 'click', name: '最新', key: '最新' },
        { type: 'click', name: '分类', key: '分类' },
        {
          name: '更多',
          sub_button: [
            { type: 'view', name: '博客', url: 'https://blog.example/?a=1&b=2' },
            { type: 'click', name: 'LoRA', key: 'LoRA' },
          ],
        },
      ],
    });
    expect(await menu.current()).toEqual(wanted);
  });

  it('is refused to an account that may not make one, with the reason', async () => {
    const menu = await open(personalAccount);
    await expect(menu.create(parseMenu('最新=最新'))).rejects.toThrow(/48001.*verified/);
  });
});

describe('a menu in the configuration', () => {
  beforeAll(async () => {
    await open();
  });

  it.each([
    ['', 'no button'],
    ['最新', 'NAME=WORDS'],
    ['a=1, b=2, c=3, d=4', '4 buttons'],
    ['名字太长了真的=最新', '16 bytes'],
    ['a=1, a/b=2', 'a button already'],
    ['a/1=1, a/2=2, a/3=3, a/4=4, a/5=5, a/6=6', 'more than 5'],
    [`a=${'长'.repeat(43)}`, '128 bytes'],
    [`a=https://x.example/${'y'.repeat(1_024)}`, 'no address'],
  ])('%s is refused with what to do', (text, reason) => {
    expect(() => parseMenu(text)).toThrow(reason);
    expect(() => parseMenu(text)).toThrow('WECHAT_MENU');
  });
});
