import type { variables } from '../config/environment.ts';

/** A variable that `postbell init` sets. */
export interface InitQuestion {
  readonly name: keyof typeof variables;
  /** The flag that answers it, as commander reads it, and its help. */
  readonly flag: string;
  readonly help: string;
  readonly choices?: readonly string[];
  /** What is asked in a terminal; left out, there is the flag alone. */
  readonly question?: string;
  /** Asked only where this one has an answer. */
  readonly after?: keyof typeof variables;
  readonly secret?: true;
}

/** In the order in which they are asked. */
export const initQuestions: readonly InitQuestion[] = [
  {
    name: 'CATALOG',
    flag: '--catalog <sources>',
    help: 'where your posts are: paths, folders, globs or URLs, separated by commas',
    question: 'Where are your posts? A Markdown list, a folder, a feed, a data file; path or URL',
  },
  {
    name: 'LANGUAGE',
    flag: '--language <language>',
    help: 'what the bot speaks at first',
    choices: ['zh', 'en'],
    question: 'Which language shall the bot speak at first, zh or en?',
  },
  {
    name: 'TELEGRAM_BOT_TOKEN',
    flag: '--telegram-token <token>',
    help: 'from @BotFather; - reads it from the standard input',
    question: 'Telegram: the token from @BotFather; empty without Telegram',
    secret: true,
  },
  {
    name: 'WECHAT_APP_ID',
    flag: '--wechat-app-id <id>',
    help: 'the AppID of the Official Account',
    question: 'WeChat: the AppID of the Official Account (设置与开发 › 基本配置); empty without WeChat',
  },
  {
    name: 'WECHAT_APP_SECRET',
    flag: '--wechat-app-secret <secret>',
    help: 'its AppSecret, without which nothing is pushed',
    question: 'WeChat: its AppSecret; empty if nothing is to be pushed',
    after: 'WECHAT_APP_ID',
    secret: true,
  },
  {
    name: 'WECHAT_TOKEN',
    flag: '--wechat-token <token>',
    help: 'the token of its callbacks',
    question: 'WeChat: the token (令牌) that you chose there, 3 to 32 letters and digits',
    after: 'WECHAT_APP_ID',
    secret: true,
  },
  {
    name: 'WECHAT_ENCODING_AES_KEY',
    flag: '--wechat-encoding-aes-key <key>',
    help: 'the EncodingAESKey of its callbacks, 43 signs',
    question: 'WeChat: the EncodingAESKey; empty in plain mode (明文模式)',
    after: 'WECHAT_APP_ID',
    secret: true,
  },
  {
    name: 'WECOM_CORP_ID',
    flag: '--wecom-corp-id <id>',
    help: 'the 企业ID of WeCom',
    question: 'WeCom: the 企业ID (我的企业); empty without WeCom',
  },
  {
    name: 'WECOM_AGENT_ID',
    flag: '--wecom-agent-id <number>',
    help: 'the AgentId of the app',
    question: 'WeCom: the AgentId of the app (应用管理)',
    after: 'WECOM_CORP_ID',
  },
  {
    name: 'WECOM_SECRET',
    flag: '--wecom-secret <secret>',
    help: 'the Secret of the app',
    question: 'WeCom: the Secret of the same app',
    after: 'WECOM_CORP_ID',
    secret: true,
  },
  {
    name: 'WECOM_TOKEN',
    flag: '--wecom-token <token>',
    help: 'the Token of 设置API接收',
    question: 'WeCom: the Token of 接收消息 › 设置API接收',
    after: 'WECOM_CORP_ID',
    secret: true,
  },
  {
    name: 'WECOM_ENCODING_AES_KEY',
    flag: '--wecom-encoding-aes-key <key>',
    help: 'the EncodingAESKey of 设置API接收',
    question: 'WeCom: the EncodingAESKey beside it',
    after: 'WECOM_CORP_ID',
    secret: true,
  },
  {
    name: 'PUBLIC_URL',
    flag: '--public-url <url>',
    help: 'the https address of the server, if it has one',
    question: 'The https address of this server, such as https://bot.example; empty if it has none',
  },
  {
    name: 'ADMINS',
    flag: '--admin <address>',
    help: 'who may administer, such as telegram:12345',
    question: 'Who may administer? An address such as telegram:12345; empty for nobody',
  },
  { name: 'DATABASE_URL', flag: '--database <url>', help: 'sqlite:PATH or postgres://…' },
];
