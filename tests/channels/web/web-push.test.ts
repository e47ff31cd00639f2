import fc from 'fast-check';
import type { OutgoingDelivery } from '../../../src/announce/deliverer.ts';
import { pushEndpointFault } from '../../../src/channels/web/push-endpoint-fault.ts';
import { keptVapidKeys } from '../../../src/channels/web/vapid-keys.ts';
import { createWebChannel } from '../../../src/channels/web/web-channel.ts';
import { createWebPush } from '../../../src/channels/web/web-push.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { type Card, plain } from '../../../src/message/card.ts';
import type { Message } from '../../../src/message/message.ts';
import type { Address } from '../../../src/subscribers/address.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { createMemoryInbox } from '../../support/memory-inbox.ts';
import { createMemoryPushEndpoints } from '../../support/memory-push-endpoints.ts';
import { createMemoryValues } from '../../support/memory-values.ts';
import { type PushService, startPushService } from '../../support/push-service.ts';
import { createRecordingLog } from '../../support/recording-log.ts';

const reader: Address = { channel: 'web', chat: 'reader' };
const never = new AbortController().signal;

const card = (title: string, parts: Partial<Card> = {}): Card => ({
  postId: 'p1',
  title: plain(title),
  url: 'https://blog.example/p1',
  category: ['工具', 'Docker'],
  snippet: plain('镜像与容器。'),
  ...parts,
});
const news = (...cards: Card[]): Message => ({ text: 'A new post', cards, actions: [] });

