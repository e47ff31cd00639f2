import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { makePost } from '../../support/make-post.ts';
import { createRecordingLog } from '../../support/recording-log.ts';
import { createCallbackSeal, sign } from '../../support/wechat/callback-seal.ts';
import { type CallbackMode, createWechatAccount } from '../../support/wechat/wechat-account.ts';
import {
  appId,
  createWechatWorld,
  encodingAesKey,
  token,
  type WechatWorld,
} from '../../support/wechat/wechat-world.ts';

const posts = [makePost({ title: 'Segment Anything', summary: 'One click, one mask.' })];
const modes: readonly CallbackMode[] = ['plain', 'compatible', 'safe'];

let world: WechatWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

const open = async (options: Partial<Parameters<typeof createWechatWorld>[0]> = {}) => {
  world = await createWechatWorld({ posts, ...options });
  return world;
};

describe('the handshake', () => {
  it('echoes what WeChat asked with, as it came', async () => {
    const { account } = await open();
    expect(await account.handshake('4375120948345356249')).toEqual({ status: 200, body: '4375120948345356249' });
  });

  it.each([
    ['a wrong signature', { signature: 'f464b24fc39322e44b38aa78f5edd27bd1441696' }],
    ['no signature', { signature: '' }],
    ['a stale timestamp', { timestamp: '1714036504' }],
    ['a timestamp that is none', { timestamp: '1e9' }],
  ])('is refused with %s', async (_, change) => {
    const { account } = await open();
    const { status, body } = await account.handshake('echo', change);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(body).not.toContain('echo');
  });

  it('of long ago is accepted where the window is switched off, with the published signature', async () => {
    const { account, callbackUrl } = await open({ channel: { token: 'AAAAA', callbackWindowSeconds: 0 } });
    expect(account).toBeDefined();
    const query =
      'signature=f464b24fc39322e44b38aa78f5edd27bd1441696&timestamp=1714036504&nonce=1514711492&echostr=4375120948345356249';
    expect(await (await fetch(`${callbackUrl}?${query}`)).text()).toBe('4375120948345356249');
  });
});

describe.each(modes)('a message in %s mode', (mode) => {
  it('is answered in the same kind of envelope', async () => {
    const { account } = await open({ mode });
    expect(await account.text('reader', 'Segment')).toMatchObject({
      kind: 'news',
      articles: [{ title: 'Segment Anything' }],
    });
  });

  it('with a forged signature gets 403 and no work', async () => {
    const { account, store } = await open({ mode });
    const message = account.message('reader', 'text', { Content: '订阅' });
    const forged = { signature: '0'.repeat(40), msg_signature: '0'.repeat(40) };
    expect((await account.deliverRaw(message, { query: forged })).status).toBe(403);
    expect(await store.book.find({ channel: 'wechat', chat: 'reader' })).toBeUndefined();
  });

  it('that is stale gets 403', async () => {
    const { clock, callbackUrl } = await open({ mode });
    const late = () => new Date(clock.now().getTime() - 301_000);
    const account = createWechatAccount({ url: callbackUrl, token, appId, encodingAesKey, mode, now: late });
    const message = account.message('reader', 'text', { Content: 'Segment' });
    expect((await account.deliverRaw(message)).status).toBe(403);
  });
});

