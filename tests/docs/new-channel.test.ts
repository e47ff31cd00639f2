import { execFileSync } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { appendFileSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder, startBot } from '../support/process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const guide = readFileSync(join(root, 'docs/development.md'), 'utf8');

/** Does to one file what a `diff` block of the guide shows; what it shows must stand there, in one place. */
function change(path: string, hunks: string): void {
  let text = readFileSync(path, 'utf8');
  for (const hunk of hunks.split(/^@@\n/m)) {
    const lines = hunk.trimEnd().split('\n');
    const side = (sign: '-' | '+') =>
      lines.flatMap((line) => (line.startsWith(' ') || line.startsWith(sign) ? [`${line.slice(1)}\n`] : [])).join('');
    const [before = '', after = '', ...more] = text.split(side('-'));
    if (after === '' || more.length > 0) throw new Error(`${path} holds this not once:\n${side('-')}`);
    text = `${before}${side('+')}${after}`;
  }
  writeFileSync(path, text);
}

/** Our sources with what the guide adds to them, built. @returns the program. */
function buildWithExample(): string {
  const folder = makeFolder();
  cpSync(join(root, 'src'), join(folder, 'src'), { recursive: true, filter: (path) => !path.includes('/src/web') });
  cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const name of ['package.json', 'tsconfig.json', 'tsconfig.build.json'])
    cpSync(join(root, name), join(folder, name));
  for (const [, path = '', code = ''] of guide.matchAll(/^```ts\n\/\/ (src\/\S+)\n([\s\S]*?)^```$/gm)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), code);
  }
  for (const [, path = '', hunks = ''] of guide.matchAll(/^```diff\n\+\+\+ (src\/\S+)\n([\s\S]*?)^```$/gm))
    change(join(folder, path), hunks);
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: folder, encoding: 'utf8' });
  return join(folder, 'dist/cli/postbell.js');
}

interface MattermostPost {
  readonly authorization: string | undefined;
  readonly channel_id: string;
  readonly message: string;
}

/** A Mattermost that takes posts for the channels it has. */
async function startMattermost(...channels: readonly string[]) {
  const known = new Set(channels);
  const posts: MattermostPost[] = [];
  const news = new EventEmitter();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const post: MattermostPost = { authorization: request.headers.authorization, ...JSON.parse(body) };
    const isTaken = request.url === '/api/v4/posts' && known.has(post.channel_id);
    response.writeHead(isTaken ? 201 : 404).end(JSON.stringify({ id: `p${posts.length}` }));
    posts.push(post);
    news.emit('post');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posts,
    async until(count: number): Promise<void> {
      while (posts.length < count) await once(news, 'post');
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('the worked example of a new channel', () => {
  const tokens = { MATTERMOST_BOT_TOKEN: 'b0t-of-the-test', MATTERMOST_WEBHOOK_TOKEN: 'h00k-of-the-test' };
  const chat = 'a'.repeat(26);
  const deleted = 'b'.repeat(26);
  let program: string;
  let mattermost: Awaited<ReturnType<typeof startMattermost>>;

  beforeAll(async () => {
    program = buildWithExample();
    mattermost = await startMattermost(chat);
  });
  afterAll(() => mattermost.close());

  it('answers, takes a subscription, tells of a new post, and leaves a chat that is gone', async () => {
    const cwd = makeFolder();
    const catalog = join(cwd, 'posts.md');
    writeFileSync(catalog, '# Posts\n\n## AI\n\n### [LoRA \\*explained\\* for @all](https://ex.org/a_(b))\n');
    const env = { CATALOG: 'posts.md', ANNOUNCE_CRON: '* * * * * *', LANGUAGE: 'en', MATTERMOST_URL: mattermost.url };
    const bot = await startBot({ program, cwd, env: { ...env, ...tokens, LOG_LEVEL: 'trace' } });
    const say = async (text: string, form: Record<string, string> = {}) => {
      const body = new URLSearchParams({ token: 'h00k-of-the-test', channel_id: chat, trigger_word: 'bell', ...form });
      body.set('text', `bell ${text}`);
      const response = await fetch(`${bot.url}/mattermost/webhook`, { method: 'POST', body });
      const { text: answer = '' }: { text?: string } = response.ok ? JSON.parse(await response.text()) : {};
      return { status: response.status, text: answer };
    };
    try {
      expect((await fetch(`${bot.url}/readyz`)).status).toBe(200);
      const found = await say('LoRA');
      expect(found.text).toContain('**1\\. [LoRA \\*explained\\* for @\u200ball](https://ex.org/a_%28b%29)**\nAI');
      expect((await say('LoRA', { token: 'guess' })).status).toBe(401);
      expect((await say('LoRA', { channel_id: '../users' })).status).toBe(400);

      await say('/subscribe');
      await say('/subscribe', { channel_id: deleted });
      appendFileSync(catalog, '\n### [A new one](https://ex.org/new)\n');
      await mattermost.until(2);
      expect(mattermost.posts.map(({ channel_id }) => channel_id).sort()).toEqual([chat, deleted]);
      for (const post of mattermost.posts) {
        expect(post.authorization).toBe('Bearer b0t-of-the-test');
        expect(post.message).toContain('[A new one](https://ex.org/new)');
      }
      await bot.logged(({ address, msg }) => address === `mattermost:${deleted}` && /suspended/.test(String(msg)));
      const metrics = await (await fetch(`${bot.url}/metrics`)).text();
      expect(metrics).toMatch(/^postbell_deliveries_total\{.*channel="mattermost".*outcome="delivered".*\} 1$/m);

      appendFileSync(catalog, '\n### [Another one](https://ex.org/other)\n');
      await mattermost.until(3);
      expect(mattermost.posts[2]?.channel_id).toBe(chat);
    } finally {
      expect((await bot.stop()).code).toBe(0);
    }
    expect(mattermost.posts).toHaveLength(3);
    expect(bot.output()).not.toMatch(/b0t-of-the-test|h00k-of-the-test/);
  });

  it('does not start with half of its settings, and says which one is missing', async () => {
    const env = { MATTERMOST_URL: mattermost.url, MATTERMOST_BOT_TOKEN: 'b0t-of-the-test' };
    await expect(startBot({ program, env })).rejects.toThrow(/\(2\)[\s\S]*^MATTERMOST_WEBHOOK_TOKEN: /m);
  });
});
