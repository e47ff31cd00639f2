import type { Conversation } from '../../src/conversation/conversation.ts';
import type { Message } from '../../src/message/message.ts';
import type { Inbox } from '../../src/subscribers/inbox.ts';
import { createRecordingLog } from '../support/recording-log.ts';
import { startWebApp, type WebApp } from '../support/web-app.ts';

const secret = '0123456789abcdefghijkl';
const news = (text: string): Message => ({ text, cards: [], actions: [] });

let app: WebApp;
beforeEach(async () => {
  app = await startWebApp();
});
afterEach(() => app.stop());

const said = async (response: Response) => ((await response.json()) as { message: Message }).message;

/** Reads an event stream until the text holds what is waited for. */
async function readUntil(response: Response, wanted: string): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (reader && !text.includes(wanted)) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  await reader?.cancel();
  return text;
}

const events = (headers: Record<string, string> = {}) =>
  app.get('/api/chat/events', { authorization: `Bearer ${secret}`, ...headers });

describe('POST /api/chat', () => {
  it('answers typed words with cards', async () => {
    const { cards, page } = await said(await app.say(secret, { text: 'LoRA' }));
    expect([cards.length, page?.count]).toEqual([5, 3]);
  });

  it('does the command of a button', async () => {
    const command = { name: 'search', argument: 'LoRA', page: 2 };
    const { cards, page } = await said(await app.say(secret, { command }));
    expect([cards.length, page?.index]).toEqual([2, 2]);
  });

  it.each([
    ['en', 'zh-CN', /posts/],
    ['zh', 'en-GB', /[\u4e00-\u9fff]/],
  ])('speaks %s if the page does, whatever the browser prefers', async (language, header, words) => {
    const response = await app.say(secret, { text: 'LoRA', language }, { 'accept-language': header });
    expect((await said(response)).text).toMatch(words);
  });

  it('speaks what the browser prefers if the page does not say', async () => {
    const response = await app.say(secret, { text: 'LoRA' }, { 'accept-language': 'en-GB,en;q=0.9,zh;q=0.8' });
    expect((await said(response)).text).toMatch(/posts/);
  });

  it('keeps subscriptions apart by visitor', async () => {
    await app.say(secret, { text: '/subscribe' });
    const addresses = [];
    for await (const { address } of app.book.all()) addresses.push(address);
    expect(addresses).toHaveLength(1);
    expect(addresses[0]?.chat).not.toContain(secret);
  });

  it.each(['', 'Bearer', 'Bearer short', `Basic ${secret}`, `Bearer ${'a'.repeat(65)}`])(
    'refuses a visitor who comes with "%s"',
    async (authorization) => {
      const response = await app.say(secret, { text: 'LoRA' }, { authorization });
      expect([response.status, Object.keys((await response.json()) as object)]).toEqual([401, ['error']]);
    },
  );

  it.each([
    [{}],
    [{ text: { toString: 'x' } }],
    [{ text: 'a', command: { name: 'latest', argument: '', page: 0 } }],
    [{ command: { name: 'format-disk', argument: '', page: 0 } }],
    [{ command: { name: 'latest', argument: '', page: -1 } }],
    [{ command: { name: 'latest' } }],
    [{ text: 'a', language: 'tlh' }],
    [[]],
    ['text'],
  ])('refuses %j', async (body) => {
    const response = await app.say(secret, body);
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ error: expect.any(String) }),
    ]);
  });

  it('answers a text of many pages with a word on its length', async () => {
    const response = await app.say(secret, { text: '很长的话'.repeat(2_500), language: 'en' });
    const { message } = (await response.json()) as { message: { text: string } };
    expect([response.status, message.text]).toEqual([200, expect.stringContaining('200 characters')]);
  });

  it('refuses a text that no person typed', async () => {
    const response = await app.say(secret, { text: 'a'.repeat(60_001) });
    expect([response.status, await response.json()]).toMatchObject([400, { parameter: 'text' }]);
  });

  it('refuses a body of ten megabytes', async () => {
    expect((await app.say(secret, { text: 'a'.repeat(10 * 1024 * 1024) })).status).toBe(413);
  });

  it('refuses what is no JSON', async () => {
    const response = await fetch(`${app.url}/api/chat`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: '{"text":',
    });
    expect(response.status).toBe(400);
  });

  it('is closed to forms of other sites', async () => {
    const response = await fetch(`${app.url}/api/chat`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
      body: new URLSearchParams({ text: 'LoRA' }),
    });
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([415, null]);
  });

  it('says that it failed, and not how, when the conversation breaks', async () => {
    const broken: Conversation = {
      answer: async () => {
        throw new Error('password hunter2');
      },
    };
    const log = createRecordingLog();
    const other = await startWebApp({ conversation: broken, parts: { log } });
    const response = await other.say(secret, { text: 'LoRA' });
    const { request, ...answer } = JSON.parse(await response.text());
    expect([response.status, answer]).toEqual([500, { error: 'the server failed to answer this; its log says why' }]);
    expect(JSON.parse(log.text())).toMatchObject({ level: 'error', request, path: '/api/chat' });
    await other.stop();
  });
});

