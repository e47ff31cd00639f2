import { appendFileSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadImage } from '@napi-rs/canvas';
import { type Bot, foundingCatalog, makeFolder, startBot } from '../support/process.ts';
import { createCallbackSeal, sign } from '../support/wechat/callback-seal.ts';
import { readPassiveAnswer } from '../support/wechat/passive-answer.ts';
import { createWechatAccount, type WechatAccount } from '../support/wechat/wechat-account.ts';
import {
  personalAccount,
  startWechatApi,
  verifiedService,
  type WechatApiServer,
} from '../support/wechat/wechat-api-server.ts';
import { startWecomApi, type WecomApiServer } from '../support/wechat/wecom-api-server.ts';

const appId = 'wx5823bf96d3bd56c7';
const appSecret = '5ec12e7e5ec12e7e5ec12e7e5ec12e7e';
const token = 'QDG6eK';
const encodingAesKey = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const reader = 'o6_bmjrPTlm6_2sgVt7hMZOPfL2M';

let bot: Bot | undefined;
let api: WechatApiServer;
let wecom: WecomApiServer | undefined;
let catalog: string;
let folder: string;

async function start(rights = verifiedService, env: Record<string, string> = {}): Promise<WechatAccount> {
  folder = makeFolder();
  catalog = join(folder, 'posts.md');
  copyFileSync(foundingCatalog, catalog);
  api = await startWechatApi({ appId, appSecret, rights });
  return restart(env);
}

async function restart(env: Record<string, string> = {}): Promise<WechatAccount> {
  bot = await startBot({
    cwd: folder,
    env: {
      CATALOG: catalog,
      ANNOUNCE_CRON: '* * * * * *',
      PUBLIC_URL: 'https://bot.example',
      WECHAT_APP_ID: appId,
      WECHAT_APP_SECRET: appSecret,
      WECHAT_TOKEN: token,
      WECHAT_ENCODING_AES_KEY: encodingAesKey,
      WECHAT_API_ROOT: api.url,
      ...env,
    },
  });
  const url = `${bot.url}/wechat/callback`;
  return createWechatAccount({ url, token, appId, encodingAesKey, mode: 'safe', contact: api.contact });
}

afterEach(async () => {
  await bot?.stop();
  await api.close();
  await wecom?.close();
  bot = undefined;
  wecom = undefined;
});

function publish(title: string): void {
  appendFileSync(catalog, `\n\n### [${title}](https://mp.weixin.qq.com/s/${encodeURIComponent(title)})\n新的一篇。\n`);
}

