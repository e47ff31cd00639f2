import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { checkAll } from '../../src/cli/doctor/check-all.ts';
import type { Finding } from '../../src/cli/doctor/finding.ts';
import { type Clock, systemClock } from '../../src/kernel/clock.ts';
import { foundingCatalog, makeFolder, postbell, startBot } from '../support/process.ts';
import { createTelegramServer, type TelegramServer } from '../support/telegram/telegram-server.ts';
import { startWechatApi, verifiedService } from '../support/wechat/wechat-api-server.ts';
import { startWecomApi } from '../support/wechat/wecom-api-server.ts';

const servers: { close(): unknown }[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function telegramServer(): Promise<TelegramServer> {
  const server = await createTelegramServer();
  servers.push(server);
  return server;
}

/** Everything that a look at this environment finds, by what was looked at. */
async function look(
  environment: Readonly<Record<string, string>>,
  { clock = systemClock, folder = makeFolder() }: { clock?: Clock; folder?: string } = {},
): Promise<Readonly<Record<string, Finding | undefined>>> {
  const findings = await checkAll({
    environment: { CATALOG: foundingCatalog, DATABASE_URL: `sqlite:${folder}/data/p.db`, PORT: '0', ...environment },
    folder,
    clock,
  });
  return Object.fromEntries(findings.map((finding) => [finding.check, finding]));
}

const wrongWith = (message: RegExp, remedy: RegExp) => ({
  ok: false,
  message: expect.stringMatching(message),
  remedy: expect.stringMatching(remedy),
});

async function occupy(answer: string): Promise<number> {
  const server: Server = createServer((_, response) => response.end(answer));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  servers.push({ close: () => new Promise((done) => server.close(done)) });
  return (server.address() as AddressInfo).port;
}

describe('what the doctor finds without a fault', () => {
  it('is what there is: posts, store, deliveries, disk and port', async () => {
    const found = await look({});
    expect(Object.values(found).filter((finding) => !finding?.ok)).toEqual([]);
    expect(found.catalog?.message).toContain('77 posts');
    expect(Object.keys(found).sort()).toEqual(['catalog', 'configuration', 'deliveries', 'disk', 'port', 'store']);
  });

  it('is a bot of Telegram by its name, and a clock that agrees', async () => {
    const server = await telegramServer();
    const found = await look(server.environment);
    expect(found.telegram).toMatchObject({ ok: true, message: expect.stringContaining('@PostbellTestBot') });
    expect(found.updates).toMatchObject({ ok: true, message: expect.stringContaining('polled') });
    expect(found.clock?.ok).toBe(true);
  });

  it('is a bot that runs already, not a port that is taken', async () => {
    const bot = await startBot();
    try {
      const found = await look({ PORT: new URL(bot.url).port });
      expect(found.port).toMatchObject({ ok: true, message: expect.stringContaining('Postbell 0.1.0') });
    } finally {
      await bot.stop('SIGKILL');
    }
  });
});

describe('what the doctor finds wrong, each with its remedy', () => {
  it.each<[string, Record<string, string>, RegExp]>([
    ['a number that is none', { PORT: 'abc' }, /^PORT: /],
    ['a cron pattern that is none', { ANNOUNCE_CRON: 'every day' }, /^ANNOUNCE_CRON: /],
    ['a glossary that is not there', { GLOSSARY: 'none.yaml' }, /^GLOSSARY: /],
    ['half of an account', { WECHAT_APP_ID: 'wx1' }, /^WECHAT_TOKEN: /],
  ])('%s, in the configuration', async (_, environment, message) => {
    const found = await look(environment);
    expect(found).toEqual({ configuration: expect.objectContaining(wrongWith(message, /\.env/)) });
  });

  it('a catalog that is not there, is empty, or has faults', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'empty.md'), '');
    writeFileSync(join(folder, 'faulty.md'), '# L\n\n## A\n### [](https://ex.org/1)\n\n### [B](https://ex.org/2)\n');
    expect((await look({ CATALOG: 'none.md' }, { folder })).catalog).toMatchObject(wrongWith(/none\.md/, /catalog/));
    expect((await look({ CATALOG: 'empty.md' }, { folder })).catalog).toMatchObject(wrongWith(/not one/, /CATALOG/));
    const faulty = (await look({ CATALOG: 'faulty.md' }, { folder })).catalog;
    expect(faulty).toMatchObject(wrongWith(/1 post .*faulty\.md:4/, /catalog check/));
  });

  it('a database that cannot be opened, without its password', async () => {
    const { store } = await look({ DATABASE_URL: 'postgres://user:s3cret-word@127.0.0.1:1/none' });
    expect(store).toMatchObject(wrongWith(/DATABASE_URL/, /server runs.*password/));
    expect(JSON.stringify(store)).not.toContain('s3cret-word');
  });

  it('a database that is damaged, with the way back', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'p.db'), 'no database '.repeat(1000));
    const { store } = await look({ DATABASE_URL: `sqlite:${folder}/p.db` }, { folder });
    expect(store).toMatchObject(wrongWith(/DATABASE_URL: .*p\.db/, /backup/));
  });

  it('a token that Telegram does not know, and a server that does not answer', async () => {
    const { url } = await telegramServer();
    const token = '123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
    const refused = await look({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: url });
    expect(refused.telegram).toMatchObject(wrongWith(/refused/, /@BotFather/));
    const silent = await look({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: 'http://127.0.0.1:1' });
    expect(silent.telegram).toMatchObject(wrongWith(/ECONNREFUSED/, /TELEGRAM_API_ROOT/));
    expect(JSON.stringify([refused, silent])).not.toContain(token);
  });

  it('a webhook where updates are to be polled, and one that leads elsewhere', async () => {
    const server = await telegramServer();
    const { environment, feed } = server;
    feed.setWebhook({ url: 'https://old.example/hook', target: 'http://127.0.0.1:1', maximumConnections: 1 }, []);
    expect((await look(environment)).updates).toMatchObject(wrongWith(/webhook is set/, /TELEGRAM_WEBHOOK=true/));
    const byWebhook = { ...environment, TELEGRAM_WEBHOOK: 'true', PUBLIC_URL: 'https://new.example' };
    expect((await look(byWebhook)).updates).toMatchObject(wrongWith(/old\.example/, /start Postbell/));
    feed.setWebhook(undefined, []);
    expect((await look(byWebhook)).updates).toMatchObject({ ok: true, message: expect.stringMatching(/no webhook/) });
    expect(server.callsOf('setWebhook')).toEqual([]);
    expect(server.callsOf('deleteWebhook')).toEqual([]);
  });

  it('a clock that goes wrong', async () => {
    const { environment } = await telegramServer();
    const off = (seconds: number) => ({
      clock: { ...systemClock, now: () => new Date(Date.now() + seconds * 1000) },
    });
    expect((await look(environment, off(400))).clock).toMatchObject(wrongWith(/(39|40)\d .*ahead/, /set-ntp/));
    expect((await look(environment, off(-400))).clock).toMatchObject(wrongWith(/behind/, /set-ntp/));
  });

  it('a secret that is not that of the Official Account', async () => {
    const server = await startWechatApi({ appId: 'wx1', appSecret: 'right', rights: verifiedService });
    servers.push(server);
    const account = { WECHAT_APP_ID: 'wx1', WECHAT_TOKEN: 'token', WECHAT_API_ROOT: server.url };
    expect((await look({ ...account, WECHAT_APP_SECRET: 'right' })).wechat?.ok).toBe(true);
    const found = await look({ ...account, WECHAT_APP_SECRET: 'wrong-secret' });
    expect(found.wechat).toMatchObject(wrongWith(/40125/, /WECHAT_APP_SECRET/));
    server.fail('/cgi-bin/stable_token', { kind: 'refuse', code: 40164 });
    const listed = await look({ ...account, WECHAT_APP_SECRET: 'right' });
    expect(listed.wechat).toMatchObject(wrongWith(/40164/, /IP白名单/));
    expect(JSON.stringify(found)).not.toContain('wrong-secret');
  });

  it('a secret that is not that of the WeCom app', async () => {
    const server = await startWecomApi({ corpId: 'ww1', secret: 'right', agentId: 7, members: [], robots: [] });
    servers.push(server);
    const app = {
      WECOM_CORP_ID: 'ww1',
      WECOM_AGENT_ID: '7',
      WECOM_TOKEN: 'token',
      WECOM_ENCODING_AES_KEY: 'a'.repeat(43),
      WECOM_API_ROOT: server.url,
    };
    expect((await look({ ...app, WECOM_SECRET: 'right' })).wecom?.ok).toBe(true);
    expect((await look({ ...app, WECOM_SECRET: 'wrong' })).wecom).toMatchObject(wrongWith(/refused/, /WECOM_SECRET/));
    server.fail('/cgi-bin/agent/get', { kind: 'refuse', code: 301002 });
    expect((await look({ ...app, WECOM_SECRET: 'right' })).wecom).toMatchObject(wrongWith(/301002/, /WECOM_AGENT_ID/));
  });

  it('a port that another program has', async () => {
    const port = await occupy('{"hello":"world"}');
    expect((await look({ PORT: String(port) })).port).toMatchObject(wrongWith(/taken/, /PORT/));
  });

  it('a database in a place where nothing can be looked at', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'file'), '');
    const found = await look({ DATABASE_URL: `sqlite:${folder}/file/data/p.db` }, { folder });
    expect(found.disk).toMatchObject(wrongWith(/file/, /read and write/));
    expect(found.store?.ok).toBe(false);
  });
});

