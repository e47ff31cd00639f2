import { isIP } from 'node:net';
import { z } from 'zod';
import { parseAddress } from '../subscribers/address.ts';
import { telegramVariables } from './telegram-variables.ts';
import { tencentVariables } from './tencent-variables.ts';
import { flag, listOf, numberOr, oneOf, text, textOr, timezone, url, type Variable, variable } from './variable.ts';
import { webVariables } from './web-variables.ts';

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
    url('write an address such as https://blog.example'),
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
  CATALOG_MAX_LOSS_PERCENT: variable(
    numberOr(30, { max: 100 }),
    'A reading that loses more of a source than this, and more than CATALOG_MAX_LOSS_POSTS, is not believed',
    '30',
  ),
  CATALOG_MAX_LOSS_POSTS: variable(numberOr(3), 'So many posts of a source may vanish in one reading anyway', '3'),
  GLOSSARY: variable(text, 'A YAML file of your own synonyms, beside the built-in ones'),
  COVERS: variable(
    oneOf(['draw', 'fetch', 'none'], 'draw'),
    "Pictures of cards: draw, fetch (the article's own picture first, else drawn) or none",
    'draw',
  ),
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
    url('write the https address people reach the server at, such as https://bot.example'),
    'The https address at which readers and platforms reach the server',
  ),
  TRUSTED_PROXIES: variable(
    listOf(readRange, 'write addresses or ranges such as 10.0.0.0/8, separated by commas'),
    'Proxies whose X-Forwarded-For is believed, beside those on this machine: addresses or ranges, separated by commas',
  ),
  WIDGET_SITES: variable(
    textOr('*').pipe(
      z.string().regex(/^(\*|none|https?:\/\/[^\s,;'"]+(,\s*https?:\/\/[^\s,;'"]+)*)$/, {
        error: 'write *, none, or addresses such as https://blog.example, separated by commas',
      }),
    ),
    'Sites that may embed the chat: * for all, none, or addresses such as https://blog.example',
    '*',
  ),
  ANNOUNCE_CRON: variable(
    textOr('* * * * *'),
    'When new posts are looked for and told; five fields, or six with seconds',
    '* * * * *',
  ),
  ANNOUNCE_DIGEST_ABOVE: variable(
    numberOr(10),
    'More new posts in one reading than this become one message a subscriber',
    '10',
  ),
  ANNOUNCE_HOLD_ABOVE: variable(numberOr(50), 'More new posts in one reading than this wait for an admin', '50'),
  ANNOUNCE_IN_FLIGHT: variable(
    numberOr(8, { min: 1, max: 256 }),
    'Messages on their way to one platform at once: so many may repeat after a crash',
    '8',
  ),
  TIMEZONE: variable(timezone, "Time zone of schedules and digests, such as Asia/Shanghai; the machine's where empty"),
  LANGUAGE: variable(oneOf(['zh', 'en'], 'zh'), 'zh or en: what the bot speaks until a reader chooses', 'zh'),
  ADMINS: variable(
    listOf(parseAddress, 'write addresses such as telegram:12345, separated by commas'),
    'Who may administer: addresses such as telegram:12345, separated by commas',
  ),
  ...webVariables,
  ...telegramVariables,
  ...tencentVariables,
  LOG_LEVEL: variable(
    oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'info'),
    'trace, debug, info, warn, error, fatal or silent',
    'info',
  ),
} as const satisfies Record<string, Variable>;

export type Values = { [Name in keyof typeof variables]: z.output<(typeof variables)[Name]['schema']> };

/** An address, or a range in CIDR notation. @throws Error for any other text. */
function readRange(text: string): string {
  const [, address = '', bits = '0'] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const family = isIP(address);
  if (family === 0 || Number(bits) > (family === 4 ? 32 : 128)) throw new Error(`"${text}" is no range`);
  return text;
}
