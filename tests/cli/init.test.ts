import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { foundingCatalog, makeFolder, postbell } from '../support/process.ts';
import { createTelegramServer, type TelegramServer } from '../support/telegram/telegram-server.ts';

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
