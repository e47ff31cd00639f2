import { flag, numberOr, textLike, urlOr, type Variable, variable } from './variable.ts';

export const telegramVariables = {
  TELEGRAM_BOT_TOKEN: variable(
    textLike(/^\d+:[A-Za-z0-9_-]{20,}$/, 'write the token as @BotFather gave it, such as 123456:ABC-DEF…'),
    'From @BotFather; starts the Telegram channel',
  ),
  TELEGRAM_API_ROOT: variable(
    urlOr('https://api.telegram.org'),
    "The Bot API's address, for a server of your own",
    'https://api.telegram.org',
  ),
  TELEGRAM_WEBHOOK: variable(flag, 'true: updates come to PUBLIC_URL/telegram/webhook; false: long polling', 'false'),
  TELEGRAM_WEBHOOK_SECRET: variable(
    textLike(/^[A-Za-z0-9_-]{1,256}$/, 'use 1 to 256 letters, digits, _ and -'),
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
} as const satisfies Record<string, Variable>;
