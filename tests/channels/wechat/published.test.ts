import { createSources } from '../../../src/catalog/sources/create-sources.ts';
import { createWechatPublishedSource } from '../../../src/catalog/sources/wechat-published-source.ts';
import { readPublishedArticles } from '../../../src/channels/wechat/published-articles.ts';
import { createWechatApi } from '../../../src/channels/wechat/wechat-api.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import { openStore } from '../../../src/store/open-store.ts';
import {
  personalAccount,
  startWechatApi,
  verifiedService,
  type WechatApiServer,
} from '../../support/wechat/wechat-api-server.ts';
import { appId, appSecret } from '../../support/wechat/wechat-world.ts';

const articles = Array.from({ length: 47 }, (_, at) => ({
  article_id: `A${at}`,
  update_time: 1_760_000_000 - at * 86_400,
  content: {
    create_time: 1_760_000_000 - at * 86_400,
    news_item: [
      {
        title: `文章 ${at}`,
        digest: `摘要 ${at}`,
        thumb_url: `https://mmbiz.qpic.cn/${at}.jpg`,
        url: `http://mp.weixin.qq.com/s?__biz=MzA&mid=${at}&idx=1&sn=abc&chksm=x#rd`,
        is_deleted: at === 5,
      },
    ],
  },
}));

let server: WechatApiServer;
const open = async (rights = verifiedService, published: readonly object[] = articles) => {
  server = await startWechatApi({ appId, appSecret, rights, published });
  const api = createWechatApi({ appId, appSecret, apiRoot: server.url, clock: systemClock });
  return (signal: AbortSignal) => readPublishedArticles(api, signal);
};
afterEach(() => server.close());
const { signal } = new AbortController();

describe('CATALOG=wechat:published', () => {
  it('brings every published article as a post, page by page, without those taken down', async () => {
    const [reading] = await createWechatPublishedSource(await open()).read(signal);
    const posts = reading && 'posts' in reading ? reading.posts : [];
    expect(posts).toHaveLength(46);
    expect(posts[0]).toMatchObject({
      title: '文章 0',
      summary: '摘要 0',
      image: 'https://mmbiz.qpic.cn/0.jpg',
      url: 'http://mp.weixin.qq.com/s?__biz=MzA&mid=0&idx=1&sn=abc&chksm=x#rd',
      date: '2025-10-09T08:53:20.000Z',
      source: 'wechat:published',
    });
    const pages = server.requests.filter(({ path }) => path.endsWith('batchget')).map(({ body }) => body.offset);
    expect(pages).toEqual([0, 20, 40]);
  });

  it('is the very same reading while nothing changes', async () => {
    const source = createWechatPublishedSource(await open());
    const [first] = await source.read(signal);
    const [second] = await source.read(signal);
    expect(second).toBe(first);
  });

  it('a page that fails changes nothing, and a last good copy serves after a restart', async () => {
    const store = await openStore('sqlite::memory:', { clock: systemClock, log: silentLog });
    const read = await open();
    await createWechatPublishedSource(read, store.values).read(signal);
    server.fail('/cgi-bin/freepublish/batchget', { kind: 'refuse', code: -1 });
    const [outcome] = await createWechatPublishedSource(read, store.values).read(signal);
    expect(outcome).toMatchObject({ problem: { code: 'unreachable', severity: 'error' } });
    expect(outcome && 'lastGood' in outcome && outcome.lastGood?.posts).toHaveLength(46);
    await store.close();
  });

  it('says why it cannot be read', async () => {
    const [outcome] = await createWechatPublishedSource(await open(personalAccount)).read(signal);
    expect(outcome).toMatchObject({ problem: { message: expect.stringMatching(/48001.*verified/) } });
  });

  it('an account without articles is an empty catalog', async () => {
    const [reading] = await createWechatPublishedSource(await open(verifiedService, [])).read(signal);
    expect(reading).toMatchObject({ posts: [] });
  });

  it('stands beside other sources, and names what it needs', async () => {
    const source = createWechatPublishedSource(await open());
    const options = { folder: '/tmp', clock: systemClock };
    const spec = 'https://blog.example/feed.xml, wechat:published';
    expect(createSources(spec, { ...options, named: { 'wechat:published': source } })).toContain(source);
    expect(() => createSources(spec, options)).toThrow('WECHAT_APP_ID');
  });
});
