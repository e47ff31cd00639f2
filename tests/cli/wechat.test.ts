import { postbell } from '../support/process.ts';
import {
  personalAccount,
  startWechatApi,
  verifiedService,
  type WechatApiServer,
} from '../support/wechat/wechat-api-server.ts';
import { appId, appSecret } from '../support/wechat/wechat-world.ts';

let api: WechatApiServer;
afterEach(() => api?.close());

const account = async (rights = verifiedService) => {
  api = await startWechatApi({
    appId,
    appSecret,
    rights,
    published: [
      {
        content: {
          create_time: 1_760_000_000,
          news_item: [{ title: '群发过的文章', url: 'https://mp.weixin.qq.com/s/1' }],
        },
      },
    ],
  });
  const env = {
    WECHAT_APP_ID: appId,
    WECHAT_APP_SECRET: appSecret,
    WECHAT_TOKEN: 'QDG6eK',
    WECHAT_API_ROOT: api.url,
  };
  return (args: readonly string[], more: Record<string, string> = {}) => postbell(args, { env: { ...env, ...more } });
};

describe('postbell wechat menu', () => {
  it('shows that there is none, makes the configured one, and shows it', async () => {
    const run = await account();
    expect(await run(['wechat', 'menu'])).toMatchObject({ code: 0, stdout: expect.stringContaining('--create') });
    expect(api.menu()).toBeUndefined();
    const menu = { WECHAT_MENU: '最新=最新, 更多/博客=https://blog.example/, 更多/分类=分类' };
    expect(await run(['wechat', 'menu', '--create'], menu)).toMatchObject({
      code: 0,
      stdout: '最新 → 最新\n更多\n  博客 → https://blog.example/\n  分类 → 分类\n',
    });
    expect(api.menu()).toMatchObject({ button: [{ key: '最新' }, { name: '更多' }] });
    const { stdout } = await run(['wechat', 'menu', '--json']);
    expect(JSON.parse(stdout)).toEqual({
      menu: [
        { name: '最新', words: '最新' },
        {
          name: '更多',
          items: [
            { name: '博客', url: 'https://blog.example/' },
            { name: '分类', words: '分类' },
          ],
        },
      ],
    });
  });

  it('makes latest, categories and subscribe where nothing is configured', async () => {
    const run = await account();
    expect((await run(['wechat', 'menu', '--create'])).stdout).toBe('最新 → 最新\n分类 → 分类\n订阅 → 订阅\n');
  });

  it('that is written wrongly asks WeChat for nothing', async () => {
    const run = await account();
    const ended = await run(['wechat', 'menu', '--create'], { WECHAT_MENU: 'a=1,b=2,c=3,d=4' });
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('4 buttons') });
    expect(api.requests).toEqual([]);
  });

  it('of an account that may not make one says so, and never shows the secret', async () => {
    const run = await account(personalAccount);
    const { code, stderr } = await run(['wechat', 'menu', '--create']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/48001.*only verified accounts/);
    expect(stderr).not.toContain(appSecret);
  });

  it.each([
    ['WECHAT_APP_ID', { WECHAT_APP_ID: '' }],
    ['WECHAT_APP_SECRET', { WECHAT_APP_SECRET: '' }],
  ])('names %s where it is missing', async (name, missing) => {
    const run = await account();
    expect(await run(['wechat', 'menu'], missing)).toMatchObject({ code: 2, stderr: expect.stringContaining(name) });
  });
});

describe('postbell wechat code', () => {
  it('makes a code for a place, and says where its picture is', async () => {
    const run = await account();
    const { code, stdout } = await run(['wechat', 'code', 'category_大语言模型（LLM）', '--json']);
    expect(code).toBe(0);
    const { picture, url } = JSON.parse(stdout);
    expect(url).toMatch(/^http:\/\/weixin\.qq\.com\/q\//);
    const { searchParams } = new URL(picture);
    expect(api.sceneOf(searchParams.get('ticket') ?? '')).toBe('category_大语言模型（LLM）');
  });

  it.each(['nowhere', 'post_', `search_${'x'.repeat(70)}`])('refuses %s, which leads nowhere', async (scene) => {
    const run = await account();
    expect(await run(['wechat', 'code', scene])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('leads nowhere'),
    });
    expect(api.requests).toEqual([]);
  });

  it('says which accounts may make codes', async () => {
    const run = await account(personalAccount);
    expect((await run(['wechat', 'code', 'search_LoRA'])).stderr).toMatch(/48001.*verified/);
  });
});

it('the account’s own articles can be listed and searched from the command line', async () => {
  const run = await account();
  const catalog = { CATALOG: 'wechat:published' };
  const { posts } = JSON.parse((await run(['catalog', 'list', '--json'], catalog)).stdout);
  expect(posts).toMatchObject([{ title: '群发过的文章', source: 'wechat:published' }]);
  expect((await run(['search', '群发'], catalog)).stdout).toContain('群发过的文章');
});
