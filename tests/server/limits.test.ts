import { connect } from 'node:net';
import { clientKey } from '../../src/server/client-key.ts';
import { startWebApp } from '../support/web-app.ts';

const secret = '0123456789abcdefghijkl';

describe('a client that asks too often', () => {
  it('gets a 429 that says when to try again, and others do not', async () => {
    const app = await startWebApp({ parts: { limits: { readsPerMinute: 3 } } });
    const from = (client: string) => app.get('/api/categories', { 'x-forwarded-for': client });
    const statuses = [];
    for (let asked = 0; asked < 4; asked += 1) statuses.push((await from('203.0.113.1')).status);
    expect(statuses).toEqual([200, 200, 200, 429]);

    const refused = await from('203.0.113.1');
    expect(await refused.json()).toEqual({ error: expect.stringMatching(/^too many requests; try again in \d+ s$/) });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await from('203.0.113.2')).status).toBe(200);
    await app.stop();
  });

  it('cannot pass for another by naming proxies that nobody trusts', async () => {
    const app = await startWebApp({ parts: { limits: { readsPerMinute: 2 } } });
    // The last address is what our own proxy saw; what stands before it is the client's invention.
    const asInvented = (client: string) => app.get('/api/categories', { 'x-forwarded-for': `${client}, 203.0.113.9` });
    const statuses = [];
    for (const client of ['6.6.6.1', '6.6.6.2', '6.6.6.3']) statuses.push((await asInvented(client)).status);
    expect(statuses).toEqual([200, 200, 429]);
    await app.stop();
  });

  it('may still ask for health and metrics', async () => {
    const app = await startWebApp({ parts: { limits: { readsPerMinute: 1 } } });
    for (let asked = 0; asked < 3; asked += 1) await app.get('/api/categories');
    expect([(await app.get('/healthz')).status, (await app.get('/metrics')).status]).toEqual([200, 200]);
    await app.stop();
  });

  it('has another, smaller limit for the chat', async () => {
    const app = await startWebApp({ parts: { limits: { chatsPerMinute: 2 } } });
    const statuses = [];
    for (let asked = 0; asked < 3; asked += 1) statuses.push((await app.say(secret, { text: 'LoRA' })).status);
    expect([statuses, (await app.get('/api/categories')).status]).toEqual([[200, 200, 429], 200]);
    await app.stop();
  });

  it('may keep only so many event streams open, and may open another when one is closed', async () => {
    const app = await startWebApp({ parts: { limits: { streamsPerClient: 2 } } });
    const open = () => app.get('/api/chat/events', { authorization: `Bearer ${secret}` });
    const [first, second] = [await open(), await open()];
    const third = await open();
    expect([first.status, second.status, third.status]).toEqual([200, 200, 429]);

    await first.body?.cancel();
    let fourth = await open();
    while (fourth.status === 429) fourth = await open();
    expect(fourth.status).toBe(200);
    await app.stop();
  });

  it.each([
    ['::ffff:203.0.113.1', '203.0.113.1'],
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9'],
  ])('is one client as %s and as %s', (one, other) => {
    expect(clientKey(one)).toBe(clientKey(other));
  });

  it.each([
    ['203.0.113.1', '203.0.113.2'],
    ['2001:db8:1:2::1', '2001:db8:1:3::1'],
  ])('is another client as %s than as %s', (one, other) => {
    expect(clientKey(one)).not.toBe(clientKey(other));
  });
});

describe('slow and idle clients', () => {
  it('do not keep others from being answered', async () => {
    const app = await startWebApp({ parts: { limits: { streamsPerClient: 1000 } } });
    const { hostname, port } = new URL(app.url);
    const slow = Array.from({ length: 100 }, () => connect(Number(port), hostname));
    for (const socket of slow) socket.on('error', () => {}).write('POST /api/chat HTTP/1.1\r\nHost: x\r\nContent-Le');
    const idle = await Promise.all(
      Array.from({ length: 100 }, () => app.get('/api/chat/events', { authorization: `Bearer ${secret}` })),
    );

    expect(idle.every(({ status }) => status === 200)).toBe(true);
    expect((await app.say(secret, { text: 'LoRA' })).status).toBe(200);
    await app.stop();
    for (const socket of slow) socket.destroy();
  });
});
