import {
  createWechatChannel,
  type WechatChannel,
  type WechatOptions,
} from '../../../src/channels/wechat/wechat-channel.ts';
import type { Conversation } from '../../../src/conversation/conversation.ts';
import { createConversation } from '../../../src/conversation/create-conversation.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import type { Message } from '../../../src/message/message.ts';
import type { Catalog, Post } from '../../../src/posts/post.ts';
import { openStore, type Store } from '../../../src/store/open-store.ts';
import { createQuickIndex } from '../quick-index.ts';
import { type MountedWebhooks, mountWebhooks } from './mount-webhooks.ts';
import { createSettlingClock, type SettlingClock } from './settling-clock.ts';
import { type CallbackMode, createWechatAccount, type WechatAccount } from './wechat-account.ts';
import { type AccountRights, startWechatApi, verifiedService, type WechatApiServer } from './wechat-api-server.ts';

export const appId = 'wx5823bf96d3bd56c7';
export const appSecret = '5ec12e7e5ec12e7e5ec12e7e5ec12e7e';
export const token = 'QDG6eK';
export const encodingAesKey = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';

export interface WechatWorldOptions {
  readonly posts: readonly Post[];
  readonly mode?: CallbackMode;
  readonly rights?: AccountRights;
  /** Whether the channel knows the app secret; it does by default. */
  readonly secret?: boolean;
  readonly channel?: Partial<WechatOptions>;
  /** Stands between the channel and the conversation, to make answers slow or faulty. */
  readonly between?: (conversation: Conversation) => Conversation;
  /** Another process's store: the same database and the same account. */
  readonly store?: Store;
}

/** An Official Account with its server, a channel with a real conversation and store, and time in the test's hand. */
export interface WechatWorld {
  readonly account: WechatAccount;
  readonly api: WechatApiServer;
  readonly channel: WechatChannel;
  readonly store: Store;
  readonly clock: SettlingClock;
  readonly callbackUrl: string;
  /** Resolves when so many requests, over all, are being handled or were. */
  arrived(requests: number): Promise<void>;
  /** Delivers an announcement of these posts, and says how it ended. */
  announce(id: string, reader: string, message: Message): ReturnType<WechatChannel['deliverer']['deliver']>;
  /** Ends the channel; its address still answers. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

export async function createWechatWorld(options: WechatWorldOptions): Promise<WechatWorld> {
  const clock = createSettlingClock();
  const store = options.store ?? (await openStore('sqlite::memory:', { clock, log: silentLog }));
  const now = () => clock.now();
  const api = await startWechatApi({ appId, appSecret, rights: options.rights ?? verifiedService, now });
  const channel = createWechatChannel({
    appId,
    ...(options.secret !== false && { appSecret }),
    token,
    ...(options.mode !== 'plain' && { encodingAesKey }),
    encryptedOnly: false,
    callbackWindowSeconds: 300,
    apiRoot: api.url,
    sendingLinks: false,
    defaultLanguage: 'zh',
    book: store.book,
    inbox: store.inbox,
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
    timezone: 'Asia/Shanghai',
    book: store.book,
    clock,
    defaultLanguage: 'zh',
  });
  const stop = new AbortController();
  const running = channel.run(options.between?.(conversation) ?? conversation, stop.signal);
  const server: MountedWebhooks = await mountWebhooks(channel.webhooks);
  const callbackUrl = `${server.url}/wechat/callback`;
  const account = createWechatAccount({
    url: callbackUrl,
    token,
    appId,
    encodingAesKey,
    mode: options.mode ?? 'safe',
    now,
    contact: api.contact,
  });

  return {
    account,
    api,
    channel,
    store,
    clock,
    callbackUrl,
    async arrived(requests) {
      while (server.arrived() < requests) await new Promise((resolve) => setTimeout(resolve, 2));
      await clock.advance(0);
    },
    announce: (id, reader, message) =>
      channel.deliverer.deliver(
        { id, address: { channel: 'wechat', chat: reader }, message },
        new AbortController().signal,
      ),
    async stop() {
      stop.abort();
      await running;
    },
    async close() {
      stop.abort();
      await server.close();
      await running;
      await api.close();
      if (!options.store) await store.close();
    },
  };
}
