import { randomBytes } from 'node:crypto';
import type { Conversation } from '../../conversation/conversation.ts';
import { loadPhrases, type Phrases } from '../../conversation/phrases/phrases.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import type { Log } from '../../kernel/log.ts';
import { whenAborted } from '../../kernel/when-aborted.ts';
import type { Message } from '../../message/message.ts';
import type { Inbox } from '../../subscribers/inbox.ts';
import type { Language } from '../../subscribers/subscriber.ts';
import type { SubscriberBook } from '../../subscribers/subscriber-book.ts';
import type { Channel } from '../channel.ts';
import { createCallbackCipher } from '../tencent/callback-cipher.ts';
import { createCallbackHandler } from '../tencent/callback-handler.ts';
import { wordsOf } from '../tencent/command-words.ts';
import { createDeadlines } from '../tencent/deadlines.ts';
import { createEnvelope } from '../tencent/envelope.ts';
import { createHandledOnce } from '../tencent/handled-once.ts';
import { createReaderMemories } from '../tencent/reader-memory.ts';
import type { CoverOf } from '../tencent/render-news.ts';
import { createSalts } from '../tencent/salts.ts';
import type { Webhook } from '../webhook.ts';
import { createAnswers } from './answers.ts';
import { createBars } from './bars.ts';
import { createConsents } from './consents.ts';
import { createWechatDeliverer, type WechatDeliverer } from './deliverer.ts';
import { createKeptNews } from './kept-news.ts';
import type { NoticeTemplate } from './notices.ts';
import { createPushWindow } from './push-window.ts';
import { renderAnnouncement } from './render.ts';
import { createWechatApi } from './wechat-api.ts';

/** What an Official Account is run with: settings, and the parts that it uses. */
export interface WechatOptions {
  readonly appId: string;
  /** Without it nothing can be pushed: announcements wait for their reader's next message. */
  readonly appSecret?: string;
  readonly token: string;
  /** For compatible and safe mode. */
  readonly encodingAesKey?: string;
  /** The key before it was changed, until messages sealed with it have run out. */
  readonly previousEncodingAesKey?: string;
  /** Refuses callbacks in clear, for accounts in safe mode. */
  readonly encryptedOnly: boolean;
  /** Seconds that a callback's timestamp may be off; 0 lets any pass. */
  readonly callbackWindowSeconds: number;
  /** Such as `https://api.weixin.qq.com`, without a slash at the end. */
  readonly apiRoot: string;
  /** Whether choices are links that send their word when tapped. */
  readonly sendingLinks: boolean;
  readonly notice?: NoticeTemplate;
  readonly template?: NoticeTemplate;
  readonly defaultLanguage: Language;
  readonly book: SubscriberBook;
  readonly inbox: Inbox<Message>;
  readonly values: KeyValueStore;
  /** Absolute address of a card's picture, reachable for WeChat's clients; undefined where there is none. */
  readonly coverOf: CoverOf;
  /** The id of the post at an address; undefined for what is no address. */
  postIdOf(url: string): string | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly phrases?: Phrases;
  /** Fresh random bytes, for the encryption of answers. */
  readonly random?: (bytes: number) => Buffer;
}

export interface WechatChannel extends Channel {
  readonly deliverer: WechatDeliverer;
  readonly webhooks: readonly Webhook[];
}

/** Where the platform's console must point to. */
const wechatCallbackPath = '/wechat/callback';

/** A WeChat Official Account (公众号): answers in its chat, and tells of new posts wherever WeChat lets it. */
export function createWechatChannel(options: WechatOptions): WechatChannel {
  const { appId, appSecret, values, clock, phrases = loadPhrases(), random = randomBytes } = options;
  const log = options.log.child({ channel: 'wechat' });
  const memories = createReaderMemories('wechat', values, clock);
  const kept = createKeptNews(options.inbox, values, clock);
  const consents = createConsents(values);
  const bars = createBars(values, clock, log);
  const keys = [options.encodingAesKey, options.previousEncodingAesKey].filter((key) => key !== undefined);
  const deadlines = createDeadlines(clock);
  let running: { readonly conversation: Conversation; readonly signal: AbortSignal } | undefined;

  const deliverer = createWechatDeliverer({
    ...(appSecret !== undefined && { api: createWechatApi({ appId, appSecret, apiRoot: options.apiRoot, clock }) }),
    window: createPushWindow(memories, values, clock),
    consents,
    bars,
    kept,
    values,
    clock,
    log,
    ...(options.notice && { notice: options.notice }),
    ...(options.template && { template: options.template }),
    render: (message) =>
      renderAnnouncement(message, {
        say: phrases[options.defaultLanguage],
        wordsOf: (command) => wordsOf(command, options.defaultLanguage),
        sendingLinks: options.sendingLinks,
        coverOf: options.coverOf,
      }),
  });

  const answers = createAnswers({
    book: options.book,
    kept,
    memories,
    consents,
    deliverer,
    phrases,
    defaultLanguage: options.defaultLanguage,
    sendingLinks: options.sendingLinks,
    coverOf: options.coverOf,
    postIdOf: options.postIdOf,
    clock,
    log,
  });

  const callback = createCallbackHandler({
    envelope: createEnvelope({
      token: options.token,
      ciphers: keys.map((key) => createCallbackCipher(key, appId)),
      encryptedOnly: options.encryptedOnly,
      encryptedEcho: false,
      windowSeconds: options.callbackWindowSeconds,
      now: () => clock.now(),
      salt: createSalts(random),
    }),
    once: createHandledOnce('wechat', { values, deadlines, clock, windowSeconds: options.callbackWindowSeconds }),
    deadlines,
    clock,
    log,
    handler() {
      if (!running) return undefined;
      const { conversation, signal } = running;
      return (message) => answers.to(message, conversation, signal);
    },
    maySendLate: () => deliverer.mayPush(),
    late: (message, answer) => answers.late(message, answer),
  });

  return {
    name: 'wechat',
    deliverer,
    webhooks: [{ path: wechatCallbackPath, methods: ['GET', 'POST'], handle: (request) => callback.handle(request) }],

    async run(conversation, signal) {
      running = { conversation, signal };
      await whenAborted(signal);
      running = undefined;
      await callback.settled();
    },

    trouble: () => (running ? bars.fault() : 'the WeChat channel is not running'),
  };
}
