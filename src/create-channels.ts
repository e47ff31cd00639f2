import type { Deliverer } from './announce/deliverer.ts';
import type { Channel } from './channels/channel.ts';
import { createInboxDeliverer } from './channels/inbox-deliverer.ts';
import { type MiniAppUser, miniAppUser } from './channels/telegram/init-data.ts';
import { createTelegramChannel, type TelegramChannel } from './channels/telegram/telegram-channel.ts';
import { webhookPath as telegramWebhookPath } from './channels/telegram/telegram-webhook.ts';
import { keptVapidKeys } from './channels/web/vapid-keys.ts';
import { createWebChannel, type WebChannel } from './channels/web/web-channel.ts';
import { createWebPush, type WebPush } from './channels/web/web-push.ts';
import type { Webhook } from './channels/webhook.ts';
import { parseNoticeFields } from './channels/wechat/notices.ts';
import { createWechatChannel, type WechatChannel } from './channels/wechat/wechat-channel.ts';
import { createWecomChannel, type WecomChannel } from './channels/wecom/wecom-channel.ts';
import type { Config, TelegramConfig, WechatConfig, WecomConfig } from './config/config.ts';
import { adminCommandDescriptions, commandDescriptions } from './conversation/command-descriptions.ts';
import type { Phrases } from './conversation/phrases/phrases.ts';
import type { CoverSize } from './covers/cover-sizes.ts';
import type { Clock } from './kernel/clock.ts';
import type { Log } from './kernel/log.ts';
import type { Card } from './message/card.ts';
import type { Store } from './store/open-store.ts';

export interface ChannelParts {
  readonly store: Store;
  readonly phrases: Phrases;
  /** Absolute address of a card's picture, reachable for everyone; undefined where there is none. */
  readonly coverOf: (card: Card, size: CoverSize) => string | undefined;
  /** The path of a card's picture on our own server, for its own pages. */
  readonly coverPathOf: (card: Card, size: CoverSize) => string | undefined;
  /** The id of the post at an address. */
  readonly postIdOf: (url: string) => string | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** The channels whose credentials are configured; the web chat always. */
export interface Channels {
  readonly all: readonly Channel[];
  /** Of the channels, and of the terminal: its chat is a process of its own that fetches what is kept for it. */
  readonly deliverers: readonly Deliverer[];
  readonly web: WebChannel;
  /** The user whom the `initData` of Telegram's Mini App vouches for; absent without Telegram. */
  readonly telegramUser?: (initData: string) => MiniAppUser | undefined;
  /** What platforms call, to be mounted on the HTTP server. */
  readonly webhooks: readonly Webhook[];
}

/** A new channel is one folder, its settings, and its lines here: docs/development.md adds one. */
export function createChannels(config: Config, parts: ChannelParts): Channels {
  const web = createWebChannel({
    inbox: parts.store.inbox,
    clock: parts.clock,
    push: webPush(config, parts),
    coverPathOf: parts.coverPathOf,
  });
  const telegram = config.telegram && telegramChannel(config.telegram, config, parts);
  const wechat = config.wechat && wechatChannel(config.wechat, config, parts);
  const wecom = config.wecom && wecomChannel(config.wecom, config, parts);
  const all: readonly Channel[] = [web, telegram, wechat, wecom].filter((channel) => channel !== undefined);
  const terminal = createInboxDeliverer({ channel: 'terminal', inbox: parts.store.inbox, clock: parts.clock });
  const token = config.telegram?.token;
  return {
    web,
    all,
    ...(token && { telegramUser: (initData: string) => miniAppUser(initData, token, parts.clock.now()) }),
    deliverers: [terminal, ...all.map(({ deliverer }) => deliverer).filter((deliverer) => deliverer !== undefined)],
    webhooks: [telegram?.webhook, ...(wechat?.webhooks ?? []), ...(wecom?.webhooks ?? [])].filter(
      (webhook) => webhook !== undefined,
    ),
  };
}

function webPush(
  { webPush: { keys, contact }, catalog: { allowPrivateNetwork } }: Config,
  { store, clock, log }: ChannelParts,
): WebPush {
  return createWebPush({
    endpoints: store.pushEndpoints,
    keys: async () => keys ?? (await keptVapidKeys(store.values)),
    contact,
    allowPrivateNetwork,
    clock,
    log,
  });
}

function telegramChannel(
  { webhook, webhookSecret, ...settings }: TelegramConfig,
  { language, server, admins }: Config,
  { store, phrases, coverOf, clock, log }: ChannelParts,
): TelegramChannel {
  return createTelegramChannel({
    ...settings,
    ...store,
    transport: webhook
      ? {
          kind: 'webhook',
          url: `${server.publicUrl}${telegramWebhookPath}`,
          ...(webhookSecret !== undefined && { secret: webhookSecret }),
        }
      : { kind: 'polling' },
    defaultLanguage: language,
    commandDescriptions: commandDescriptions(phrases),
    adminCommandDescriptions: adminCommandDescriptions(phrases),
    ...(server.publicUrl !== undefined && { publicUrl: server.publicUrl }),
    phrases,
    coverOf: (card) => coverOf(card, 'card'),
    thumbnailOf: (card) => coverOf(card, 'square'),
    admins,
    clock,
    log,
  });
}

/** Both write the titles of several articles themselves; of a single one WeChat shows no more than the picture's middle. */
const wechatCovers = { alone: 'backdrop', head: 'backdrop', row: 'square' } as const;
const wecomCovers = { ...wechatCovers, alone: 'wide' } as const;

function wechatChannel(
  { notice, template, ...settings }: WechatConfig,
  { language }: Config,
  { store, coverOf, ...parts }: ChannelParts,
): WechatChannel {
  return createWechatChannel({
    ...settings,
    ...store,
    ...parts,
    coverOf: (card, place) => coverOf(card, wechatCovers[place]),
    ...(notice && { notice: { id: notice.id, fields: parseNoticeFields(notice.fields, 'WECHAT_NOTICE_FIELDS') } }),
    ...(template && {
      template: { id: template.id, fields: parseNoticeFields(template.fields, 'WECHAT_TEMPLATE_FIELDS') },
    }),
    defaultLanguage: language,
  });
}

function wecomChannel(
  settings: WecomConfig,
  { language }: Config,
  { store, coverOf, ...parts }: ChannelParts,
): WecomChannel {
  return createWecomChannel({
    ...settings,
    ...store,
    ...parts,
    coverOf: (card, place) => coverOf(card, wecomCovers[place]),
    defaultLanguage: language,
  });
}
