import { randomInt } from 'node:crypto';
import { createWecomChannel, type WecomChannel, type WecomOptions } from '../../../src/channels/wecom/wecom-channel.ts';
import type { Conversation } from '../../../src/conversation/conversation.ts';
import { createConversation } from '../../../src/conversation/create-conversation.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import type { Message } from '../../../src/message/message.ts';
import type { Catalog, Post } from '../../../src/posts/post.ts';
import { openStore, type Store } from '../../../src/store/open-store.ts';
import type { Address } from '../../../src/subscribers/address.ts';
import { createQuickIndex } from '../quick-index.ts';
import { createCallbackSeal, sign } from './callback-seal.ts';
import { mountWebhooks } from './mount-webhooks.ts';
import { type PassiveAnswer, readPassiveAnswer } from './passive-answer.ts';
import { createSettlingClock, type SettlingClock } from './settling-clock.ts';
import type { RawAnswer } from './wechat-account.ts';
import { startWecomApi, type WecomApiServer } from './wecom-api-server.ts';

const corpId = 'ww5823bf96d3bd56c7';
export const secret = 'c0rp5ec12e7c0rp5ec12e7';
const token = 'QDG6eK';
const encodingAesKey = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const agentId = 1_000_002;

export interface WecomWorldOptions {
  readonly posts: readonly Post[];
  readonly members?: readonly string[];
  readonly unlicensed?: readonly string[];
  /** Whom the platform encrypts for, where that is not the corporation. */
  readonly receiver?: string;
  /** Keys of group robots that the channel knows. */
  readonly robots?: readonly string[];
  readonly channel?: Partial<WecomOptions>;
  readonly between?: (conversation: Conversation) => Conversation;
}

/** A corporation with its server, an app, and time in the test's hand. */
export interface WecomWorld {
  readonly api: WecomApiServer;
  readonly channel: WecomChannel;
  readonly store: Store;
  readonly clock: SettlingClock;
  handshake(echo: string, change?: Record<string, string>): Promise<RawAnswer>;
  /** What a member or the platform sends; each is a message of its own. */
  message(member: string, type: string, fields: Record<string, string>): string;
  deliver(member: string, xml: string): Promise<PassiveAnswer>;
  deliverRaw(xml: string, change?: Record<string, string>, body?: string): Promise<RawAnswer>;
  text(member: string, content: string): Promise<PassiveAnswer>;
  announce(id: string, address: Address, message: Message): ReturnType<WecomChannel['deliverer']['deliver']>;
  /** Addresses of group robots in the book. */
  robotAddresses(): Promise<Address[]>;
  close(): Promise<void>;
}

export async function createWecomWorld(options: WecomWorldOptions): Promise<WecomWorld> {
  const clock = createSettlingClock();
  const now = () => clock.now();
  const store = await openStore('sqlite::memory:', { clock, log: silentLog });
  const robots = options.robots ?? [];
  const members = options.members ?? ['zhangsan'];
  const api = await startWecomApi({
    corpId,
    secret,
    agentId,
    members,
    unlicensed: options.unlicensed ?? [],
    robots,
    now,
  });
  const channel = createWecomChannel({
    corpId,
    agentId,
    secret,
    token,
    encodingAesKey,
    callbackWindowSeconds: 300,
    apiRoot: api.url,
    robotWebhooks: robots.map((key) => `${api.url}/cgi-bin/webhook/send?key=${key}`),
    defaultLanguage: 'zh',
    book: store.book,
    values: store.values,
    coverOf: ({ cover }) => cover,
    postIdOf: (url) => options.posts.find((post) => post.url === url)?.id,
    clock,
    log: silentLog,
    ...options.channel,
  });
  const catalog: Catalog = { posts: options.posts, problems: [], revision: '1' };
  const index = createQuickIndex(catalog);
  const conversation = createConversation({
    catalog: () => catalog,
    index: () => index,
    book: store.book,
    clock,
    defaultLanguage: 'zh',
  });
  const stop = new AbortController();
  const running = channel.run(options.between?.(conversation) ?? conversation, stop.signal);
  const server = await mountWebhooks(channel.webhooks);
  const seal = createCallbackSeal(encodingAesKey, options.receiver ?? corpId);
  const url = `${server.url}/wecom/callback`;
  let numbers = 4_561_255_354_251_345_929n;

  const stamp = () => ({ timestamp: String(Math.floor(now().getTime() / 1000)), nonce: String(randomInt(1e9)) });

  const deliverRaw: WecomWorld['deliverRaw'] = async (xml, change = {}, body = undefined) => {
    const encrypted = seal.encrypt(xml);
    const { timestamp, nonce } = stamp();
    const query = { timestamp, nonce, msg_signature: sign(token, timestamp, nonce, encrypted), ...change };
    const response = await fetch(`${url}?${new URLSearchParams(query)}`, {
      method: 'POST',
      body:
        body ??
        `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><AgentID><![CDATA[${agentId}]]></AgentID><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
    });
    const answer = await response.text();
    const sealed = /<Encrypt><!\[CDATA\[(.+)\]\]><\/Encrypt>/.exec(answer)?.[1];
    return { status: response.status, body: sealed === undefined ? answer : seal.decrypt(sealed) };
  };

  const message: WecomWorld['message'] = (member, type, fields) => {
    numbers += 1n;
    const all = {
      ToUserName: corpId,
      FromUserName: member,
      MsgType: type,
      ...fields,
      AgentID: String(agentId),
      ...(type !== 'event' && { MsgId: String(numbers) }),
    };
    const elements = Object.entries(all).map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`);
    return `<xml>${elements.join('')}<CreateTime>${stamp().timestamp}</CreateTime></xml>`;
  };

  const deliver: WecomWorld['deliver'] = async (member, xml) => {
    const { status, body } = await deliverRaw(xml);
    if (status !== 200) throw new Error(`HTTP ${status}: ${body}`);
    return readPassiveAnswer(body, { reader: member, account: corpId }, 8);
  };

  return {
    api,
    channel,
    store,
    clock,
    async handshake(echo, change = {}) {
      const echostr = seal.encrypt(echo);
      const { timestamp, nonce } = stamp();
      const query = { msg_signature: sign(token, timestamp, nonce, echostr), timestamp, nonce, echostr, ...change };
      const response = await fetch(`${url}?${new URLSearchParams(query)}`);
      return { status: response.status, body: await response.text() };
    },
    message,
    deliver,
    deliverRaw,
    text: (member, content) => deliver(member, message(member, 'text', { Content: content })),
    announce: (id, address, said) =>
      channel.deliverer.deliver({ id, address, message: said }, new AbortController().signal),
    async robotAddresses() {
      const addresses: Address[] = [];
      for await (const { address } of store.book.all()) if (address.chat.startsWith('robot:')) addresses.push(address);
      return addresses;
    },
    async close() {
      stop.abort();
      await server.close();
      await running;
      await api.close();
      await store.close();
    },
  };
}
