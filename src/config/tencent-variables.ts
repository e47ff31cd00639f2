import { flag, listOf, numberOr, text, textLike, textOr, urlOr, type Variable, variable } from './variable.ts';

const aesKey = textLike(/^[A-Za-z0-9]{43}$/, 'write the 43 letters and digits that the console shows');
const token = textLike(/^[A-Za-z0-9]{3,32}$/, 'write 3 to 32 letters and digits, as in the console');

/** WeChat Official Account and WeCom: docs/wechat.md says where each value is found. */
export const tencentVariables = {
  WECHAT_APP_ID: variable(text, 'AppID of the Official Account; starts the WeChat channel'),
  WECHAT_APP_SECRET: variable(text, 'AppSecret; without it nothing is pushed, announcements wait for the next message'),
  WECHAT_TOKEN: variable(token, 'The token of 基本配置, which callbacks are signed with'),
  WECHAT_ENCODING_AES_KEY: variable(aesKey, 'The EncodingAESKey; for compatible and safe mode'),
  WECHAT_PREVIOUS_ENCODING_AES_KEY: variable(aesKey, 'The key before it was changed, until WeChat stops using it'),
  WECHAT_SAFE_MODE_ONLY: variable(flag, 'true: callbacks in clear are refused', 'false'),
  WECHAT_CALLBACK_WINDOW_SECONDS: variable(numberOr(300), 'How old a callback may be; 0 lets any pass', '300'),
  WECHAT_MENU: variable(
    textOr('最新=最新, 分类=分类, 订阅=订阅'),
    'What `postbell wechat menu --create` makes: NAME=WORDS or NAME=https://…',
    '最新=最新, 分类=分类, 订阅=订阅',
  ),
  WECHAT_MENU_LINKS: variable(flag, 'true: choices are links that send their word when tapped', 'false'),
  WECHAT_NOTICE_TEMPLATE_ID: variable(text, 'A subscription notification (订阅通知), once for each consent'),
  WECHAT_NOTICE_FIELDS: variable(text, 'Its fields, such as title=thing1, category=thing2, date=time3'),
  WECHAT_TEMPLATE_ID: variable(text, 'A template message (模板消息)'),
  WECHAT_TEMPLATE_FIELDS: variable(text, 'Its fields, written the same way'),
  WECHAT_API_ROOT: variable(
    urlOr('https://api.weixin.qq.com'),
    "The API's address, for a proxy of your own",
    'https://api.weixin.qq.com',
  ),
  WECOM_CORP_ID: variable(text, '企业ID; starts the WeCom channel'),
  WECOM_AGENT_ID: variable(textLike(/^\d{1,12}$/, 'write the number that the console shows'), 'AgentId of the app'),
  WECOM_SECRET: variable(text, 'Secret of the app'),
  WECOM_TOKEN: variable(token, 'The token of 设置API接收'),
  WECOM_ENCODING_AES_KEY: variable(aesKey, 'The EncodingAESKey of 设置API接收'),
  WECOM_RECEIVER_ID: variable(
    textLike(/^[\w-]{1,64}$/, 'write the id as the console shows it, such as the SuiteID'),
    'Whom callbacks are encrypted for, where that is not the corp id but a suite or a corp id in cipher',
  ),
  WECOM_CALLBACK_WINDOW_SECONDS: variable(numberOr(300), 'How old a callback may be; 0 lets any pass', '300'),
  WECOM_ROBOT_WEBHOOKS: variable(
    listOf((part) => new URL(part).href, 'write the webhook addresses, separated by commas'),
    'Webhooks of group robots, separated by commas; each gets every announcement',
  ),
  WECOM_API_ROOT: variable(
    urlOr('https://qyapi.weixin.qq.com'),
    "The API's address, for a proxy of your own",
    'https://qyapi.weixin.qq.com',
  ),
} as const satisfies Record<string, Variable>;
