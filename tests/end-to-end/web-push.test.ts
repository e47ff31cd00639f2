import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bot, foundingCatalog, makeFolder, startBot } from '../support/process.ts';
import { type PushService, startPushService } from '../support/push-service.ts';

const headers = { authorization: 'Bearer a-reader-who-closed-the-page', 'content-type': 'application/json' };

describe('a reader who closed the page', () => {
  let bot: Bot;
  let service: PushService;
  afterEach(async () => {
    await bot.stop('SIGKILL');
    await service.close();
  });

  const say = (text: string) =>
    fetch(`${bot.url}/api/chat`, { method: 'POST', headers, body: JSON.stringify({ text }) });
  const publicKey = async () =>
    ((await (await fetch(`${bot.url}/api/push`)).json()) as { publicKey: string }).publicKey;
  const pushedTitles = () => service.pushed.map(({ notice }) => notice.title);
  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  it('is notified of a new post once, under the same keys after a restart, and no more once forgotten', async () => {
    const cwd = makeFolder();
    const file = join(cwd, 'list.md');
    cpSync(foundingCatalog, file);
    const add = (title: string) => {
      const entry = `\n### [${title}](https://mp.weixin.qq.com/s/${encodeURIComponent(title)})\n`;
      const text = readFileSync(file, 'utf8');
      writeFileSync(
        file,
        text.replace('## AIGC\n', (heading) => `${heading}${entry}`),
      );
    };
    const env = { CATALOG: file, ANNOUNCE_CRON: '* * * * * *', ALLOW_PRIVATE_NETWORK: 'true' };
    bot = await startBot({ cwd, env });
    service = await startPushService(publicKey);
    await say('/subscribe');
    const { url: endpoint, p256dh, auth } = service.browser('closed');
    const body = JSON.stringify({ endpoint, keys: { p256dh, auth } });
    expect((await fetch(`${bot.url}/api/push`, { method: 'PUT', headers, body })).status).toBe(204);

    // Busy once: the notification waits and comes all the same.
    service.answerNext({ status: 429, headers: { 'retry-after': '1' } });
    add('First bell');
    await until(() => service.pushed.length === 1);
    const before = await publicKey();

    await bot.stop();
    bot = await startBot({ cwd, env });
    expect(await publicKey()).toBe(before);
    add('Second bell');
    await until(() => service.pushed.length === 2);
    expect(pushedTitles()).toEqual(['First bell', 'Second bell']);

    await say('/forget');
    const asked = service.requests();
    await say('/subscribe');
    add('Third bell');
    // The page has it; nothing rings.
    const stream = await fetch(`${bot.url}/api/chat/events`, { headers: { authorization: headers.authorization } });
    let heard = '';
    for await (const part of stream.body ?? []) {
      heard += Buffer.from(part).toString();
      if (heard.includes('Third bell')) break;
    }
    expect(service.requests()).toBe(asked);
    expect(bot.output()).not.toContain('/push/closed');
  });
});
