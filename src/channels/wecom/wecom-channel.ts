import { randomBytes } from 'node:crypto';
import type { Conversation } from '../../conversation/conversation.ts';
import { loadPhrases, type Phrases } from '../../conversation/phrases/phrases.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import type { Log } from '../../kernel/log.ts';
import { whenAborted } from '../../kernel/when-aborted.ts';
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
import { createWecomDeliverer, type WecomDeliverer } from './deliverer.ts';
import { createRobots } from './robots.ts';
import { createWecomApi } from './wecom-api.ts';

/** What a WeCom app is run with: settings, and the parts that it uses. */
export interface WecomOptions {
  readonly corpId: string;
  readonly agentId: number;
  readonly secret: string;
  readonly token: string;
  readonly encodingAesKey: string;
  /** Whom callbacks are encrypted for: a suite (SuiteID) or a corp id in cipher; `corpId` where left out. */
  readonly receiverId?: string;
  /** Seconds that a callback's timestamp may be off; 0 lets any pass. */
  readonly callbackWindowSeconds: number;
  /** Such as `https://qyapi.weixin.qq.com`, without a slash at the end. */
  readonly apiRoot: string;
  /** Webhooks of group robots, which get each announcement. */
  readonly robotWebhooks: readonly string[];
  readonly defaultLanguage: Language;
  readonly book: SubscriberBook;
  readonly values: KeyValueStore;
  /** Absolute address of a card's picture, reachable for WeCom's clients; undefined where there is none. */
  readonly coverOf: CoverOf;
  /** The id of the post at an address; undefined for what is no address. */
  postIdOf(url: string): string | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly phrases?: Phrases;
  /** Fresh random bytes, for the encryption of answers. */
  readonly random?: (bytes: number) => Buffer;
}

export interface WecomChannel extends Channel {
  readonly deliverer: WecomDeliverer;
  readonly webhooks: readonly Webhook[];
}

/** Where the app's console must point to. */
const wecomCallbackPath = '/wecom/callback';

/** An app of WeCom (企业微信): answers in its chat, and tells members and group robots of new posts. */
export function createWecomChannel(options: WecomOptions): WecomChannel {
  const { corpId, secret, values, clock, book, phrases = loadPhrases(), random = randomBytes } = options;
  const log = options.log.child({ channel: 'wecom' });
  const robots = createRobots(options.robotWebhooks);
  const deadlines = createDeadlines(clock);
  let running: { readonly conversation: Conversation; readonly signal: AbortSignal } | undefined;

  const deliverer = createWecomDeliverer({
    api: createWecomApi({ corpId, secret, apiRoot: options.apiRoot, clock }),
    agentId: options.agentId,
    robots,
    render: {
      say: phrases[options.defaultLanguage],
      wordsOf: (command) => wordsOf(command, options.defaultLanguage),
      coverOf: options.coverOf,
    },
    clock,
    log,
  });

  const answers = createAnswers({
    book,
    memories: createReaderMemories('wecom', values, clock),
    deliverer,
    phrases,
    defaultLanguage: options.defaultLanguage,
    coverOf: options.coverOf,
    postIdOf: options.postIdOf,
    log,
  });

  const callback = createCallbackHandler({
    envelope: createEnvelope({
      token: options.token,
      ciphers: [createCallbackCipher(options.encodingAesKey, options.receiverId ?? corpId)],
      encryptedOnly: true,
      encryptedEcho: true,
      windowSeconds: options.callbackWindowSeconds,
      now: () => clock.now(),
      salt: createSalts(random),
    }),
    once: createHandledOnce('wecom', { values, deadlines, clock, windowSeconds: options.callbackWindowSeconds }),
    deadlines,
    clock,
    log,
    handler() {
      if (!running) return undefined;
      const { conversation, signal } = running;
      return (message) => answers.to(message, conversation, signal);
    },
    // An app whose messages are refused answers the platform's further tries instead.
    maySendLate: async () => deliverer.fault() === undefined,
    late: (message, answer) => answers.late(message, answer),
  });

  return {
    name: 'wecom',
    deliverer,
    webhooks: [{ path: wecomCallbackPath, methods: ['GET', 'POST'], handle: (request) => callback.handle(request) }],

    async run(conversation, signal) {
      await robots.enrol(book, clock.now());
      running = { conversation, signal };
      await whenAborted(signal);
      running = undefined;
      await callback.settled();
    },

    trouble: () => (running ? deliverer.fault() : 'the WeCom channel is not running'),
  };
}