describe('what is let in', () => {
  it('is never a document type: no entity is read or expanded', async () => {
    const { account } = await open({ mode: 'plain' });
    const { xml, ...message } = account.message('reader', 'text', { Content: 'Segment' });
    const types = [
      '<!DOCTYPE xml [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
      '<!DOCTYPE xml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
      '<?xml version="1.0"?><!DOCTYPE xml SYSTEM "http://127.0.0.1/evil.dtd">',
    ];
    for (const type of types) {
      const body = type + xml.replace('<![CDATA[Segment]]>', '&x;&b;');
      expect((await account.deliverRaw({ xml, ...message }, { body })).status).toBe(400);
    }
  });

  it('is nothing that is not well formed, though it is signed', async () => {
    const { account } = await open({ mode: 'plain' });
    const { xml, ...message } = account.message('reader', 'text', { Content: 'Segment' });
    expect((await account.deliverRaw({ xml, ...message })).status).toBe(200);
    const content = '<Content><![CDATA[Segment]]></Content>';
    expect(xml).toContain(content);
    const broken = [
      xml.replace('</xml>', ''),
      xml.replace('</xml>', '</XML>'),
      `${xml}<xml></xml>`,
      `${xml}behind`,
      `before${xml}`,
      xml.replace(content, '<Content><![CDATA[Segment</Content>'),
      xml.replace(content, '<Content>Segment<Content>'),
      xml.replace(content, '</b><Content>Segment</Content>'),
      xml.replace(content, '<Content>Segment & Anything</Content>'),
      xml.replace(content, '<Content>&unknown;</Content>'),
      xml.replace(content, '<Content a="1" a="2">Segment</Content>'),
      xml.replace(content, '<Content <b>Segment</Content>'),
      xml.replaceAll('xml>', 'html>'),
      '<a>'.repeat(20_000),
    ];
    const statuses = await Promise.all(
      broken.map(async (body) => [
        (await account.deliverRaw({ xml, ...message }, { body })).status,
        body.slice(0, 400),
      ]),
    );
    expect(statuses.filter(([status]) => status !== 400)).toEqual([]);
  });

  it('may be a text that speaks of one', async () => {
    const { account } = await open({ mode: 'safe' });
    expect(await account.text('reader', '<!DOCTYPE html>')).toMatchObject({ kind: 'text' });
  });

  it('is no more than 64 KB', async () => {
    const { account } = await open({ mode: 'plain' });
    const message = account.message('reader', 'text', { Content: 'x'.repeat(70_000) });
    expect((await account.deliverRaw(message)).status).toBe(413);
  });

  it('may hold control characters, which are passed over', async () => {
    const { account } = await open();
    expect(await account.text('reader', ' \u001dSegment\u0000')).toMatchObject({ kind: 'news' });
  });

  it.each(['007', '1e5', '0x10', 'true', '10086', '&lt;&amp;'])('keeps the text %s as it was sent', async (text) => {
    const { account } = await open();
    expect(JSON.stringify(await account.text('reader', text))).toContain(`“${text}”`);
  });

  it('may have white space around the ciphertext', async () => {
    const { account, clock } = await open({ mode: 'safe' });
    const { xml, reader, isEvent } = account.message('reader', 'text', { Content: 'Segment' });
    const encrypted = createCallbackSeal(encodingAesKey, appId).encrypt(xml);
    const timestamp = String(Math.floor(clock.now().getTime() / 1000));
    const query = { timestamp, nonce: '7', msg_signature: sign(token, timestamp, '7', encrypted) };
    const body = `<xml><ToUserName>gh</ToUserName><Encrypt>\n  ${encrypted}\n</Encrypt></xml>`;
    expect((await account.deliverRaw({ xml, reader, isEvent }, { query, body })).status).toBe(200);
  });

  it('is nothing in clear where the account is in safe mode', async () => {
    const { account } = await open({ mode: 'plain', channel: { encodingAesKey, encryptedOnly: true } });
    const message = account.message('reader', 'text', { Content: 'Segment' });
    expect((await account.deliverRaw(message)).status).toBeLessThan(500);
    expect((await account.deliverRaw(message)).status).toBeGreaterThanOrEqual(400);
  });

  it('is not verified by the signature of the address alone', async () => {
    const { account } = await open({ mode: 'safe' });
    const message = account.message('reader', 'text', { Content: 'Segment' });
    expect((await account.deliverRaw(message, { query: { msg_signature: '' } })).status).toBe(403);
  });

  it('is no message for another account', async () => {
    const { clock, callbackUrl } = await open({ mode: 'safe' });
    const other = createWechatAccount({
      url: callbackUrl,
      token,
      appId: 'wx0000000000000000',
      encodingAesKey,
      mode: 'safe',
      now: () => clock.now(),
    });
    expect((await other.deliverRaw(other.message('reader', 'text', { Content: 'Segment' }))).status).toBe(403);
  });

  it('may come under the key before the last, and is answered under it', async () => {
    const { clock, callbackUrl } = await open({
      channel: {
        encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
        previousEncodingAesKey: encodingAesKey,
      },
    });
    const account = createWechatAccount({
      url: callbackUrl,
      token,
      appId,
      encodingAesKey,
      mode: 'safe',
      now: () => clock.now(),
    });
    expect(await account.text('reader', 'Segment')).toMatchObject({ kind: 'news' });
  });
});

