import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { parse } from 'dotenv';
import { runCli } from '../../src/cli/run-cli.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { foundingCatalog, makeFolder, postbell, withRoom } from '../support/process.ts';
import { createTelegramServer, type TelegramServer } from '../support/telegram/telegram-server.ts';
import { startWechatApi, verifiedService } from '../support/wechat/wechat-api-server.ts';
import { startWecomApi } from '../support/wechat/wecom-api-server.ts';

let server: TelegramServer;
beforeEach(async () => {
  server = await createTelegramServer();
});
afterEach(async () => {
  await server.close();
});

const envOf = (cwd: string) => parse(readFileSync(join(cwd, '.env'), 'utf8'));
const init = (cwd: string, flags: readonly string[], input = '') =>
  postbell(['init', ...flags], {
    cwd,
    input,
    env: { CATALOG: '', TELEGRAM_API_ROOT: server.url },
  });

describe('postbell init', () => {
  it('writes what the flags say, after asking Telegram who the bot is, and says what comes next', async () => {
    const cwd = makeFolder();
    const flags = ['--catalog', foundingCatalog, '--language', 'en', '--telegram-token', server.token];
    const { code, stdout, stderr } = await init(cwd, flags);
    expect(stderr).toContain('@PostbellTestBot');
    expect(stderr).toContain('77 posts');
    expect(stdout).toMatch(/postbell doctor[\s\S]*postbell start[\s\S]*\/start/);
    expect(code).toBe(0);
    expect(envOf(cwd)).toMatchObject({
      CATALOG: foundingCatalog,
      LANGUAGE: 'en',
      TELEGRAM_BOT_TOKEN: server.token,
      DATABASE_URL: 'sqlite:data/postbell.db',
    });
    expect(statSync(join(cwd, '.env')).mode & 0o777).toBe(0o600);
    expect(`${stdout}${stderr}`).not.toContain(server.token);
  });

  it('loses nothing of a .env that is there', async () => {
    const cwd = makeFolder();
    writeFileSync(join(cwd, '.env'), '# mine\nMY_OWN=1\nPORT=9000\nLANGUAGE=zh\n');
    expect((await init(cwd, ['--language', 'en', '--yes'])).code).toBe(0);
    expect(readFileSync(join(cwd, '.env'), 'utf8')).toBe('# mine\nMY_OWN=1\nPORT=9000\nLANGUAGE=en\n');
  });

  it('takes the token from the standard input, so that no list of processes shows it', async () => {
    const cwd = makeFolder();
    expect((await init(cwd, ['--telegram-token', '-'], `${server.token}\n`)).code).toBe(0);
    expect(envOf(cwd).TELEGRAM_BOT_TOKEN).toBe(server.token);
  });

  it.each<[string, readonly string[], RegExp]>([
    ['a token that Telegram refuses', ['--telegram-token', `1:${'A'.repeat(35)}`], /TELEGRAM_BOT_TOKEN.*refuses/],
    ['a token that is none', ['--telegram-token', 'hello'], /TELEGRAM_BOT_TOKEN/],
    ['a catalog that is not there', ['--catalog', 'none.md'], /CATALOG.*none\.md/],
    ['an address that is none', ['--public-url', 'bot.example'], /PUBLIC_URL/],
    ['an admin that is none', ['--admin', 'me'], /ADMINS/],
  ])('writes nothing for %s', async (_, flags, message) => {
    const cwd = makeFolder();
    const { code, stderr } = await init(cwd, flags);
    expect(stderr).toMatch(message);
    expect(stderr).toContain('nothing was written');
    expect(code).toBe(1);
    expect(() => readFileSync(join(cwd, '.env'))).toThrow();
  });

  it('leaves .env as it was, and nothing beside it, on a full disk', async () => {
    const cwd = makeFolder();
    writeFileSync(join(cwd, '.env'), 'PORT=9000\n');
    const { code, stderr } = await postbell(['init', '--yes', '--language', 'en'], { cwd, under: withRoom(0) });
    expect(stderr).toMatch(/\.env can't be written/);
    expect(code).toBe(1);
    expect(readdirSync(cwd)).toEqual(['.env']);
    expect(envOf(cwd)).toEqual({ PORT: '9000' });
  });

  it('writes unchecked if asked to', async () => {
    const cwd = makeFolder();
    const token = `1:${'A'.repeat(35)}`;
    expect((await init(cwd, ['--telegram-token', token, '--no-check'])).code).toBe(0);
    expect(envOf(cwd).TELEGRAM_BOT_TOKEN).toBe(token);
    expect(server.calls).toEqual([]);
  });

  it('is enough for a bot that starts', async () => {
    const cwd = makeFolder();
    await init(cwd, ['--catalog', foundingCatalog, '--telegram-token', server.token]);
    const { code, stdout } = await postbell(['doctor', '--json'], {
      cwd,
      env: { CATALOG: '', TELEGRAM_API_ROOT: server.url, PORT: '0' },
    });
    expect(JSON.parse(stdout).checks.filter(({ ok }: { ok: boolean }) => !ok)).toEqual([]);
    expect(code).toBe(0);
  });
});

/** Sits at a terminal: types each answer when it is asked for. @returns all that was shown. */
async function typed(cwd: string, answers: Readonly<Record<string, readonly string[]>>): Promise<string> {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const left = new Map(Object.entries(answers).map(([question, said]) => [question, [...said]]));
  let shown = '';
  const screen = new PassThrough().on('data', (data) => {
    shown += data;
    if (!shown.endsWith('> ')) return;
    // What is typed is not echoed: a question stands behind the mark of the one before.
    const question = shown.split('\n').at(-2)?.replace(/^> /, '') ?? '';
    const [, said] = [...left].find(([start]) => question.startsWith(start)) ?? [];
    stdin.write(`${said?.shift() ?? ''}\n`);
  });
  const terminal = { stdin, stdout: screen, stderr: screen, folder: cwd } as unknown as Terminal;
  expect(await runCli(['init'], terminal)).toBe(0);
  return shown;
}

describe('postbell init in a terminal', () => {
  it('says what stands at the usual place where none is named, and goes on', async () => {
    const cwd = makeFolder();
    expect(await typed(cwd, {})).toMatch(
      /Where are your posts.* \[catalog\]\n> +! CATALOG: .*no file or folder.*\nWhich/,
    );
    expect(envOf(cwd)).toMatchObject({ CATALOG: 'catalog' });
    mkdirSync(join(cwd, 'catalog'));
    writeFileSync(join(cwd, 'catalog/list.md'), '## Notes\n- [Maps](https://ex.org/maps)\n');
    expect(await typed(cwd, {})).toMatch(/\n> +1 post was found\nWhich/);
  });

  it('asks again what does not work, checks each secret with its platform, and tells what is to be done there', async () => {
    const wechat = await startWechatApi({ appId: 'wx1', appSecret: 'right', rights: verifiedService });
    const wecom = await startWecomApi({ corpId: 'ww1', secret: 'right', agentId: 7, members: [], robots: [] });
    const cwd = makeFolder();
    const roots = [`WECHAT_API_ROOT=${wechat.url}`, `WECOM_API_ROOT=${wecom.url}`, `TELEGRAM_API_ROOT=${server.url}`];
    writeFileSync(join(cwd, '.env'), `${roots.join('\n')}\n`);
    const shown = await typed(cwd, {
      'Where are your posts': ['none.md', foundingCatalog],
      'Telegram: the token': ['hello', server.token],
      'WeChat: the AppID': ['wx1'],
      'WeChat: its AppSecret': ['wrong-secret', 'right'],
      'WeChat: the token': ['abc'],
      'WeCom: the 企业ID': ['ww1'],
      'WeCom: the AgentId': ['seven', '7'],
      'WeCom: the Secret': ['wrong-secret', 'right'],
      'WeCom: the Token': ['def'],
      'WeCom: the EncodingAESKey': ['a'.repeat(43)],
      'The https address': ['https://bot.example'],
    });
    await Promise.all([wechat.close(), wecom.close()]);
    expect(envOf(cwd)).toMatchObject({
      CATALOG: foundingCatalog,
      TELEGRAM_BOT_TOKEN: server.token,
      WECHAT_APP_SECRET: 'right',
      WECOM_AGENT_ID: '7',
      WECOM_SECRET: 'right',
    });
    expect(shown.match(/(?<= {2}! ).*/g)).toEqual([
      expect.stringMatching(/CATALOG.*none\.md/),
      expect.stringMatching(/TELEGRAM_BOT_TOKEN/),
      expect.stringMatching(/WECHAT_APP_SECRET.*40125/),
      expect.stringMatching(/WECOM_AGENT_ID.*number/),
      expect.stringMatching(/WECOM_SECRET.*refused/),
    ]);
    expect(shown).toContain('https://bot.example/wechat/callback');
    expect(shown).toContain('https://bot.example/wecom/callback');
    expect(shown).not.toContain('still to be set');
  });

  it('asks no more of a platform that is not wanted, and names what is still missing of one that is', async () => {
    const cwd = makeFolder();
    expect(await typed(cwd, {})).not.toMatch(/AppSecret|AgentId/);
    expect(await typed(cwd, { 'WeChat: the AppID': ['wx1'] })).toMatch(/still to be set: WECHAT_TOKEN/);
  });
});
