import { appendFileSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EchoApi, startEchoApi } from '../support/echo-api.ts';
import { type Bot, foundingCatalog, makeFolder, postbell, startBot } from '../support/process.ts';
import { createTelegramServer, type TelegramServer } from '../support/telegram/telegram-server.ts';

const bots: Bot[] = [];
const servers: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(bots.splice(0).map((bot) => bot.stop('SIGKILL')));
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(env: Record<string, string>, cwd = makeFolder()): Promise<Bot> {
  const bot = await startBot({ cwd, env: { LOG_LEVEL: 'trace', ANNOUNCE_CRON: '* * * * * *', ...env } });
  bots.push(bot);
  return bot;
}

const wechat = { WECHAT_APP_ID: 'wx5823bf96d3bd56c7', WECHAT_TOKEN: 'QDG6eK' };
const wecom = { WECOM_CORP_ID: 'ww1', WECOM_AGENT_ID: '7' };

describe('a line of the log names', () => {
  let telegram: TelegramServer;
  beforeEach(async () => {
    telegram = await createTelegramServer();
    servers.push(telegram);
  });

  it('the update that an answer was lost for', async () => {
    const bot = await start(telegram.environment);
    const does = { kind: 'refuse', code: 400, description: 'Bad Request: odd' } as const;
    telegram.faults.add({ method: 'sendMessage', times: 2, does });
    const update = telegram.say(41, 'LoRA');
    const facts = { channel: 'telegram', update: update?.update_id, reason: '400: Bad Request: odd' };
    expect(await bot.logged(({ msg }) => String(msg).startsWith('an answer was refused'))).toMatchObject(facts);
    expect(await bot.logged(({ msg }) => msg === 'an answer did not arrive')).toMatchObject(facts);
  });

  it('the delivery that was put off, and that arrived', async () => {
    const folder = makeFolder();
    const catalog = join(folder, 'posts.md');
    copyFileSync(foundingCatalog, catalog);
    const bot = await start({ ...telegram.environment, CATALOG: catalog }, folder);
    telegram.say(41, '/subscribe');
    await telegram.next(41);
    telegram.faults.add({ method: 'sendMessage', does: { kind: 'refuse', code: 500, description: 'Internal' } });
    appendFileSync(catalog, '\n### [A new post](https://blog.example/new)\nNews.\n');
    const { delivery } = await bot.logged(({ msg }) => msg === 'delivery put off');
    expect(delivery).toMatch(/./);
    expect(await bot.logged(({ msg }) => msg === 'delivered')).toMatchObject({ delivery });
  });

  it('the request that was refused as forged', async () => {
    const bot = await start({ ...telegram.environment, ...wechat });
    await fetch(`${bot.url}/wechat/callback?signature=${'0'.repeat(40)}&timestamp=1&nonce=1`, {
      method: 'POST',
      body: 'x',
    });
    const { request } = await bot.logged(({ msg }) => msg === 'refused a callback');
    expect(request).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('no secret of the configuration is printed', () => {
  const secrets = {
    TELEGRAM_BOT_TOKEN: '110201543:AAEchoEchoEchoEchoEchoEchoEchoEcho1',
    TELEGRAM_WEBHOOK_SECRET: 'telegram-webhook-s3cret',
    WECHAT_APP_SECRET: 'wechat0app0secret0wechat0app0se1',
    WECHAT_TOKEN: 'wechatT0ken',
    WECHAT_ENCODING_AES_KEY: 'WeChatWeChatWeChatWeChatWeChatWeChatWeChat1',
    WECHAT_PREVIOUS_ENCODING_AES_KEY: 'PrevousPrevousPrevousPrevousPrevousPrevous1',
    WECOM_SECRET: 'wecom-s3cret-wecom-s3cret-wecom-s3cret-1234',
    WECOM_TOKEN: 'wecomT0ken',
    WECOM_ENCODING_AES_KEY: 'WeComWeComWeComWeComWeComWeComWeComWeComWe1',
  };
  const passwords = ['r0bot-key-r0bot-key', 'database-p4ssword', 'feed-p4ssword'];
  const hidden = [...Object.values(secrets), 'AAEchoEcho', ...passwords];
  const everything = { ...secrets, WECHAT_APP_ID: wechat.WECHAT_APP_ID, ...wecom };

  const shown = (text: string) =>
    hidden.filter((secret) => text.includes(secret) || text.includes(secret.slice(0, 10)));

  /** Platforms that refuse everything and repeat what they were sent. */
  async function hostilePlatforms(): Promise<{ env: Record<string, string>; apis: readonly EchoApi[] }> {
    const tencent = () =>
      startEchoApi((sent) => ({ status: 200, body: { errcode: 40001, errmsg: `invalid credential ${sent}` } }));
    const telegram = await startEchoApi((sent) => ({
      status: 502,
      body: { ok: false, error_code: 502, description: `Bad Gateway: ${sent}` },
    }));
    const apis = [telegram, await tencent(), await tencent()] as const;
    servers.push(...apis);
    const [, wechatApi, wecomApi] = apis;
    return {
      apis,
      env: {
        TELEGRAM_API_ROOT: telegram.url,
        WECHAT_API_ROOT: wechatApi.url,
        WECOM_API_ROOT: wecomApi.url,
        WECOM_ROBOT_WEBHOOKS: `${wecomApi.url}/cgi-bin/webhook/send?key=r0bot-key-r0bot-key`,
      },
    };
  }

  it('while platforms repeat it in their refusals, and while requests hold it', async () => {
    const { env, apis } = await hostilePlatforms();
    const folder = makeFolder();
    const catalog = join(folder, 'posts.md');
    copyFileSync(foundingCatalog, catalog);
    const unreachable = 'http://reader:feed-p4ssword@127.0.0.1:1/feed.xml';
    const bot = await start(
      { ...everything, ...env, CATALOG: `${catalog}, ${unreachable}`, ALLOW_PRIVATE_NETWORK: 'true' },
      folder,
    );
    // The robots are subscribers: what is new is sent to them.
    appendFileSync(catalog, '\n### [A new post](https://blog.example/new)\nNews.\n');
    for (const secret of hidden) {
      await fetch(`${bot.url}/telegram/webhook/${secret}`);
      await fetch(`${bot.url}/wechat/callback?signature=${secret}&timestamp=1&nonce=${secret}`, {
        method: 'POST',
        body: `<xml><Encrypt>${secret}</Encrypt></xml>`,
      });
      await fetch(`${bot.url}/wecom/callback?msg_signature=${secret}&timestamp=1&nonce=1&echostr=${secret}`);
      await fetch(`${bot.url}/api/chat`, {
        method: 'POST',
        body: secret,
        headers: { authorization: `Bearer ${secret}` },
      });
    }
    await bot.logged(({ msg, channel }) => channel === 'wecom' && /delivery|mended/.test(String(msg)));
    const ready = await (await fetch(`${bot.url}/readyz`)).text();
    const metrics = await (await fetch(`${bot.url}/metrics`)).text();
    await bot.stop();
    for (const api of apis.filter((_, at) => at !== 1)) expect(api.calls()).toBeGreaterThan(0);
    expect(bot.output()).toContain('[secret]');
    expect(shown(bot.output() + metrics)).toEqual([]);
    expect(shown(ready)).toEqual([]);
  });

  it('by the doctor, whom the platforms repeat it to', async () => {
    const { env } = await hostilePlatforms();
    const { stdout, stderr } = await postbell(['doctor'], { env: { ...everything, ...env } });
    expect(stdout).toContain('credential');
    expect(shown(stdout + stderr)).toEqual([]);
  });

  it.each<readonly [string, readonly string[], Record<string, string>]>([
    ['a token that Telegram refuses', ['start'], { TELEGRAM_BOT_TOKEN: secrets.TELEGRAM_BOT_TOKEN }],
    ['a database out of reach', ['start'], { DATABASE_URL: 'postgres://u:database-p4ssword@127.0.0.1:1/db' }],
    ['a database of no kind that there is', ['start'], { DATABASE_URL: 'mysql://u:database-p4ssword@127.0.0.1/db' }],
    ['a database url that is none', ['export'], { DATABASE_URL: 'postgres://u:database-p4ssword@:99999999/db' }],
    [
      'a database out of reach, for the doctor',
      ['doctor'],
      { DATABASE_URL: 'postgres://u:database-p4ssword@127.0.0.1:1/d' },
    ],
    ['a database out of reach, in a chat', ['chat'], { DATABASE_URL: 'postgres://u:database-p4ssword@127.0.0.1:1/d' }],
    ['a catalog out of reach', ['catalog', 'list'], { CATALOG: 'http://u:feed-p4ssword@127.0.0.1:1/feed.xml' }],
    ['a catalog url that is none', ['search', 'x'], { CATALOG: 'http://u:feed-p4ssword@:999999/feed.xml' }],
  ])('by an error about %s', async (_what, args, env) => {
    const api = await startEchoApi((sent) => ({
      status: 401,
      body: { ok: false, error_code: 401, description: sent },
    }));
    servers.push(api);
    const { code, stdout, stderr } = await postbell(args, {
      env: { PORT: '0', TELEGRAM_API_ROOT: api.url, ALLOW_PRIVATE_NETWORK: 'true', ...env },
    });
    expect(code).not.toBe(0);
    expect(stdout + stderr).not.toBe('');
    expect(shown(stdout + stderr)).toEqual([]);
  });

  // The other two may be any text.
  const ofOneForm = Object.keys(secrets).filter((name) => !/^(WECHAT_APP|WECOM)_SECRET$/.test(name));

  it.each(ofOneForm)('by an error about a %s that cannot be one', async (name) => {
    const wrong = `${Object.entries(secrets).find(([one]) => one === name)?.[1]}§ §`;
    const { code, stderr } = await postbell(['start'], { env: { ...everything, PORT: '0', [name]: wrong } });
    expect(code).toBe(2);
    expect(stderr).toContain(name);
    expect(shown(stderr)).toEqual([]);
  });
});