describe.each(modes)('an answer in %s mode', (mode) => {
  it('of nothing is "success" in clear: an empty text would be shown as a fault', async () => {
    const between = () => ({ answer: async () => ({ text: '', cards: [], actions: [] }) });
    const { account } = await open({ mode, between });
    expect(await account.deliverRaw(account.message('reader', 'text', { Content: 'Segment' }))).toEqual({
      status: 200,
      body: 'success',
    });
  });
});

describe('the log of a refusal', () => {
  it('says why, and nothing of what was sent', async () => {
    const log = createRecordingLog();
    const { account } = await open({ mode: 'safe', channel: { log } });
    const message = account.message('reader', 'text', { Content: 'a private question' });
    await account.deliverRaw(message, { query: { msg_signature: 'f'.repeat(40) } });
    expect(log.text()).toContain('the signature is wrong');
    expect(log.text()).not.toContain('private');
    expect(log.text()).not.toContain(encodingAesKey);
    expect(log.text()).not.toContain(token);
  });

  it('names the setting where a key is missing', async () => {
    const log = createRecordingLog();
    const { clock, callbackUrl } = await open({ mode: 'plain', channel: { log } });
    const account = createWechatAccount({
      url: callbackUrl,
      token,
      appId,
      encodingAesKey,
      mode: 'safe',
      now: () => clock.now(),
    });
    expect((await account.deliverRaw(account.message('reader', 'text', { Content: 'x' }))).status).toBe(400);
    expect(log.text()).toContain('EncodingAESKey');
  });
});

describe('whatever is sent to the callback', () => {
  it('is answered below 500', async () => {
    const { account, callbackUrl, clock } = await open({ mode: 'safe' });
    const seal = createCallbackSeal(encodingAesKey, appId);
    const { xml } = account.message('reader', 'text', { Content: 'Segment' });
    const broken = fc
      .tuple(fc.nat(xml.length), fc.nat(40), fc.string({ maxLength: 40 }))
      .map(([at, length, insert]) => xml.slice(0, at) + insert + xml.slice(at + length));
    const body = fc.oneof(
      fc.string({ maxLength: 300 }),
      fc.base64String({ maxLength: 300 }),
      broken,
      broken.map((inner) => `<xml><Encrypt><![CDATA[${seal.encrypt(inner)}]]></Encrypt></xml>`),
      fc
        .tuple(fc.nat(60), fc.base64String({ maxLength: 4 }))
        .map(([at, insert]) => `<xml><Encrypt>${insertAt(seal.encrypt(xml), at, insert)}</Encrypt></xml>`),
      fc.constant(`<xml><Encrypt>${randomBytes(64).toString('base64')}</Encrypt></xml>`),
    );
    await fc.assert(
      fc.asyncProperty(body, fc.boolean(), fc.boolean(), async (sent, encrypted, signed) => {
        const timestamp = String(Math.floor(clock.now().getTime() / 1000));
        const ciphertext = /<Encrypt>(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?<\/Encrypt>/s.exec(sent)?.[1] ?? '';
        const query = new URLSearchParams({
          timestamp,
          nonce: 'n',
          ...(signed && {
            signature: sign(token, timestamp, 'n'),
            msg_signature: sign(token, timestamp, 'n', ciphertext),
          }),
          ...(encrypted && { encrypt_type: 'aes' }),
        });
        const response = await fetch(`${callbackUrl}?${query}`, { method: 'POST', body: sent });
        expect(response.status).toBeLessThan(500);
        await response.text();
      }),
      { numRuns: 300 },
    );
  });

  it('with any query is answered below 500', async () => {
    const { callbackUrl } = await open();
    const names = fc.constantFrom('signature', 'timestamp', 'nonce', 'echostr', 'msg_signature', 'encrypt_type');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(names, fc.string({ maxLength: 30 })), { maxLength: 8 }),
        fc.boolean(),
        async (pairs, get) => {
          const url = `${callbackUrl}?${new URLSearchParams(pairs)}`;
          const response = await fetch(url, get ? {} : { method: 'POST', body: '<xml/>' });
          expect(response.status).toBeGreaterThanOrEqual(400);
          expect(response.status).toBeLessThan(500);
          await response.text();
        },
      ),
      { numRuns: 150 },
    );
  });
});

function insertAt(text: string, at: number, insert: string): string {
  return text.slice(0, at) + insert + text.slice(at + insert.length);
}
