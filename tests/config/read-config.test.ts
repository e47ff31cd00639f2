import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { envExample } from '../../src/config/env-example.ts';
import { loadEnvironment } from '../../src/config/load-environment.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { ConfigError } from '../../src/kernel/errors.ts';

const token = '123456789:AAF-not-a-real-token_for-tests-0000000';

describe('the configuration', () => {
  test('needs nothing: an empty environment gives a working bot on this machine', () => {
    const config = readConfig({});
    expect(config.catalog.spec).toBe('catalog');
    expect(config.databaseUrl).toBe('sqlite:data/postbell.db');
    expect(config.server).toEqual({
      host: '127.0.0.1',
      port: 8080,
      countOpens: false,
      keepQueriesDays: 30,
      trustedProxies: ['loopback'],
      widgetSites: ['*'],
    });
    expect(config.language).toBe('zh');
    expect(config.telegram).toBeUndefined();
  });

  test('takes an empty variable for an unset one', () => {
    expect(readConfig({ PORT: '', TELEGRAM_BOT_TOKEN: ' ', ADMINS: '' })).toEqual(readConfig({}));
  });

  test('starts Telegram when its token is there', () => {
    const { telegram } = readConfig({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_MESSAGES_PER_CHAT_SECOND: '0.5' });
    expect(telegram?.apiRoot).toBe('https://api.telegram.org');
    expect(telegram?.pace).toEqual({ perSecond: 30, perChatSecond: 0.5, perGroupMinute: 20 });
  });

  test('reads addresses of admins', () => {
    expect(readConfig({ ADMINS: 'telegram:12345, web:abc' }).admins).toEqual([
      { channel: 'telegram', chat: '12345' },
      { channel: 'web', chat: 'abc' },
    ]);
  });

  test.each([
    ['PORT', 'abc'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['LANGUAGE', 'fr'],
    ['TELEGRAM_WEBHOOK', 'yes please'],
    ['TELEGRAM_BOT_TOKEN', 'not a token'],
    ['TELEGRAM_API_ROOT', 'ftp://example.com'],
    ['PUBLIC_URL', 'my server'],
    ['TIMEZONE', 'Mars/Olympus'],
    ['ADMINS', 'somebody'],
    ['DATABASE_URL', 'mysql://x'],
    ['TELEGRAM_MESSAGES_PER_SECOND', 'fast'],
    ['LOG_LEVEL', 'loud'],
    ['TRUSTED_PROXIES', '10.0.0.0/99'],
    ['TRUSTED_PROXIES', 'my proxy'],
    ['WIDGET_SITES', 'https://a.example; script-src *'],
    ['WEB_PUSH_CONTACT', 'me@blog.example'],
  ])('names %s when it is %j, and does not repeat its value', (name, value) => {
    let thrown: unknown;
    try {
      readConfig({ [name]: value });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ConfigError);
    const { message, exitCode } = thrown as ConfigError;
    expect(exitCode).toBe(2);
    expect(message).toMatch(new RegExp(`^${name}: .+`));
    expect(message).not.toContain(value);
    expect(message.split('\n')).toHaveLength(1);
  });

  test('names every wrong variable at once', () => {
    expect(() => readConfig({ PORT: 'x', LANGUAGE: 'y' })).toThrow(/^PORT: .+\nLANGUAGE: .+$/m);
  });

  test('asks for a public https address before it takes webhooks', () => {
    expect(() => readConfig({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_WEBHOOK: 'true' })).toThrow(/^PUBLIC_URL: /);
    expect(() =>
      readConfig({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_WEBHOOK: 'true', PUBLIC_URL: 'http://bot.example' }),
    ).toThrow(/^PUBLIC_URL: /);
  });

  test('asks for a public address before links count', () => {
    expect(() => readConfig({ COUNT_OPENS: 'true' })).toThrow(/^PUBLIC_URL: /);
    expect(readConfig({ COUNT_OPENS: 'true', PUBLIC_URL: 'https://bot.example' }).server.countOpens).toBe(true);
  });

  test('takes keys of browser notifications together or not at all', () => {
    const keys = { WEB_PUSH_PUBLIC_KEY: 'B'.repeat(87), WEB_PUSH_PRIVATE_KEY: 'V'.repeat(43) };
    expect(readConfig(keys).webPush.keys).toEqual({ publicKey: 'B'.repeat(87), privateKey: 'V'.repeat(43) });
    expect(readConfig({}).webPush.keys).toBeUndefined();
    for (const [name, value] of Object.entries(keys)) {
      expect(() => readConfig({ [name]: value })).toThrow(/^WEB_PUSH_(PUBLIC|PRIVATE)_KEY: /);
    }
    expect(readConfig({ PUBLIC_URL: 'https://bot.example' }).webPush.contact).toBe('https://bot.example');
    expect(readConfig({ WEB_PUSH_CONTACT: 'mailto:a@b.example' }).webPush.contact).toBe('mailto:a@b.example');
  });

  test('reads which sites may embed the chat, and which proxies are believed', () => {
    const { server } = readConfig({
      WIDGET_SITES: 'https://a.example, https://b.example',
      TRUSTED_PROXIES: '10.0.0.0/8',
    });
    expect(server.widgetSites).toEqual(['https://a.example', 'https://b.example']);
    expect(server.trustedProxies).toEqual(['loopback', '10.0.0.0/8']);
    expect(readConfig({ WIDGET_SITES: 'none' }).server.widgetSites).toEqual([]);
  });
});

describe('.env', () => {
  test('fills what the process leaves unset or empty, and overrides nothing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'env-'));
    writeFileSync(join(folder, '.env'), 'PORT=1\nHOST=0.0.0.0\nLANGUAGE=en\n');
    expect(loadEnvironment(folder, { PORT: '2', HOST: '' })).toEqual({ PORT: '2', HOST: '0.0.0.0', LANGUAGE: 'en' });
  });

  test('may be missing', () => {
    expect(loadEnvironment(mkdtempSync(join(tmpdir(), 'env-')), { PORT: '2' })).toEqual({ PORT: '2' });
  });

  test('that cannot be read ends the start, for without it the bot would be another', () => {
    const folder = mkdtempSync(join(tmpdir(), 'env-'));
    mkdirSync(join(folder, '.env'));
    expect(() => loadEnvironment(folder, {})).toThrow(/\.env can't be read .*let this user read it/);
  });

  test('has an example that lists every variable and is itself a working configuration', () => {
    const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
    expect(example).toBe(envExample());
    const folder = mkdtempSync(join(tmpdir(), 'env-'));
    writeFileSync(join(folder, '.env'), example);
    expect(readConfig(loadEnvironment(folder, {}))).toEqual(readConfig({}));
  });
});

describe('WeChat and WeCom', () => {
  const aesKey = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';

  test('start when their credentials are there', () => {
    const { wechat, wecom } = readConfig({
      WECHAT_APP_ID: 'wx1',
      WECHAT_TOKEN: 'token1',
      WECOM_CORP_ID: 'ww1',
      WECOM_AGENT_ID: '1000002',
      WECOM_SECRET: 'secret',
      WECOM_TOKEN: 'token2',
      WECOM_ENCODING_AES_KEY: aesKey,
      WECOM_ROBOT_WEBHOOKS: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k1',
    });
    expect(wechat).toMatchObject({ appId: 'wx1', token: 'token1', apiRoot: 'https://api.weixin.qq.com' });
    expect(wecom).toMatchObject({ corpId: 'ww1', agentId: 1000002, callbackWindowSeconds: 300 });
  });

  test.each([
    [{ WECHAT_APP_ID: 'wx1' }, 'WECHAT_TOKEN'],
    [{ WECHAT_APP_ID: 'wx1', WECHAT_TOKEN: 'token1', WECHAT_TEMPLATE_ID: 't' }, 'WECHAT_TEMPLATE_FIELDS'],
    [{ WECOM_CORP_ID: 'ww1' }, 'WECOM_AGENT_ID'],
    [{ WECHAT_ENCODING_AES_KEY: 'short' }, 'WECHAT_ENCODING_AES_KEY'],
    [{ WECOM_ROBOT_WEBHOOKS: 'not an address' }, 'WECOM_ROBOT_WEBHOOKS'],
  ])('%j misses %s, which is named', (environment, name) => {
    expect(() => readConfig(environment as Record<string, string>)).toThrow(new RegExp(`^${name}: `));
  });
});
