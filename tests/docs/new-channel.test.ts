import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder } from '../support/process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The sources with what docs/development.md adds to them. */
function sourcesWithExample(): string {
  const folder = makeFolder();
  cpSync(join(root, 'src'), join(folder, 'src'), { recursive: true, filter: (path) => !path.includes('/src/web') });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const name of ['package.json', 'tsconfig.json']) cpSync(join(root, name), join(folder, name));
  const guide = readFileSync(join(root, 'docs/development.md'), 'utf8');
  for (const [, path = '', code = ''] of guide.matchAll(/^```ts\n\/\/ (src\/\S+)\n([\s\S]*?)^```$/gm)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), code);
  }
  const address = join(folder, 'src/subscribers/address.ts');
  writeFileSync(
    address,
    readFileSync(address, 'utf8').replace("'terminal'] as const", "'terminal', 'mattermost'] as const"),
  );
  return folder;
}

/** Talks to the channel of the guide, with a Mattermost that takes one post and then has no such channel. */
const talk = `
import { createServer } from 'node:http';
import { createMattermostChannel } from './src/channels/mattermost/mattermost-channel.ts';
import { systemClock } from './src/kernel/clock.ts';

const posts = [];
const mattermost = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  posts.push({ authorization: request.headers.authorization, ...JSON.parse(body) });
  response.writeHead(posts.length === 1 ? 201 : 404).end('{"id":"p1"}');
});
await new Promise((done) => mattermost.listen(0, '127.0.0.1', done));
const channel = createMattermostChannel({
  server: 'http://127.0.0.1:' + mattermost.address().port,
  botToken: 'bot',
  webhookToken: 'hook',
  clock: systemClock,
});
const stop = new AbortController();
const title = { text: 'Mind [this](https://evil.example) *title*', marks: [] };
const card = { postId: '1', title, url: 'https://ex.org/a_(b)', category: ['A'], snippet: { text: '', marks: [] } };
const message = { text: 'For @all', cards: [card], firstRank: 1, actions: [] };
const asked = [];
const conversation = { answer: async (incoming) => (asked.push(incoming), message) };
const running = channel.run(conversation, stop.signal);
const send = (form) =>
  channel.webhook.handle({ trace: { request: 'r1' }, method: 'POST', query: new URLSearchParams(), header: () => undefined, body: Buffer.from(new URLSearchParams(form).toString()) });
const chat = 'a'.repeat(26);
const answer = await send({ token: 'hook', channel_id: chat, trigger_word: 'bell', text: 'bell LoRA' });
const forged = await send({ token: 'guess', channel_id: chat, text: 'bell LoRA' });
const address = { channel: 'mattermost', chat };
const deliver = () => channel.deliverer.deliver({ id: '1', address, message }, stop.signal);
const outcomes = [await deliver(), await deliver()];
mattermost.close();
mattermost.closeAllConnections();
stop.abort();
await running;
process.stdout.write(JSON.stringify({ asked, answer, forged, outcomes, posts }));
`;

describe('the worked example of a new channel', () => {
  it('compiles among the sources, and answers and delivers as it says', () => {
    const folder = sourcesWithExample();
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    writeFileSync(join(folder, 'talk.mjs'), talk);
    const tsconfig = JSON.stringify({
      extends: './tsconfig.json',
      include: ['src'],
      compilerOptions: { types: ['node'] },
    });
    writeFileSync(join(folder, 'tsconfig.example.json'), tsconfig);
    execFileSync(process.execPath, [tsc, '-p', 'tsconfig.example.json'], { cwd: folder, encoding: 'utf8' });

    const printed = execFileSync(process.execPath, ['--import', 'tsx', 'talk.mjs'], { cwd: folder, encoding: 'utf8' });
    const { asked, answer, forged, outcomes, posts } = JSON.parse(printed);
    expect(asked.map(({ input }: { input: object }) => input)).toEqual([{ text: 'LoRA' }]);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body).text).toBe(
      'For @\u200ball\n\n**1\\. [Mind \\[this\\]\\(https\\://evil\\.example\\) \\*title\\*](https://ex.org/a_%28b%29)**\nA',
    );
    expect(forged.status).toBe(401);
    expect(outcomes).toEqual([
      { kind: 'delivered', messageId: 'p1' },
      { kind: 'gone', reason: 'HTTP 404' },
    ]);
    expect(posts[0]).toMatchObject({ authorization: 'Bearer bot', channel_id: 'a'.repeat(26) });
  });
});
