import { ConfigError } from '../kernel/errors.ts';
import type { Config, TelegramConfig, WechatConfig, WecomConfig } from './config.ts';
import { type Values, variables } from './environment.ts';

/**
 * Reads the configuration from an environment: a pure function, so that a test passes its own.
 *
 * @throws ConfigError with one line a fault, each naming the variable and what to write; values are
 *   never repeated, since they may be secrets.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const values = readVariables(environment);
  const telegram = telegramConfig(values);
  const wechat = wechatConfig(values);
  const wecom = wecomConfig(values);
  return {
    catalog: {
      spec: values.CATALOG,
      ...optional({ baseUrl: values.CATALOG_BASE_URL }),
      allowPrivateNetwork: values.ALLOW_PRIVATE_NETWORK,
      refreshCron: values.CATALOG_REFRESH_CRON,
      maxLoss: { share: values.CATALOG_MAX_LOSS_PERCENT / 100, posts: values.CATALOG_MAX_LOSS_POSTS },
    },
    ...optional({ glossaryFile: values.GLOSSARY }),
    covers: values.COVERS,
    databaseUrl: values.DATABASE_URL,
    server: {
      host: values.HOST,
      port: values.PORT,
      ...optional({ publicUrl: values.PUBLIC_URL }),
      countOpens: countOpens(values),
      keepQueriesDays: values.KEEP_QUERIES_DAYS,
      trustedProxies: ['loopback', ...values.TRUSTED_PROXIES],
      widgetSites: values.WIDGET_SITES === 'none' ? [] : values.WIDGET_SITES.split(/,\s*/),
    },
    webPush: webPushConfig(values),
    announce: {
      cron: values.ANNOUNCE_CRON,
      digestAbove: values.ANNOUNCE_DIGEST_ABOVE,
      holdAbove: values.ANNOUNCE_HOLD_ABOVE,
      inFlight: values.ANNOUNCE_IN_FLIGHT,
    },
    timezone: values.TIMEZONE ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    language: values.LANGUAGE,
    admins: values.ADMINS,
    ...optional({ telegram, wechat, wecom }),
    logLevel: values.LOG_LEVEL,
  };
}

function readVariables(environment: Readonly<Record<string, string | undefined>>): Values {
  const faults: string[] = [];
  const values = Object.fromEntries(
    Object.entries(variables).map(([name, { schema }]) => {
      const result = schema.safeParse(environment[name]);
      if (result.success) return [name, result.data];
      faults.push(`${name}: ${result.error.issues.map((issue) => issue.message).join('; ')}`);
      return [name, undefined];
    }),
  );
  if (faults.length > 0) throw new ConfigError(faults.join('\n'));
  return values as Values;
}

/** Apple's push service refuses a contact on localhost, so that one without PUBLIC_URL has to be named for it. */
const nobody = 'mailto:postbell@localhost';

function countOpens({ COUNT_OPENS: wanted, PUBLIC_URL: site }: Values): boolean {
  if (wanted && !site) {
    throw new ConfigError(
      'PUBLIC_URL: COUNT_OPENS=true needs it; write the address of this server, or set COUNT_OPENS=false',
    );
  }
  return wanted;
}

function webPushConfig(values: Values): Config['webPush'] {
  const { WEB_PUSH_PUBLIC_KEY: publicKey, WEB_PUSH_PRIVATE_KEY: privateKey, PUBLIC_URL: site = '' } = values;
  const contact = values.WEB_PUSH_CONTACT ?? (site.startsWith('https://') ? site : nobody);
  if (!publicKey && !privateKey) return { contact };
  const keys = {
    publicKey: needed(values, 'WEB_PUSH_PUBLIC_KEY', 'WEB_PUSH_PRIVATE_KEY'),
    privateKey: needed(values, 'WEB_PUSH_PRIVATE_KEY', 'WEB_PUSH_PUBLIC_KEY'),
  };
  return { contact, keys };
}