describe('a notification', () => {
  const clock = createManualClock();
  const values = createMemoryValues(clock);
  const keys = () => keptVapidKeys(values);
  let service: PushService;
  beforeAll(async () => {
    service = await startPushService(async () => (await keys()).publicKey);
  });
  afterAll(() => service.close());

  function world(options: { allowPrivateNetwork?: boolean } = {}) {
    const endpoints = createMemoryPushEndpoints(async () => true);
    const inbox = createMemoryInbox<Message>();
    const log = createRecordingLog();
    const push = createWebPush({
      endpoints,
      keys,
      contact: 'mailto:author@blog.example',
      allowPrivateNetwork: options.allowPrivateNetwork ?? true,
      clock,
      log,
    });
    const channel = createWebChannel({ inbox, clock: systemClock, push });
    const deliver = (id: string, message: Message, parts: Partial<OutgoingDelivery> = {}) =>
      channel.deliverer.deliver({ id, address: reader, message, ...parts }, never);
    return { endpoints, inbox, push, channel, deliver, log };
  }

  it('brings a post to a browser that does not show the page: title, place and first words, and where it leads', async () => {
    const { endpoints, deliver, inbox } = world();
    await endpoints.put(reader, service.browser('one'));
    expect(await deliver('7', news(card('Docker 入门')))).toEqual({ kind: 'delivered' });

    const pushed = service.pushed.at(-1);
    expect(pushed?.name).toBe('one');
    expect(pushed?.notice).toMatchObject({ title: 'Docker 入门', body: '工具 / Docker\n镜像与容器。', path: '/p/p1' });
    expect(pushed?.token.aud).toBe(service.url);
    expect(pushed?.token.sub).toBe('mailto:author@blog.example');
    expect(pushed?.headers['content-encoding']).toBe('aes128gcm');
    // And the page has it too, for when it is opened.
    expect(await inbox.after(reader, 0, 10)).toHaveLength(1);
  });

  it('names the posts of a digest and leads to the chat', async () => {
    const { endpoints, deliver } = world();
    await endpoints.put(reader, service.browser('digest'));
    await deliver('8', { ...news(card('One'), card('Two', { postId: 'p2' })), text: '2 new posts' });
    expect(service.pushed.at(-1)?.notice).toMatchObject({ title: '2 new posts', body: 'One\nTwo', path: '/' });
  });

  it('tells what an admin tells everyone', async () => {
    const { endpoints, deliver } = world();
    await endpoints.put(reader, service.browser('notice'));
    await deliver('9', { text: 'We move house', cards: [], actions: [] });
    expect(service.pushed.at(-1)?.notice).toMatchObject({ body: 'We move house', path: '/' });
  });

  it('is left out for those who asked for none, who find the message in the page', async () => {
    const { deliver, inbox } = world();
    const before = service.requests();
    expect(await deliver('10', news(card('Quiet')))).toEqual({ kind: 'delivered' });
    expect(service.requests()).toBe(before);
    expect(await inbox.after(reader, 0, 10)).toHaveLength(1);
  });

  it('takes the place of its own repeat, so that nobody hears of a post twice', async () => {
    const { endpoints, deliver, inbox } = world();
    await endpoints.put(reader, service.browser('again'));
    await deliver('11', news(card('Once')));
    await deliver('11', news(card('Once')));
    await deliver('12', news(card('Another')));
    const [first, repeat, other] = service.pushed.slice(-3);
    expect(repeat?.notice.tag).toBe(first?.notice.tag);
    expect(repeat?.headers.topic).toBe(first?.headers.topic);
    expect(other?.notice.tag).not.toBe(first?.notice.tag);
    expect(await inbox.after(reader, 0, 10)).toHaveLength(2);
  });

  it.each([404, 410, 403, 401])(
    'is not sent again where the service says with %d that the browser is gone',
    async (status) => {
      const { endpoints, deliver, log } = world();
      await endpoints.put(reader, service.browser('gone'));
      service.answerNext({ status });
      // The page has the message: the reader is not suspended for a browser that takes no notifications.
      expect(await deliver('13', news(card('Gone')))).toEqual({ kind: 'delivered' });
      expect(await endpoints.find(reader)).toBeUndefined();
      expect(log.text()).not.toContain(service.url);
    },
  );

  it('keeps the browser that came in place of the one that is gone', async () => {
    const { endpoints, push, message } = { ...world(), message: news(card('Race')) };
    await endpoints.put(reader, service.browser('old'));
    const fresh = service.browser('fresh');
    const find = endpoints.find;
    // The reader's page comes back while the notification is on its way.
    endpoints.find = async (address) => {
      const found = await find(address);
      await endpoints.put(reader, fresh);
      return found;
    };
    service.answerNext({ status: 410 });
    await push.notify({ id: '14', address: reader, message }, never);
    expect(await find(reader)).toEqual(fresh);
  });

  it.each([
    ['in seconds', '120', 120_000],
    ['as a date', new Date(createManualClock().now().getTime() + 90_000).toUTCString(), 90_000],
    ['never', undefined, 60_000],
    ['in no way that is known', 'soon', 60_000],
    ['for ever', '99999999999', 24 * 60 * 60_000],
  ])('waits as long as a busy service asks (%s)', async (_how, retryAfter, waitMs) => {
    const { endpoints, deliver } = world();
    await endpoints.put(reader, service.browser('busy'));
    service.answerNext({ status: 429, ...(retryAfter !== undefined && { headers: { 'retry-after': retryAfter } }) });
    const outcome = await deliver('15', news(card('Busy')));
    expect(outcome).toMatchObject({ kind: 'retry', scope: 'chat' });
    const waits = outcome.kind === 'retry' ? outcome.notBefore.getTime() - clock.now().getTime() : 0;
    // A date has no milliseconds.
    expect(Math.abs(waits - waitMs)).toBeLessThan(1000);
  });

  it('is tried again after a fault of the service, and not kept twice', async () => {
    const { endpoints, deliver, inbox } = world();
    await endpoints.put(reader, service.browser('fault'));
    service.answerNext({ status: 503 });
    expect(await deliver('16', news(card('Fault')))).toMatchObject({ kind: 'retry' });
    expect(await deliver('16', news(card('Fault')))).toEqual({ kind: 'delivered' });
    expect(await inbox.after(reader, 0, 10)).toHaveLength(1);
  });

  it('may have arrived where the connection breaks, and where no answer comes', async () => {
    const { endpoints, channel, deliver } = world();
    await endpoints.put(reader, service.browser('broken'));
    service.answerNext('cut');
    expect(await deliver('17', news(card('Cut')))).toMatchObject({ kind: 'unknown' });
    const late = new AbortController();
    const before = service.requests();
    service.answerNext('hang');
    const hanging = channel.deliverer.deliver({ id: '18', address: reader, message: news(card('Hang')) }, late.signal);
    while (service.requests() === before) await new Promise((resolve) => setTimeout(resolve, 5));
    late.abort();
    expect(await hanging).toMatchObject({ kind: 'unknown' });
  });

  it('did not arrive where nobody listens', async () => {
    const { endpoints, deliver } = world();
    const closed = await startPushService(async () => '');
    await endpoints.put(reader, closed.browser('nobody'));
    await closed.close();
    expect(await deliver('19', news(card('Nobody')))).toMatchObject({ kind: 'retry', scope: 'chat' });
  });

  it('goes plain where it was refused, and ends there', async () => {
    const { endpoints, deliver } = world();
    await endpoints.put(reader, service.browser('refused'));
    service.answerNext({ status: 400 }, { status: 400 });
    expect(await deliver('20', news(card('No')))).toMatchObject({ kind: 'rejected' });
    expect(await deliver('20', news(card('No')), { plain: true })).toMatchObject({ kind: 'rejected' });
    expect(await endpoints.find(reader)).toBeUndefined();
  });

  it('follows no redirect', async () => {
    const { endpoints, deliver } = world();
    await endpoints.put(reader, service.browser('moved'));
    const before = service.requests();
    service.answerNext({ status: 302, headers: { location: `${service.url}/push/elsewhere` } });
    expect(await deliver('21', news(card('Moved')))).toMatchObject({ kind: 'rejected' });
    expect(service.requests()).toBe(before + 1);
  });

  it('never asks a private network, by number, name or trick, unless that is allowed', async () => {
    const { endpoints, deliver } = world({ allowPrivateNetwork: false });
    const before = service.requests();
    const { port } = new URL(service.url);
    for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433', '169.254.169.254', '10.0.0.1']) {
      await endpoints.put(reader, { ...service.browser('inside'), url: `https://${host}:${port}/push/inside` });
      expect(await deliver(host, news(card('Inside')))).toEqual({ kind: 'delivered' });
      expect(await endpoints.find(reader)).toBeUndefined();
    }
    expect(service.requests()).toBe(before);
  });

  it('stays within what push services take, whatever stands in a post', async () => {
    const { endpoints, deliver } = world();
    await endpoints.put(reader, service.browser('any'));
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 600 }),
      fc.string({ unit: 'binary', maxLength: 600 }),
      fc.constantFrom('长'.repeat(5000), '𠮷'.repeat(3000), '"\\\u0001'.repeat(2000)),
    );
    const cards = fc.array(
      fc.record({ title: text, snippet: text, postId: fc.string({ minLength: 1, maxLength: 40 }) }),
      { maxLength: 40 },
    );
    let number = 0;
    await fc.assert(
      fc.asyncProperty(text, cards, async (words, drawn) => {
        number += 1;
        const message = {
          text: words,
          cards: drawn.map(({ title, snippet, postId }) => card(title, { postId, snippet: plain(snippet) })),
          actions: [],
        };
        expect(await deliver(`any-${number}`, message)).toEqual({ kind: 'delivered' });
        const pushed = service.pushed.at(-1);
        expect(pushed?.bytes).toBeLessThanOrEqual(4096);
        expect(pushed?.notice.path).toMatch(/^\/(p\/[^/?#]+)?$/);
        expect(String(pushed?.notice.title) + String(pushed?.notice.body)).not.toMatch(/undefined/);
      }),
      { numRuns: 60 },
    );
  });
});

