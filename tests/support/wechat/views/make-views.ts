import { appendFileSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '../../browser.ts';
import { foundingCatalog, makeFolder, startBot } from '../../process.ts';
import { createWechatAccount } from '../wechat-account.ts';
import { type AccountRights, personalAccount, startWechatApi, verifiedService } from '../wechat-api-server.ts';
import { appId, appSecret, encodingAesKey, token } from '../wechat-world.ts';
import { type ArticleView, type View, viewsPage } from './views-page.ts';

// Asks the built program for each of its views in WeChat, and draws what it answers: docs/images/wechat-views.*.jpg.
const reader = 'o6_bmjrPTlm6_2sgVt7hMZOPfL2M';
const publicUrl = 'https://bot.example';

/** What is said in each language, words of the founding catalog and commands as they are typed there, and what each view is called. */
const words = {
  zh: {
    several: '微调',
    latest: '最新',
    categories: '分类',
    narrow: '订阅 微调',
    all: '订阅',
    mine: '我的订阅',
    help: '帮助',
    titles: {
      follower: '刚关注',
      clear: '只有一篇',
      several: '好几篇',
      byNumber: '发序号看一篇',
      nextPage: '翻到下一页',
      nothing: '没找到',
      menu: '点菜单',
      categories: '分类',
      narrow: '订阅一个主题',
      mine: '我的订阅',
      pushed: '有新文章，可以主动发',
      spoken: '语音提问',
      shared: '转发目录里的文章',
      photo: '发一张图片',
      kept: '个人号，有了新文章之后',
    },
  },
  en: {
    several: 'diffusion',
    latest: '/latest',
    categories: '/categories',
    narrow: '/subscribe diffusion',
    all: '/subscribe',
    mine: '/subscriptions',
    help: '/help',
    titles: {
      follower: 'A new follower',
      clear: 'One clear hit',
      several: 'Several hits',
      byNumber: 'A post by its number',
      nextPage: 'The next page of a list',
      nothing: 'Nothing found',
      menu: 'The menu is tapped',
      categories: 'Categories',
      narrow: 'A subscription',
      mine: 'What one gets',
      pushed: 'A new post, within the window',
      spoken: 'A spoken question',
      shared: 'An article of the catalog is shared',
      photo: 'A photo is sent',
      kept: 'A personal account, after a new post',
    },
  },
} as const;
type Language = keyof typeof words;

const browser = await launchBrowser();
for (const language of ['zh', 'en'] as const) {
  const tab = await browser.newPage({ viewport: { width: 1240, height: 900 } });
  await tab.setContent(viewsPage(language, [...(await verified(language)), ...(await personal(language))]));
  const picture = fileURLToPath(new URL(`../../../../docs/images/wechat-views.${language}.jpg`, import.meta.url));
  await tab.screenshot({ path: picture, fullPage: true, type: 'jpeg', quality: 85 });
}
await browser.close();

function verified(language: Language): Promise<View[]> {
  const { titles, ...said } = words[language];
  return visit(language, verifiedService, async ({ account, show, publish, showPushed }) => {
    const send = (type: string, fields: Record<string, string>) =>
      account.deliver(account.message(reader, type, fields));
    const ask = (heading: string, text: string) => show(heading, account.text(reader, text), text);
    await show(titles.follower, account.follow(reader));
    await ask(titles.clear, 'BEIT-3');
    await ask(titles.several, said.several);
    await ask(titles.byNumber, '2');
    await account.text(reader, said.latest);
    await ask(titles.nextPage, 'n');
    await ask(titles.nothing, 'zzzz');
    await show(titles.menu, account.click(reader, said.latest));
    await ask(titles.categories, said.categories);
    await ask(titles.narrow, said.narrow);
    await ask(titles.mine, said.mine);
    await account.text(reader, said.all);
    await publish('customer-service');
    await showPushed(titles.pushed);
    const spoken = { MediaId: 'm', Format: 'amr', Recognition: 'BEIT-3' };
    await show(titles.spoken, send('voice', spoken), '🎤 BEIT-3');
    const shared = { Title: 'CoCa', Description: '', Url: 'https://mp.weixin.qq.com/s/5fGxhdW0TuI8aJi-t8U0XQ' };
    await show(titles.shared, send('link', shared), '🔗 CoCa');
    await show(titles.photo, send('image', { PicUrl: 'https://mmbiz.example/p', MediaId: 'm' }), '🖼');
  });
}

function personal(language: Language): Promise<View[]> {
  const { all, help, titles } = words[language];
  return visit(language, personalAccount, async ({ account, show, publish }) => {
    await account.text(reader, all);
    await publish('kept');
    await show(titles.kept, account.text(reader, help), help);
  });
}

interface Visit {
  readonly account: ReturnType<typeof createWechatAccount>;
  show(heading: string, answer: Promise<unknown>, said?: string): Promise<void>;
  /** Adds a post, and waits until the reader has been told of it in this way. */
  publish(way: string): Promise<void>;
  showPushed(heading: string): Promise<void>;
}

/** Runs an account with these rights, in this language, for the time of a visit. */
async function visit(
  language: Language,
  rights: AccountRights,
  during: (visit: Visit) => Promise<void>,
): Promise<View[]> {
  const views: View[] = [];
  const folder = makeFolder();
  const catalog = join(folder, 'posts.md');
  copyFileSync(foundingCatalog, catalog);
  const api = await startWechatApi({ appId, appSecret, rights });
  const bot = await startBot({
    cwd: folder,
    env: {
      CATALOG: catalog,
      LANGUAGE: language,
      ANNOUNCE_CRON: '* * * * * *',
      PUBLIC_URL: publicUrl,
      WECHAT_APP_ID: appId,
      WECHAT_APP_SECRET: appSecret,
      WECHAT_TOKEN: token,
      WECHAT_ENCODING_AES_KEY: encodingAesKey,
      WECHAT_API_ROOT: api.url,
    },
  });
  const url = `${bot.url}/wechat/callback`;
  const account = createWechatAccount({ url, token, appId, encodingAesKey, mode: 'safe', contact: api.contact });

  const pictureOf = async (address: string): Promise<string> => {
    const response = await fetch(address.replace(publicUrl, bot.url));
    return `data:image/jpeg;base64,${Buffer.from(await response.arrayBuffer()).toString('base64')}`;
  };
  const withPictures = (articles: readonly ArticleView[]) =>
    Promise.all(articles.map(async (article) => ({ ...article, picture: await pictureOf(article.picture) })));

  await during({
    account,
    async show(heading, answer, said = '') {
      const shown = (await answer) as { content?: string; articles?: readonly ArticleView[] };
      views.push({ heading, said, text: shown.content ?? '', articles: await withPictures(shown.articles ?? []) });
    },
    async publish(way) {
      const line =
        '### [大模型微调实战：从数据到上线](https://mp.weixin.qq.com/s/new)\n一步步微调一个大模型，附全部代码。';
      appendFileSync(catalog, `\n\n${line}\n`);
      await bot.logged((logged) => logged.messageId === way);
    },
    async showPushed(heading) {
      const [pushed] = api.pushed as readonly { body: { news?: unknown } }[];
      if (!pushed) throw new Error('nothing was pushed');
      const { articles } = pushed.body.news as { articles: (ArticleView & { picurl: string })[] };
      const shown = articles.map((article) => ({ ...article, picture: article.picurl }));
      views.push({ heading, said: '', text: '', articles: await withPictures(shown) });
    },
  });
  await bot.stop();
  await api.close();
  return views;
}