describe('postbell doctor', () => {
  it('prints each finding and ends with 0 if all is well', async () => {
    const { code, stdout } = await postbell(['doctor'], { env: { PORT: '0' } });
    expect(stdout).toMatch(/^ok +catalog +77 posts/m);
    expect(stdout).toMatch(/all is well\n$/);
    expect(code).toBe(0);
  });

  it('ends with 1 if anything is wrong, and says what to do', async () => {
    const { code, stdout } = await postbell(['doctor'], { env: { PORT: '0', CATALOG: 'none.md' } });
    expect(stdout).toMatch(/^wrong +catalog +.*none\.md/m);
    expect(stdout).toMatch(/^ +→ .*catalog/m);
    expect(code).toBe(1);
  });

  it('names an .env that cannot be read, and looks at the rest', async () => {
    const cwd = makeFolder();
    mkdirSync(join(cwd, '.env'));
    const { code, stdout, stderr } = await postbell(['doctor'], { cwd, env: { PORT: '0' } });
    expect(stdout).toMatch(/^wrong +\.env +.*can't be read.*\n +→ let this user read it$/m);
    expect(stdout).toMatch(/^ok +catalog/m);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  });

  it('prints one JSON document if asked to', async () => {
    const { code, stdout } = await postbell(['doctor', '--json'], { env: { PORT: 'abc' } });
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, checks: [{ check: 'configuration', ok: false }] });
    expect(code).toBe(1);
  });
});
