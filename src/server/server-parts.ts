import type { WebChannel } from '../channels/web/web-channel.ts';
import type { Webhook } from '../channels/webhook.ts';
import type { Arrivals } from '../conversation/newest-first.ts';
import type { Covers } from '../covers/create-covers.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { OpenCounts } from '../posts/open-counts.ts';
import type { Catalog } from '../posts/post.ts';
import type { SearchIndex } from '../search/search-index.ts';
import type { Address } from '../subscribers/address.ts';
import type { Language } from '../subscribers/subscriber.ts';
import type { SubscriberBook } from '../subscribers/subscriber-book.ts';
import type { AdminParts } from './admin/admin-routes.ts';
import type { Metrics } from './metrics.ts';

/** What the HTTP server is made of. */
export interface ServerParts {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Where users reach the server; left out, links lead to the host that the request named. */
  readonly publicUrl?: string | undefined;
  /** The current ones; each request reads them once. */
  readonly catalog: () => Catalog;
  readonly index: () => SearchIndex;
  /** When posts came that were not there from the beginning; a new map for each change. None known by default. */
  readonly arrivals?: (() => Arrivals) | undefined;
  readonly clock: Clock;
  /** Pictures of cards; none are served where left out. */
  readonly covers?: Covers | undefined;
  /** What keeps the app from doing its work right now; empty when all is well. */
  readonly readiness: () => Promise<readonly string[]>;
  readonly metrics: Metrics;
  readonly webChannel: WebChannel;
  readonly webhooks: readonly Webhook[];
  /** Counts how often posts are opened by links of ours; absent where nothing is counted. */
  readonly opens?: OpenCounts | undefined;
  /** Who subscribes to what; without it `/app` shows posts and subscribes nobody. */
  readonly book?: SubscriberBook | undefined;
  /** The user whom the `initData` of Telegram's Mini App vouches for; absent where there is no Telegram. */
  readonly telegramUser?:
    | ((initData: string) => { readonly address: Address; readonly language: Language | undefined } | undefined)
    | undefined;
  /** The author's dashboard at `/admin`; none if left out. */
  readonly admin?: AdminParts | undefined;
  readonly log: Log;
  /** Of Postbell, such as `0.1.0`. */
  readonly version: string;
  /** The sites that may embed the chat, as CSP sources such as `https://blog.example`; every site by default, none if empty. */
  readonly widgetSites?: readonly string[];
  readonly limits?: Partial<ServerLimits>;
  /** Proxies whose X-Forwarded-* headers are believed: addresses or CIDR ranges. By default those on this machine. */
  readonly trustedProxies?: readonly string[];
}

/** What one client may ask of the server; a client is an IPv4 address or an IPv6 /64 network. */
export interface ServerLimits {
  /** Requests to the API, the feeds and the pages. */
  readonly readsPerMinute: number;
  /** Messages to the chat. */
  readonly chatsPerMinute: number;
  /** Event streams open at the same time. */
  readonly streamsPerClient: number;
  /** Event streams of all clients together. */
  readonly streams: number;
}

/** Far above what people do, far below what hurts the others. */
export const defaultLimits: ServerLimits = {
  readsPerMinute: 600,
  chatsPerMinute: 60,
  streamsPerClient: 50,
  streams: 10_000,
};
