import { visitorAddress } from '../../src/channels/web/visitor.ts';
import { formatAddress } from '../../src/subscribers/address.ts';
import { type Bot, makeFolder, startBot } from '../support/process.ts';

const secret = 'the-author-who-runs-this-bot';

describe('an admin who asks the bot for the dashboard', () => {
  let bot: Bot;
  afterEach(() => bot.stop('SIGKILL'));

  const say = async (text: string, who = secret) => {
    const response = await fetch(`${bot.url}/api/chat`, {
      method: 'POST',
      headers: { authorization: `Bearer ${who}`, 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
    });
    return ((await response.json()) as { message: { text: string } }).message.text;
  };
  const open = (url: string) =>
    fetch(`${bot.url}/admin/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({ token: new URL(url).searchParams.get('token') ?? '' }),
      redirect: 'manual',
    });

  it('gets a link that lets them in once, and others get none', async () => {
    bot = await startBot({ env: { ADMINS: formatAddress(visitorAddress(secret)!) } });
    const link = (await say('/dashboard')).split('\n').at(-1) ?? '';
    expect(link.startsWith(`${bot.url}/admin/sign-in?token=`)).toBe(true);
    expect((await open(link)).status).toBe(303);
    expect((await open(link)).status).toBe(403);
    expect(await say('/dashboard', 'somebody-else-who-reads-posts')).not.toContain('token=');
    // The link is a secret: it stands in no line of the log.
    expect(bot.output()).not.toContain(new URL(link).searchParams.get('token'));
  });

  it('sees after a restart what was looked for and not found, but nothing that tells of a person', async () => {
    const options = { cwd: makeFolder(), env: { ADMINS: formatAddress(visitorAddress(secret)!) } };
    bot = await startBot(options);
    for (const query of ['qwertyuiop', 'somebody@mail.example']) {
      for (const reader of ['one-of-the-readers', 'another-of-the-readers']) await say(query, `${reader}-of-posts`);
    }
    await bot.stop();
    bot = await startBot(options);
    const stats = await say('/stats');
    expect(stats).toContain('qwertyuiop');
    expect(stats).not.toContain('somebody');
  });
});