function telegramConfig(values: Values): TelegramConfig | undefined {
  if (!values.TELEGRAM_BOT_TOKEN) return undefined;
  if (values.TELEGRAM_WEBHOOK && !values.PUBLIC_URL?.startsWith('https://')) {
    throw new ConfigError(
      'PUBLIC_URL: TELEGRAM_WEBHOOK=true needs it; write the https address of this server, or set TELEGRAM_WEBHOOK=false',
    );
  }
  return {
    token: values.TELEGRAM_BOT_TOKEN,
    apiRoot: values.TELEGRAM_API_ROOT,
    webhook: values.TELEGRAM_WEBHOOK,
    ...optional({ webhookSecret: values.TELEGRAM_WEBHOOK_SECRET }),
    pace: {
      perSecond: values.TELEGRAM_MESSAGES_PER_SECOND,
      perChatSecond: values.TELEGRAM_MESSAGES_PER_CHAT_SECOND,
      perGroupMinute: values.TELEGRAM_MESSAGES_PER_GROUP_MINUTE,
    },
  };
}

function wechatConfig(values: Values): WechatConfig | undefined {
  if (!values.WECHAT_APP_ID) return undefined;
  return {
    appId: values.WECHAT_APP_ID,
    token: needed(values, 'WECHAT_TOKEN', 'WECHAT_APP_ID'),
    ...optional({
      appSecret: values.WECHAT_APP_SECRET,
      encodingAesKey: values.WECHAT_ENCODING_AES_KEY,
      previousEncodingAesKey: values.WECHAT_PREVIOUS_ENCODING_AES_KEY,
      notice: values.WECHAT_NOTICE_TEMPLATE_ID && {
        id: values.WECHAT_NOTICE_TEMPLATE_ID,
        fields: needed(values, 'WECHAT_NOTICE_FIELDS', 'WECHAT_NOTICE_TEMPLATE_ID'),
      },
      template: values.WECHAT_TEMPLATE_ID && {
        id: values.WECHAT_TEMPLATE_ID,
        fields: needed(values, 'WECHAT_TEMPLATE_FIELDS', 'WECHAT_TEMPLATE_ID'),
      },
    }),
    encryptedOnly: values.WECHAT_SAFE_MODE_ONLY,
    callbackWindowSeconds: values.WECHAT_CALLBACK_WINDOW_SECONDS,
    menu: values.WECHAT_MENU,
    sendingLinks: values.WECHAT_MENU_LINKS,
    apiRoot: values.WECHAT_API_ROOT,
  };
}

function wecomConfig(values: Values): WecomConfig | undefined {
  if (!values.WECOM_CORP_ID) return undefined;
  return {
    corpId: values.WECOM_CORP_ID,
    agentId: Number(needed(values, 'WECOM_AGENT_ID', 'WECOM_CORP_ID')),
    secret: needed(values, 'WECOM_SECRET', 'WECOM_CORP_ID'),
    token: needed(values, 'WECOM_TOKEN', 'WECOM_CORP_ID'),
    encodingAesKey: needed(values, 'WECOM_ENCODING_AES_KEY', 'WECOM_CORP_ID'),
    ...optional({ receiverId: values.WECOM_RECEIVER_ID }),
    callbackWindowSeconds: values.WECOM_CALLBACK_WINDOW_SECONDS,
    robotWebhooks: values.WECOM_ROBOT_WEBHOOKS,
    apiRoot: values.WECOM_API_ROOT,
  };
}

type TextName = { [Name in keyof Values]: Values[Name] extends string | undefined ? Name : never }[keyof Values];

function needed(values: Values, name: TextName, because: TextName): string {
  const value = values[name];
  if (value) return value;
  throw new ConfigError(`${name}: ${because} needs it too; write it, or leave ${because} empty`);
}

/** Only what is there: an absent setting has no key at all. */
function optional<T extends object>(settings: T): { [Key in keyof T]?: Exclude<T[Key], undefined | ''> } {
  const present = Object.entries(settings).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(present) as { [Key in keyof T]?: Exclude<T[Key], undefined | ''> };
}
