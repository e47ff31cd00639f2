import { randomInt } from 'node:crypto';
import { createCallbackSeal, sign } from './callback-seal.ts';
import { type PassiveAnswer, readPassiveAnswer } from './passive-answer.ts';

export type CallbackMode = 'plain' | 'compatible' | 'safe';

export interface WechatAccountOptions {
  /** The callback's address. */
  readonly url: string;
  readonly token: string;
  readonly appId?: string;
  readonly encodingAesKey?: string;
  readonly mode: CallbackMode;
  readonly now?: () => Date;
  /** Learns what readers do, as the server's own books do. */
  readonly contact?: (reader: string, kind: 'message' | 'tap' | 'follow' | 'unfollow') => void;
}

/** A message on its way to the callback, to be sent as often as one likes. */
export interface PreparedMessage {
  readonly reader: string;
  readonly xml: string;
  readonly isEvent: boolean;
}

/** What the callback answered to one request, before it is read. */
export interface RawAnswer {
  readonly status: number;
  readonly body: string;
}

/** An Official Account's server: sends what readers do to the callback, and reads what is answered. */
export interface WechatAccount {
  handshake(echo: string, change?: Record<string, string>): Promise<RawAnswer>;
  /** What readers send; each is a message of its own. */
  message(reader: string, type: string, fields: Record<string, string>): PreparedMessage;
  event(reader: string, event: string, fields?: Record<string, string>): PreparedMessage;
  /** Sends it, the first time or again. */
  deliver(message: PreparedMessage): Promise<PassiveAnswer>;
  /** The same with something forged: parameters of the query, or the body. */
  deliverRaw(message: PreparedMessage, change?: { query?: Record<string, string>; body?: string }): Promise<RawAnswer>;
  text(reader: string, content: string): Promise<PassiveAnswer>;
  click(reader: string, key: string): Promise<PassiveAnswer>;
  follow(reader: string, scene?: string): Promise<PassiveAnswer>;
  unfollow(reader: string): Promise<PassiveAnswer>;
}

export function createWechatAccount(options: WechatAccountOptions): WechatAccount {
  const { token, mode, now = () => new Date(), appId = 'wx5823bf96d3bd56c7', contact = () => {} } = options;
  const account = 'gh_postbell';
  const seal = createCallbackSeal(options.encodingAesKey ?? 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C', appId);
  const seconds = () => String(Math.floor(now().getTime() / 1000));
  // As WeChat's, they never come twice, whichever account object sends.
  let numbers = process.hrtime.bigint() * 4n;

  const element = (name: string, value: string) =>
    /^(CreateTime|MsgId)$/.test(name)
      ? `<${name}>${value}</${name}>`
      : `<${name}><![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`;

  const prepare = (reader: string, type: string, fields: Record<string, string>): PreparedMessage => {
    const all = { ToUserName: account, FromUserName: reader, CreateTime: seconds(), MsgType: type, ...fields };
    const xml = `<xml>${Object.entries(all)
      .map(([name, value]) => element(name, value))
      .join('\n')}</xml>`;
    return { reader, xml, isEvent: type === 'event' };
  };

  const deliverRaw: WechatAccount['deliverRaw'] = async ({ reader, xml }, change = {}) => {
    const timestamp = seconds();
    const nonce = String(randomInt(1_000_000_000));
    const query: Record<string, string> = {
      timestamp,
      nonce,
      openid: reader,
      signature: sign(token, timestamp, nonce),
    };
    let body = xml;
    if (mode !== 'plain') {
      const encrypted = seal.encrypt(xml);
      query.encrypt_type = 'aes';
      query.msg_signature = sign(token, timestamp, nonce, encrypted);
      const sealed = `<Encrypt><![CDATA[${encrypted}]]></Encrypt>`;
      body =
        mode === 'safe'
          ? `<xml>\n<ToUserName><![CDATA[${account}]]></ToUserName>\n${sealed}\n</xml>`
          : xml.replace('</xml>', `${sealed}</xml>`);
    }
    const url = `${options.url}?${new URLSearchParams({ ...query, ...change.query })}`;
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body: change.body ?? body,
    });
    const answer = await response.text();
    return { status: response.status, body: mode === 'plain' ? answer : opened(answer, change.query?.nonce ?? nonce) };
  };

  /** What an encrypted answer holds; `success` and nothing come in clear. */
  const opened = (answer: string, asked: string): string => {
    const parts =
      /^<xml><Encrypt><!\[CDATA\[(.+)\]\]><\/Encrypt><MsgSignature><!\[CDATA\[(.+)\]\]><\/MsgSignature><TimeStamp>(\d{10})<\/TimeStamp><Nonce><!\[CDATA\[(.+)\]\]><\/Nonce><\/xml>$/.exec(
        answer,
      );
    if (!parts) return answer;
    const [, encrypted = '', signature, timestamp = '', nonce = ''] = parts;
    if (sign(token, timestamp, nonce, encrypted) !== signature) throw new Error('the answer is signed wrongly');
    if (nonce !== asked) throw new Error('the answer bears another nonce than its question');
    return seal.decrypt(encrypted);
  };

  const deliver: WechatAccount['deliver'] = async (message) => {
    const { status, body } = await deliverRaw(message);
    if (status !== 200) throw new Error(`HTTP ${status}: ${body}`);
    if (mode !== 'plain' && body.startsWith('<xml><Encrypt>')) throw new Error('not opened');
    return readPassiveAnswer(body, { reader: message.reader, account }, message.isEvent ? 8 : 1);
  };

  const message: WechatAccount['message'] = (reader, type, fields) => {
    numbers += 1n;
    return prepare(reader, type, { ...fields, MsgId: String(numbers) });
  };
  const event: WechatAccount['event'] = (reader, name, fields = {}) =>
    prepare(reader, 'event', { Event: name, ...fields });

  return {
    async handshake(echo, change = {}) {
      const timestamp = seconds();
      const nonce = String(randomInt(1_000_000_000));
      const query = { signature: sign(token, timestamp, nonce), timestamp, nonce, echostr: echo, ...change };
      const response = await fetch(`${options.url}?${new URLSearchParams(query)}`);
      return { status: response.status, body: await response.text() };
    },
    message,
    event,
    deliver,
    deliverRaw,
    text(reader, content) {
      contact(reader, 'message');
      return deliver(message(reader, 'text', { Content: content }));
    },
    click(reader, key) {
      contact(reader, 'tap');
      return deliver(event(reader, 'CLICK', { EventKey: key }));
    },
    follow(reader, scene) {
      contact(reader, 'follow');
      return deliver(
        event(
          reader,
          'subscribe',
          scene === undefined ? { EventKey: '' } : { EventKey: `qrscene_${scene}`, Ticket: 'ticket' },
        ),
      );
    },
    unfollow(reader) {
      contact(reader, 'unfollow');
      return deliver(event(reader, 'unsubscribe', { EventKey: '' }));
    },
  };
}
