import { visitorAddress } from '../../src/channels/web/visitor.ts';
import { type PushService, startPushService } from '../support/push-service.ts';
import { startWebApp, type WebApp } from '../support/web-app.ts';

const secret = 'a-visitor-with-a-browser';

describe('the notifications of a page', () => {
  let app: WebApp;
  let service: PushService;
  beforeAll(async () => {
    app = await startWebApp();
    service = await startPushService(async () => '');
  });
  afterAll(async () => {
    await app.stop();
    await service.close();
  });

  const put = (body: unknown, headers: Record<string, string> = { authorization: `Bearer ${secret}` }) =>
    fetch(`${app.url}/api/push`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const browser = () => {
    const { url, p256dh, auth } = service.browser('b');
    return { endpoint: url, expirationTime: null, keys: { p256dh, auth } };
  };

  it('come under a key that stays the same', async () => {
    const { publicKey } = (await (await app.get('/api/push')).json()) as { publicKey: string };
    expect(Buffer.from(publicKey, 'base64url')).toHaveLength(65);
    expect(await (await app.get('/api/push')).json()).toEqual({ publicKey });
  });

  it('are for those who subscribe to something, until they are switched off', async () => {
    expect((await put(browser())).status).toBe(409);
    await app.say(secret, { text: '/subscribe' });
    expect((await put(browser())).status).toBe(204);
    const address = visitorAddress(secret)!;
    expect(await app.pushEndpoints.find(address)).toBeDefined();
    const off = await fetch(`${app.url}/api/push`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${secret}` },
    });
    expect(off.status).toBe(204);
    expect(await app.pushEndpoints.find(address)).toBeUndefined();
  });

  it('are for those who show their secret', async () => {
    expect((await put(browser(), {})).status).toBe(401);
    expect((await fetch(`${app.url}/api/push`, { method: 'DELETE' })).status).toBe(401);
  });

  it.each([
    ['nothing', {}],
    ['no keys', { endpoint: 'https://push.example/' }],
    ['a url that is none', { ...{ endpoint: 'x' }, keys: { p256dh: 'AAAA', auth: 'AAAA' } }],
    ['keys that are none', { endpoint: 'https://push.example/', keys: { p256dh: 'AAAA', auth: 'AAAA' } }],
    ['keys that are no text', { endpoint: 'https://push.example/', keys: { p256dh: 1, auth: {} } }],
    ['an endpoint without end', { endpoint: `https://push.example/${'x'.repeat(3000)}`, keys: browserKeys() }],
  ])('are refused for %s, with what is wrong', async (_what, body) => {
    const response = await put(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual(expect.objectContaining({ error: expect.stringMatching(/endpoint|keys/) }));
  });

  it('never go to this machine unless that is allowed', async () => {
    const strict = await startWebApp({ allowPrivateNetwork: false });
    await strict.say(secret, { text: '/subscribe' });
    const response = await fetch(`${strict.url}/api/push`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify({ ...browser(), endpoint: 'https://127.0.0.1/push' }),
    });
    expect(response.status).toBe(400);
    await strict.stop();
  });
});

function browserKeys() {
  return {
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  };
}
