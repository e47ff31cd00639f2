import { z } from 'zod';
import { parseAddress } from '../subscribers/address.ts';

/** Empty means unset, as in a copied `.env.example`. */
const unset = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const text = z.preprocess(unset, z.string().trim().optional());
const textOr = (fallback: string) => z.preprocess(unset, z.string().trim().default(fallback));
const flag = z.preprocess(
  unset,
  z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.enum(['true', 'false'], { error: 'write true or false' }))
    .default('false')
    .transform((value) => value === 'true'),
);
const oneOf = <const T extends readonly [string, ...string[]]>(choices: T, fallback: T[number]) =>
  z.preprocess(unset, z.enum(choices, { error: `write one of ${choices.join(', ')}` }).default(fallback as never));
const numberOr = (fallback: number, { min = 0, max = Number.MAX_SAFE_INTEGER, whole = true } = {}) =>
  z.preprocess(
    unset,
    z
      .string()
      .trim()
      .regex(whole ? /^\d+$/ : /^\d+(\.\d+)?$/, { error: `write a ${whole ? 'whole ' : ''}number` })
      .transform(Number)
      .pipe(
        z
          .number()
          .min(min, { error: `write a number from ${min} to ${max}` })
          .max(max, { error: `write a number from ${min} to ${max}` }),
      )
      .default(fallback),
  );
const url = (what: string, { httpsOnly = false } = {}) =>
  z
    .url({ protocol: httpsOnly ? /^https$/ : /^https?$/, error: `write ${what}` })
    .transform((value) => value.replace(/\/+$/, ''));

/** One variable of the environment: how it is read, and the line of help that `.env.example` shows. */
interface Variable<T extends z.ZodType = z.ZodType> {
  readonly schema: T;
  readonly help: string;
  /** What `.env.example` shows behind the `=`; secrets and optional names show nothing. */
  readonly shown?: string;
}

const variable = <T extends z.ZodType>(schema: T, help: string, shown = ''): Variable<T> => ({ schema, help, shown });

/**
 * Every variable that Postbell reads, in the order of `.env.example`, which a test compares with this list.
 * The names and defaults are a contract with operators: add, never rename.
 */
export const variables = {
  CATALOG: variable(
    textOr('catalog'),
    'Where posts are read: paths, folders, globs or URLs, separated by commas',
    'catalog',
  ),
  CATALOG_BASE_URL: variable(
    z.preprocess(unset, url('an address such as https://blog.example').optional()),
    'What relative links in local files are resolved against; without it they are problems',
  ),
  ALLOW_PRIVATE_NETWORK: variable(
    flag,
    'true: catalogs and covers may be fetched from private and loopback addresses',
    'false',
  ),
  CATALOG_REFRESH_CRON: variable(
    textOr('*/5 * * * *'),
    'When sources are read again; local files are also watched',
    '*/5 * * * *',
  ),
  GLOSSARY: variable(text, 'A YAML file of your own synonyms, beside the built-in ones'),
  DATABASE_URL: variable(
    textOr('sqlite:data/postbell.db').pipe(
      z.string().regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/, {
        error: 'write sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME',
      }),
    ),
    'sqlite:PATH, or postgres://USER:PASSWORD@HOST/NAME',
    'sqlite:data/postbell.db',
  ),
  HOST: variable(textOr('127.0.0.1'), 'Address that the HTTP server listens on; 0.0.0.0 for all', '127.0.0.1'),
  PORT: variable(numberOr(8080, { max: 65535 }), 'Port of the HTTP server; 0 picks a free one', '8080'),
  PUBLIC_URL: variable(
    z.preprocess(unset, url('the https address people reach the server at, such as https://bot.example').optional()),
    'The https address at which readers and platforms reach the server',
  ),
  ANNOUNCE_CRON: variable(
    textOr('* * * * *'),
    'When new posts are looked for and told; five fields, or six with seconds',
    '* * * * *',
  ),
  TIMEZONE: variable(
    z.preprocess(
      unset,
      z.string().trim().refine(isTimeZone, { error: 'write a name such as Asia/Shanghai or Europe/Berlin' }).optional(),
    ),
    "Time zone of the schedules, such as Asia/Shanghai; the machine's where empty",
  ),
  LANGUAGE: variable(oneOf(['zh', 'en'], 'zh'), 'zh or en: what the bot speaks until a reader chooses', 'zh'),
  ADMINS: variable(
    z.preprocess(
      unset,
      z
        .string()
        .default('')
        .transform((value, context) =>
          value
            .split(',')
            .map((part) => part.trim())
            .filter((part) => part !== '')
            .map((part) => {
              try {
                return parseAddress(part);
              } catch {
                context.addIssue({
                  code: 'custom',
                  message: 'write addresses such as telegram:12345, separated by commas',
                });
                return z.NEVER;
              }
            }),
        ),
    ),
    'Who may administer: addresses such as telegram:12345, separated by commas',
  ),
  TELEGRAM_BOT_TOKEN: variable(
    z.preprocess(
      unset,
      z
        .string()
        .trim()
        .regex(/^\d+:[A-Za-z0-9_-]{20,}$/, { error: 'write the token as @BotFather gave it, such as 123456:ABC-DEF…' })
        .optional(),
    ),
    'From @BotFather; starts the Telegram channel',
  ),
  TELEGRAM_API_ROOT: variable(
    z.preprocess(unset, url('an http(s) address').default('https://api.telegram.org')),
    "The Bot API's address, for a server of your own",
    'https://api.telegram.org',
  ),
  TELEGRAM_WEBHOOK: variable(flag, 'true: updates come to PUBLIC_URL/telegram/webhook; false: long polling', 'false'),
  TELEGRAM_WEBHOOK_SECRET: variable(
    z.preprocess(
      unset,
      z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9_-]{1,256}$/, { error: 'use 1 to 256 letters, digits, _ and -' })
        .optional(),
    ),
    'Checked on each update; made and kept by Postbell where empty',
  ),
  TELEGRAM_MESSAGES_PER_SECOND: variable(
    numberOr(30, { whole: false }),
    'Pace over all chats; 0 switches the limit off',
    '30',
  ),
  TELEGRAM_MESSAGES_PER_CHAT_SECOND: variable(
    numberOr(1, { whole: false }),
    'Pace in one chat; 0 switches the limit off',
    '1',
  ),
  TELEGRAM_MESSAGES_PER_GROUP_MINUTE: variable(
    numberOr(20, { whole: false }),
    'Pace in one group; 0 switches the limit off',
    '20',
  ),
  LOG_LEVEL: variable(
    oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'info'),
    'trace, debug, info, warn, error, fatal or silent',
    'info',
  ),
} as const satisfies Record<string, Variable>;

export type Values = { [Name in keyof typeof variables]: z.output<(typeof variables)[Name]['schema']> };

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
