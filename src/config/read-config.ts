import { ConfigError } from '../kernel/errors.ts';
import type { Address } from '../subscribers/address.ts';
import type { Language } from '../subscribers/subscriber.ts';
import { type Values, variables } from './environment.ts';

/** Everything that an operator can set, checked and typed. */
export interface Config {
  readonly catalog: {
    readonly spec: string;
    readonly baseUrl?: string;
    readonly allowPrivateNetwork: boolean;
    readonly refreshCron: string;
  };
  readonly glossaryFile?: string;
  readonly databaseUrl: string;
  readonly server: { readonly host: string; readonly port: number; readonly publicUrl?: string };
  readonly announceCron: string;
  readonly timezone: string;
  readonly language: Language;
  readonly admins: readonly Address[];
  readonly telegram?: TelegramConfig;
  readonly logLevel: string;
}

export interface TelegramConfig {
  readonly token: string;
  readonly apiRoot: string;
  readonly webhook: boolean;
  readonly webhookSecret?: string;
  readonly pace: { readonly perSecond: number; readonly perChatSecond: number; readonly perGroupMinute: number };
}

/**
 * Reads the configuration from an environment: a pure function, so that a test passes its own.
 *
 * @throws ConfigError with one line a fault, each naming the variable and what to write; values are
 *   never repeated, since they may be secrets.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const values = readVariables(environment);
  if (values.TELEGRAM_WEBHOOK && values.TELEGRAM_BOT_TOKEN) {
    if (!values.PUBLIC_URL?.startsWith('https://')) {
      throw new ConfigError(
        'PUBLIC_URL: TELEGRAM_WEBHOOK=true needs it; write the https address of this server, or set TELEGRAM_WEBHOOK=false',
      );
    }
  }
  return {
    catalog: {
      spec: values.CATALOG,
      ...(values.CATALOG_BASE_URL && { baseUrl: values.CATALOG_BASE_URL }),
      allowPrivateNetwork: values.ALLOW_PRIVATE_NETWORK,
      refreshCron: values.CATALOG_REFRESH_CRON,
    },
    ...(values.GLOSSARY && { glossaryFile: values.GLOSSARY }),
    databaseUrl: values.DATABASE_URL,
    server: { host: values.HOST, port: values.PORT, ...(values.PUBLIC_URL && { publicUrl: values.PUBLIC_URL }) },
    announceCron: values.ANNOUNCE_CRON,
    timezone: values.TIMEZONE ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    language: values.LANGUAGE,
    admins: values.ADMINS,
    ...(values.TELEGRAM_BOT_TOKEN && {
      telegram: {
        token: values.TELEGRAM_BOT_TOKEN,
        apiRoot: values.TELEGRAM_API_ROOT,
        webhook: values.TELEGRAM_WEBHOOK,
        ...(values.TELEGRAM_WEBHOOK_SECRET && { webhookSecret: values.TELEGRAM_WEBHOOK_SECRET }),
        pace: {
          perSecond: values.TELEGRAM_MESSAGES_PER_SECOND,
          perChatSecond: values.TELEGRAM_MESSAGES_PER_CHAT_SECOND,
          perGroupMinute: values.TELEGRAM_MESSAGES_PER_GROUP_MINUTE,
        },
      },
    }),
    logLevel: values.LOG_LEVEL,
  };
}

/** The values that must never be printed, for the log's redaction. */
export function secretsOf(config: Config): readonly string[] {
  return [config.telegram?.token, config.telegram?.webhookSecret, passwordOf(config.databaseUrl)].filter(
    (secret) => secret !== undefined,
  );
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

function passwordOf(databaseUrl: string): string | undefined {
  return /^postgres(?:ql)?:\/\/[^:/@]*:([^@/]+)@/.exec(databaseUrl)?.[1];
}