describe('GET /api/chat/events', () => {
  it('brings an announcement with its number while the page is open', async () => {
    await app.say(secret, { text: '/subscribe' });
    const stream = await events();
    expect([stream.headers.get('content-type'), stream.headers.get('x-accel-buffering')]).toEqual([
      'text/event-stream',
      'no',
    ]);
    await app.announce('d1', news('A new post'));
    expect(await readUntil(stream, 'A new post')).toMatch(/^id: 1\ndata: \{.*"A new post".*\}$/m);
  });

  it('brings what came while the page was closed, and nothing twice', async () => {
    await app.say(secret, { text: '/subscribe' });
    await app.announce('d1', news('first'));
    await app.announce('d2', news('second'));
    expect(await readUntil(await events(), 'second')).toContain('first');
    expect(await readUntil(await events({ 'last-event-id': '1' }), 'second')).not.toContain('first');
  });

  it('keeps each event on its own lines, whatever the text holds', async () => {
    await app.say(secret, { text: '/subscribe' });
    await app.announce('d1', news('one\n\ndata: forged\r\nid: 99\u2028'));
    const text = await readUntil(await events(), 'forged');
    const [line] = text.split('\n').filter((part) => part.startsWith('data: '));
    expect(JSON.parse(line?.slice(6) ?? '').message.text).toBe('one\n\ndata: forged\r\nid: 99\u2028');
    expect(text.split('\n').filter((part) => part.startsWith('id: '))).toEqual(['id: 1']);
  });

  it('is for those who show their secret', async () => {
    expect((await app.get('/api/chat/events')).status).toBe(401);
  });

  it('refuses a position that is no number', async () => {
    const response = await events({ 'last-event-id': '1; drop table' });
    expect([response.status, await response.json()]).toMatchObject([400, { parameter: 'last-event-id' }]);
  });

  it('is cut off where the inbox fails, and everything else goes on', async () => {
    const inbox: Inbox<Message> = {
      put: async () => {},
      after: async () => {
        throw new Error('database is locked');
      },
    };
    const other = await startWebApp({ inbox });
    const stream = await other.get('/api/chat/events', { authorization: `Bearer ${secret}` });
    await expect(readUntil(stream, 'never said')).rejects.toThrow();
    expect((await other.say(secret, { text: 'LoRA' })).status).toBe(200);
    await other.stop();
  });

  it('ends with the server, which waits for nobody', async () => {
    const other = await startWebApp();
    const stream = await other.get('/api/chat/events', { authorization: `Bearer ${secret}` });
    await other.stop();
    expect(await readUntil(stream, 'never said').catch(() => ': open\n\n')).toBe(': open\n\n');
  });
});
