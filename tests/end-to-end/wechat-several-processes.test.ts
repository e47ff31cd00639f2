import { appendFileSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Databases, openDatabases } from '../support/databases.ts';
import { type Bot, foundingCatalog, makeFolder, startBot } from '../support/process.ts';
import { createWechatAccount, type WechatAccount } from '../support/wechat/wechat-account.ts';
import {
  personalAccount,
  startWechatApi,
  verifiedService,
  type WechatApiServer,
} from '../support/wechat/wechat-api-server.ts';
import { appId, appSecret, encodingAesKey, token } from '../support/wechat/wechat-world.ts';

const reader = 'o6_bmjrPTlm6_2sgVt7hMZOPfL2M';

let databases: Databases;
let api: WechatApiServer | undefined;
let bots: Bot[] = [];
let catalog: string;
beforeAll(async () => {
  databases = await openDatabases('postgres');
});
afterAll(() => databases.close());
afterEach(async () => {
  await Promise.all(bots.map((bot) => bot.stop()));
  await api?.close();
  bots = [];
});

/** Two processes on one database, as behind a load balancer: the account's server may bring a message to either. */
async function startTwo(rights = verifiedService): Promise<[WechatAccount, WechatAccount]> {
  const server = await startWechatApi({ appId, appSecret, rights });
  api = server;
  const folder = makeFolder();
  catalog = join(folder, 'posts.md');
  copyFileSync(foundingCatalog, catalog);
  const env = {
    CATALOG: catalog,
    DATABASE_URL: await databases.create(),
    ANNOUNCE_CRON: '* * * * * *',
    WECHAT_APP_ID: appId,
    WECHAT_APP_SECRET: appSecret,
    WECHAT_TOKEN: token,
    WECHAT_ENCODING_AES_KEY: encodingAesKey,
    WECHAT_API_ROOT: server.url,
  };
  const accountOf = (bot: Bot) =>
    createWechatAccount({
      url: `${bot.url}/wechat/callback`,
      token,
      appId,
      encodingAesKey,
      mode: 'safe',
      contact: server.contact,
    });
  const one = await startBot({ cwd: makeFolder(), env });
  bots.push(one);
  const other = await startBot({ cwd: makeFolder(), env });
  bots.push(other);
  return [accountOf(one), accountOf(other)];
}

/** How many messages the conversations of both processes have answered. */
async function answered(): Promise<number> {
  const counts = await Promise.all(
    bots.map(async ({ url }) => {
      const text = await (await fetch(`${url}/metrics`)).text();
      return Number(/^postbell_answer_seconds_count\{[^}]*channel="wechat"[^}]*\} (\d+)/m.exec(text)?.[1] ?? 0);
    }),
  );
  return counts.reduce((sum, one) => sum + one, 0);
}

const contentOf = (answer: object) => ('content' in answer ? String(answer.content) : JSON.stringify(answer));

it('a message that reaches both is handled once, and both give the same answer', async () => {
  const [one, other] = await startTwo();
  for (let at = 0; at < 8; at++) {
    const message = one.message(`${reader}${at}`, 'text', { Content: at % 2 === 0 ? 'LoRA' : '订阅' });
    const tries = await Promise.all([one.deliver(message), other.deliver(message), one.deliver(message)]);
    expect(tries[0]?.kind).not.toBe('none');
    expect(tries[1]).toEqual(tries[0]);
    expect(tries[2]).toEqual(tries[0]);
  }
  expect(await answered()).toBe(8);
});

it('a reader talks on with whichever process is asked, and hears of a new post once', async () => {
  const [one, other] = await startTwo();
  expect(contentOf(await one.text(reader, '最新'))).toContain('1. ');
  expect(contentOf(await other.text(reader, 'n'))).toContain('6. ');
  expect(await one.text(reader, '7')).toMatchObject({ kind: 'news' });
  await other.text(reader, '订阅');
  appendFileSync(catalog, '\n\n### [两个进程都看见的新文章](https://mp.weixin.qq.com/s/two)\n新的一篇。\n');
  const told = await Promise.race(bots.map((bot) => bot.logged((line) => line.messageId === 'customer-service')));
  expect(told.address).toBe(`wechat:${reader}`);
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(api?.pushed).toHaveLength(1);
});

it('what was kept for a reader is given once, by whichever process they write to', async () => {
  const [one, other] = await startTwo(personalAccount);
  await one.text(reader, '订阅');
  appendFileSync(catalog, '\n\n### [攒着的新文章](https://mp.weixin.qq.com/s/kept)\n新的一篇。\n');
  await Promise.race(bots.map((bot) => bot.logged((line) => line.messageId === 'kept')));
  expect(contentOf(await other.text(reader, '帮助'))).toContain('有 1 篇新文章');
  expect(contentOf(await one.text(reader, '帮助'))).not.toContain('篇新文章');
});
