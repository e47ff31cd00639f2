import type { Webhook, WebhookRequest } from '../../src/channels/webhook.ts';
import { startWebApp } from '../support/web-app.ts';

interface Seen {
  readonly method: string;
  readonly body: Buffer;
  readonly signature: string | undefined;
  readonly echo: string | null;
}

function recorder(path: string): { webhook: Webhook; seen: Seen[] } {
  const seen: Seen[] = [];
  const webhook: Webhook = {
    path,
    methods: ['GET', 'POST'],
    async handle({ method, body, header, query }: WebhookRequest) {
      seen.push({ method, body, signature: header('x-signature'), echo: query.get('echostr') });
      return { status: 201, body: query.get('echostr') ?? 'taken' };
    },
  };
  return { webhook, seen };
}

describe('a webhook', () => {
  it.each(['application/json', 'text/xml', 'application/x-www-form-urlencoded', 'application/octet-stream'])(
    'gets a body of type %s byte by byte',
    async (type) => {
      const { webhook, seen } = recorder('/hook');
      const app = await startWebApp({ webhooks: [webhook] });
      const bytes = Buffer.from('{"a": 1 }\r\n\u0000 中文 <xml>');
      const response = await fetch(`${app.url}/hook`, {
        method: 'POST',
        headers: { 'content-type': type, 'X-Signature': 's' },
        body: bytes,
      });
      expect([response.status, await response.text()]).toEqual([201, 'taken']);
      expect(seen).toEqual([{ method: 'POST', body: bytes, signature: 's', echo: null }]);
      await app.stop();
    },
  );

  it('answers a handshake by GET', async () => {
    const { webhook, seen } = recorder('/hook');
    const app = await startWebApp({ webhooks: [webhook] });
    const response = await app.get('/hook?echostr=a%2Bb%20c&x=1');
    expect([await response.text(), seen[0]?.body.length]).toEqual(['a+b c', 0]);
    await app.stop();
  });

  it('is a 500 without a word of the fault when it breaks', async () => {
    const app = await startWebApp({
      webhooks: [
        {
          path: '/hook',
          methods: ['POST'],
          handle: async () => {
            throw new Error('secret token 123');
          },
        },
      ],
    });
    const response = await fetch(`${app.url}/hook`, { method: 'POST', body: 'x' });
    const { error, request } = JSON.parse(await response.text());
    expect([response.status, error]).toEqual([500, 'the server failed to answer this; its log says why']);
    expect(request).toMatch(/^[0-9a-f-]{36}$/);
    await app.stop();
  });

  it('is not counted against any limit, since a platform sends from few addresses', async () => {
    const { webhook, seen } = recorder('/hook');
    const app = await startWebApp({ webhooks: [webhook], parts: { limits: { readsPerMinute: 1, chatsPerMinute: 1 } } });
    for (let sent = 0; sent < 5; sent += 1) await fetch(`${app.url}/hook`, { method: 'POST', body: 'x' });
    expect(seen).toHaveLength(5);
    await app.stop();
  });

  it('refuses a body of ten megabytes', async () => {
    const { webhook, seen } = recorder('/hook');
    const app = await startWebApp({ webhooks: [webhook] });
    const response = await fetch(`${app.url}/hook`, { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024) });
    expect([response.status, seen.length]).toEqual([413, 0]);
    await app.stop();
  });
});
