import type { Address } from '../subscribers/address.ts';
import type { Language } from '../subscribers/subscriber.ts';

/** Everything that an operator can set, checked and typed. */
export interface Config {
  readonly catalog: {
    readonly spec: string;
    readonly baseUrl?: string;
    readonly allowPrivateNetwork: boolean;
    readonly refreshCron: string;
    /** How much of a source one reading may lose before it is not believed: a share from 0 to 1, and a number of posts. */
    readonly maxLoss: { readonly share: number; readonly posts: number };
  };
  readonly glossaryFile?: string;
  readonly covers: 'draw' | 'fetch' | 'none';
  readonly databaseUrl: string;
  readonly server: {
    readonly host: string;
    readonly port: number;
    readonly publicUrl?: string;
    /** Addresses or CIDR ranges, those of this machine included. */
    readonly trustedProxies: readonly string[];
    /** Whether cards open articles by links that count; only together with `publicUrl`. */
    readonly countOpens: boolean;
    /** For how many days counts of queries are kept; 0 keeps none. */
    readonly keepQueriesDays: number;
    /** CSP sources. */
    readonly widgetSites: readonly string[];
  };
  readonly webPush: {
    /** As VAPID wants them (RFC 8292); kept ones are used where absent. */
    readonly keys?: { readonly publicKey: string; readonly privateKey: string };
    /** A `mailto:` or https address. */
    readonly contact: string;
  };
  readonly announce: {
    readonly cron: string;
    readonly digestAbove: number;
    readonly holdAbove: number;
    readonly inFlight: number;
  };
  /** An IANA name. */
  readonly timezone: string;
  readonly language: Language;
  readonly admins: readonly Address[];
  readonly telegram?: TelegramConfig;
  readonly wechat?: WechatConfig;
  readonly wecom?: WecomConfig;
  readonly logLevel: string;
}

export interface TelegramConfig {
  readonly token: string;
  readonly apiRoot: string;
  readonly webhook: boolean;
  readonly webhookSecret?: string;
  /** 0 switches a limit off. */
  readonly pace: { readonly perSecond: number; readonly perChatSecond: number; readonly perGroupMinute: number };
}

/** Named as in docs/wechat.md. */
export interface WechatConfig {
  readonly appId: string;
  readonly appSecret?: string;
  readonly token: string;
  readonly encodingAesKey?: string;
  readonly previousEncodingAesKey?: string;
  readonly encryptedOnly: boolean;
  readonly callbackWindowSeconds: number;
  readonly menu: string;
  readonly sendingLinks: boolean;
  readonly notice?: { readonly id: string; readonly fields: string };
  readonly template?: { readonly id: string; readonly fields: string };
  readonly apiRoot: string;
}

export interface WecomConfig {
  readonly corpId: string;
  readonly agentId: number;
  readonly secret: string;
  readonly token: string;
  readonly encodingAesKey: string;
  /** Whom callbacks are encrypted for, where that is not the corp id. */
  readonly receiverId?: string;
  readonly callbackWindowSeconds: number;
  readonly robotWebhooks: readonly string[];
  readonly apiRoot: string;
}