describe('an endpoint', () => {
  const good = {
    url: 'https://push.example/abc',
    // Of RFC 8291, section 5.
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  };

  it('of a browser is taken', () => {
    expect(pushEndpointFault(good, false)).toBeUndefined();
  });

  it.each([
    ['plain http', { url: 'http://push.example/abc' }],
    ['no url', { url: 'abc' }],
    ['another scheme', { url: 'ftp://push.example/' }],
    ['credentials', { url: 'https://me:secret@push.example/' }],
    ['a private address', { url: 'https://127.0.0.1/' }],
    ['a private address of IPv6', { url: 'https://[::1]/' }],
    ['a point that is not on the curve', { p256dh: Buffer.alloc(65, 4).toString('base64url') }],
    ['a key that is too short', { p256dh: 'AAAA' }],
    ['a secret that is too short', { auth: 'AAAA' }],
  ])('with %s is refused', (_what, wrong) => {
    expect(pushEndpointFault({ ...good, ...wrong }, false)).toMatch(/^(endpoint|keys\.\w+) must/);
  });
});

describe('the keys by which push services know us', () => {
  it('are made once, by one of many processes, and kept', async () => {
    const values = createMemoryValues(createManualClock());
    const made = await Promise.all(Array.from({ length: 5 }, () => keptVapidKeys(values)));
    expect(new Set(made.map(({ privateKey }) => privateKey)).size).toBe(1);
    expect(await keptVapidKeys(values)).toEqual(made[0]);
    expect(made[0]?.publicKey).toMatch(/^[\w-]{87}$/);
  });
});