async function until<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (let turn = 0; turn < 600; turn++) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing came of it; the log says: ${bot?.output().slice(-2_000)}`);
}

const contentOf = (answer: object) => ('content' in answer ? String(answer.content) : JSON.stringify(answer));

it('a reader follows, asks, pages, opens by number, subscribes, hears of a new post, and leaves', async () => {
  const account = await start();
  expect(await account.handshake('4375120948345356249')).toEqual({ status: 200, body: '4375120948345356249' });
  expect(contentOf(await account.follow(reader))).toContain('77 篇');

  const list = contentOf(await account.text(reader, 'LoRA'));
  expect(list).toContain('1. <a href="https://mp.weixin.qq.com/s/');
  const titles = [...contentOf(await account.text(reader, '最新')).matchAll(/^(\d+)\. <a href="[^"]+">(.+)<\/a>$/gm)];
  expect(titles.map(([, rank]) => rank)).toEqual(['1', '2', '3', '4', '5']);
  expect(contentOf(await account.text(reader, 'n'))).toContain('6. ');
  expect(await account.text(reader, '2')).toMatchObject({ kind: 'news', articles: [{ title: titles[1]?.[2] }] });
  expect(await account.text(reader, '8')).toMatchObject({ kind: 'news' });

  expect(contentOf(await account.text(reader, '订阅'))).toContain('订阅');
  publish('微信推送的新文章');
  const pushed = await until(() => api.pushed[0]);
  expect(pushed).toMatchObject({
    by: 'customer-service',
    reader,
    body: { msgtype: 'news', news: { articles: [{ title: '微信推送的新文章' }] } },
  });

  // WeChat counts the window as closed: what is new comes with the next answer.
  api.fail('/cgi-bin/message/custom/send', { kind: 'refuse', code: 45015 });
  publish('窗口外的新文章');
  await bot?.logged((line) => line.messageId === 'kept');
  expect(contentOf(await account.text(reader, '帮助'))).toContain('窗口外的新文章');

  await account.unfollow(reader);
  publish('没人看的新文章');
  await bot?.logged((line) => JSON.stringify(line).includes('announced'));
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(api.pushed).toHaveLength(1);
});

it('an account that may not push gives what is new with the next answer, also after a restart', async () => {
  const account = await start(personalAccount);
  await account.text(reader, '订阅');
  publish('攒着的新文章');
  await bot?.logged((line) => line.messageId === 'kept');
  await bot?.stop();
  const again = await restart();
  const answer = contentOf(await again.text(reader, 'LoRA'));
  expect(answer).toContain('你上次来后有 1 篇新文章');
  expect(answer).toContain('攒着的新文章');
  expect(contentOf(await again.text(reader, 'LoRA'))).not.toContain('你上次来后');
});

it('cards have pictures that the server draws in the shapes that WeChat shows', async () => {
  const account = await start();
  const answer = await account.click(reader, '最新');
  const [head = '', ...rows] = answer.kind === 'news' ? answer.articles.map(({ picture }) => picture) : [];
  expect(rows).toHaveLength(7);
  expect(head).toMatch(/^https:\/\/bot\.example\/covers\/.+\.jpg$/);
  const shapeOf = async (picture: string) => {
    const response = await fetch(picture.replace('https://bot.example', bot?.url ?? ''));
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    const { width, height } = await loadImage(Buffer.from(await response.arrayBuffer()));
    return { width, height };
  };
  expect(await shapeOf(head)).toEqual({ width: 900, height: 383 });
  expect(await shapeOf(rows[0] ?? '')).toEqual({ width: 300, height: 300 });
});

it('a member of WeCom asks and subscribes, and hears of each new post with the group robot', async () => {
  const member = 'zhangsan';
  wecom = await startWecomApi({ corpId: 'ww1', secret: 's', agentId: 7, members: [member], robots: ['key-1'] });
  await start(verifiedService, {
    WECOM_CORP_ID: 'ww1',
    WECOM_AGENT_ID: '7',
    WECOM_SECRET: 's',
    WECOM_TOKEN: token,
    WECOM_ENCODING_AES_KEY: encodingAesKey,
    WECOM_API_ROOT: wecom.url,
    WECOM_ROBOT_WEBHOOKS: `${wecom.url}/cgi-bin/webhook/send?key=key-1`,
  });
  const seal = createCallbackSeal(encodingAesKey, 'ww1');
  const say = async (id: number, text: string) => {
    const now = String(Math.floor(Date.now() / 1000));
    const encrypted = seal.encrypt(
      `<xml><ToUserName>ww1</ToUserName><FromUserName>${member}</FromUserName><CreateTime>${now}</CreateTime><MsgType>text</MsgType><Content>${text}</Content><MsgId>${id}</MsgId><AgentID>7</AgentID></xml>`,
    );
    const query = new URLSearchParams({
      timestamp: now,
      nonce: 'n',
      msg_signature: sign(token, now, 'n', encrypted),
    });
    const response = await fetch(`${bot?.url}/wecom/callback?${query}`, {
      method: 'POST',
      body: `<xml><ToUserName>ww1</ToUserName><AgentID>7</AgentID><Encrypt>${encrypted}</Encrypt></xml>`,
    });
    const sealed = /<Encrypt><!\[CDATA\[(.+?)\]\]>/.exec(await response.text())?.[1] ?? '';
    return readPassiveAnswer(seal.decrypt(sealed), { reader: member, account: 'ww1' }, 8);
  };
  expect(contentOf(await say(1, '最新'))).toContain('5. <a href=');
  expect(await say(2, '2')).toMatchObject({ kind: 'news' });
  expect(contentOf(await say(3, '订阅'))).toContain('订阅');

  publish('企业微信里的新文章');
  const news = { msgtype: 'news', news: { articles: [{ title: '企业微信里的新文章' }] } };
  await until(() => (wecom?.received.length === 2 ? true : undefined));
  expect(wecom.received.toSorted((one, other) => (one.to < other.to ? -1 : 1))).toMatchObject([
    { to: 'robot key-1', body: news },
    { to: member, body: { ...news, touser: member } },
  ]);
});
