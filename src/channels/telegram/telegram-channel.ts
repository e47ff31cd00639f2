import type { Deliverer, Pace } from '../../announce/deliverer.ts';
import type { Conversation } from '../../conversation/conversation.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import type { Log } from '../../kernel/log.ts';
import type { ActionStore } from '../../message/action-store.ts';
import type { Address } from '../../subscribers/address.ts';
import type { Language } from '../../subscribers/subscriber.ts';
import type { SubscriberBook } from '../../subscribers/subscriber-book.ts';
import type { Channel } from '../channel.ts';
import type { Webhook } from '../webhook.ts';

export interface TelegramChannelOptions {
  readonly token: string;
  /** `https://api.telegram.org`, or a Bot API server of one's own; a slash at the end does not matter. */
  readonly apiRoot: string;
  /** For people whose language Telegram does not tell, and for the default list of commands. */
  readonly defaultLanguage: Language;
  /** `url` is the public https address of `webhook.path`; a missing secret is made and kept. */
  readonly transport:
    | { readonly kind: 'polling' }
    | { readonly kind: 'webhook'; readonly url: string; readonly secret?: string };
  readonly pace: Pace;
  readonly book: SubscriberBook;
  readonly actions: ActionStore;
  /** Keys under `telegram.`: the webhook's secret, updates that are being handled, commands as last registered. */
  readonly values: KeyValueStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly commandDescriptions: readonly TelegramCommand[];
  /** They may manage any group; addresses of other channels are passed over. */
  readonly admins?: readonly Address[];
}

/** A line of the list that Telegram shows when a person types a slash. */
export interface TelegramCommand {
  /** `[a-z0-9_]{1,32}`, without the slash. */
  readonly name: string;
  /** 1 to 256 characters in each language. */
  readonly description: Readonly<Record<Language, string>>;
}

export interface TelegramChannel extends Channel {
  readonly name: 'telegram';
  readonly deliverer: Deliverer;
  /** To be mounted on the HTTP server; absent where updates are polled. */
  readonly webhook?: Webhook;
  trouble(): string | undefined;
}

/**
 * Telegram over the Bot API.
 *
 * `run` rejects with a ConfigError that names TELEGRAM_BOT_TOKEN if Telegram refuses the token; a network
 * that is down is waited for.
 */
export type CreateTelegramChannel = (options: TelegramChannelOptions) => TelegramChannel;
