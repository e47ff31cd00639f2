import { randomBytes } from 'node:crypto';
import { ApiError, type ApiRequest, type JsonServer, startJsonServer } from './json-server.ts';
import { checkText } from './passive-answer.ts';

/** What an account may do beside answering; a personal account none of it. */
export interface AccountRights {
  readonly customerService: boolean;
  readonly menu: boolean;
  readonly template: boolean;
  readonly notice: boolean;
  readonly published: boolean;
  readonly codes: boolean;
}

export const personalAccount: AccountRights = {
  customerService: false,
  menu: false,
  template: false,
  notice: false,
  published: false,
  codes: false,
};
export const verifiedService: AccountRights = {
  customerService: true,
  menu: true,
  template: true,
  notice: true,
  published: true,
  codes: true,
};

export interface WechatApiOptions {
  readonly appId: string;
  readonly appSecret: string;
  readonly rights: AccountRights;
  readonly now?: () => Date;
  /** Articles as `freepublish/batchget` gives them, newest first. */
  readonly published?: readonly object[];
}

/** A message that a reader got by push. */
export interface Pushed {
  readonly by: 'customer-service' | 'template' | 'notice';
  readonly reader: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A strict stand-in for api.weixin.qq.com: refuses what the real one refuses, with its codes. */
export interface WechatApiServer extends JsonServer {
  readonly pushed: readonly Pushed[];
  /** Tells the server what a reader did, which opens and closes windows. */
  contact(reader: string, kind: 'message' | 'tap' | 'follow' | 'unfollow'): void;
  consent(reader: string, template: string): void;
  /** Makes every token that was given invalid. */
  revokeTokens(): void;
  /** How many tokens were asked for. */
  tokenRequests(): number;
  menu(): unknown;
  /** Where the QR code of a ticket leads; undefined for a ticket that was never given. */
  sceneOf(ticket: string): string | undefined;
}

interface Reader {
  follows: boolean;
  windows: { until: number; left: number }[];
  consents: string[];
}

const messageWindow = { ms: 48 * 3_600_000, messages: 5 };
const tapWindow = { ms: 60_000, messages: 3 };

export async function startWechatApi(options: WechatApiOptions): Promise<WechatApiServer> {
  const { rights, now = () => new Date() } = options;
  const readers = new Map<string, Reader>();
  const pushed: Pushed[] = [];
  let tokens = new Map<string, number>();
  let tokenRequests = 0;
  let menu: unknown;
  const codes = new Map<string, string>();
  let messageIds = 200_228_332;

  const readerOf = (id: string): Reader => {
    const reader = readers.get(id) ?? { follows: true, windows: [], consents: [] };
    readers.set(id, reader);
    return reader;
  };

  const addressee = (body: ApiRequest['body']): string => {
    const id = body.touser;
    if (typeof id !== 'string' || !readers.has(id)) throw new ApiError(40003, 'invalid openid');
    if (!readerOf(id).follows) throw new ApiError(43004, 'require subscribe');
    return id;
  };

  const mayIf = (right: boolean) => {
    if (!right) throw new ApiError(48001, 'api unauthorized');
  };

  const stableToken = ({ body }: ApiRequest) => {
    tokenRequests += 1;
    if (body.grant_type !== 'client_credential') throw new ApiError(40002, 'invalid grant_type');
    if (body.appid !== options.appId) throw new ApiError(40013, 'invalid appid');
    if (body.secret !== options.appSecret) throw new ApiError(40125, 'invalid appsecret');
    if (body.force_refresh !== false) throw new ApiError(45011, 'a test never forces a refresh');
    const time = now().getTime();
    const [token, expires] = [...tokens].find(([, end]) => end > time + 300_000) ?? [
      randomBytes(64).toString('hex'),
      time + 7_200_000,
    ];
    tokens.set(token, expires);
    return { access_token: token, expires_in: Math.floor((expires - time) / 1000) };
  };

  const customerService = (body: ApiRequest['body']) => {
    mayIf(rights.customerService);
    const id = addressee(body);
    const open = readerOf(id).windows.filter(({ until }) => until > now().getTime());
    if (open.length === 0) throw new ApiError(45015, 'response out of time limit or subscription is canceled');
    const window = open.find(({ left }) => left > 0);
    if (!window) throw new ApiError(45047, 'out of response count limit');
    if (body.msgtype === 'news') checkArticles(body.news);
    else if (body.msgtype === 'text') checkCustomerText(body.text);
    else throw new ApiError(40008, 'invalid message type');
    window.left -= 1;
    pushed.push({ by: 'customer-service', reader: id, body });
    return {};
  };

  const template = (body: ApiRequest['body']) => {
    mayIf(rights.template);
    const id = addressee(body);
    if (typeof body.template_id !== 'string' || body.template_id === '')
      throw new ApiError(40037, 'invalid template_id');
    checkFields(body.data);
    messageIds += 1;
    pushed.push({ by: 'template', reader: id, body });
    return { msgid: messageIds };
  };

  const notice = (body: ApiRequest['body']) => {
    mayIf(rights.notice);
    const id = addressee(body);
    const { consents } = readerOf(id);
    const at = consents.indexOf(String(body.template_id));
    if (at < 0) throw new ApiError(43101, 'user refuse to accept the msg');
    checkFields(body.data);
    consents.splice(at, 1);
    pushed.push({ by: 'notice', reader: id, body });
    return {};
  };

  const createMenu = ({ body, raw }: ApiRequest) => {
    mayIf(rights.menu);
    if (raw.includes('\\u')) throw new ApiError(40033, 'invalid charset');
    checkMenu(body);
    menu = body;
    return {};
  };

  const published = (body: ApiRequest['body']) => {
    mayIf(rights.published);
    const offset = Number(body.offset);
    const count = Number(body.count);
    if (!(count >= 1 && count <= 20)) throw new ApiError(40007, 'count must be 1 to 20');
    const all = options.published ?? [];
    const item = all.slice(offset, offset + count);
    return { total_count: all.length, item_count: item.length, item };
  };

  const createCode = (body: ApiRequest['body']) => {
    mayIf(rights.codes);
    const { scene } = isRecord(body.action_info) ? body.action_info : {};
    const text = isRecord(scene) ? scene.scene_str : undefined;
    if (body.action_name !== 'QR_LIMIT_STR_SCENE' || typeof text !== 'string' || text === '' || [...text].length > 64)
      throw new ApiError(40053, 'invalid action info');
    // As WeChat's: base64, whose signs mean something in an address.
    const ticket = `gQ+/${randomBytes(24).toString('base64')}==`;
    codes.set(ticket, text);
    return { ticket, url: `http://weixin.qq.com/q/${randomBytes(8).toString('hex')}` };
  };

  const server = await startJsonServer((request) => {
    if (request.path === '/cgi-bin/stable_token') return stableToken(request);
    const expires = tokens.get(request.query.get('access_token') ?? '');
    if (expires === undefined) throw new ApiError(40001, 'invalid credential, access_token is invalid or not latest');
    if (expires <= now().getTime()) throw new ApiError(42001, 'access_token expired');
    switch (request.path) {
      case '/cgi-bin/message/custom/send':
        return { errcode: 0, errmsg: 'ok', ...customerService(request.body) };
      case '/cgi-bin/message/template/send':
        return { errcode: 0, errmsg: 'ok', ...template(request.body) };
      case '/cgi-bin/message/subscribe/bizsend':
        return { errcode: 0, errmsg: 'ok', ...notice(request.body) };
      case '/cgi-bin/menu/create':
        return { errcode: 0, errmsg: 'ok', ...createMenu(request) };
      case '/cgi-bin/qrcode/create':
        return createCode(request.body);
      case '/cgi-bin/get_current_selfmenu_info':
        return menu === undefined ? { is_menu_open: 0 } : { is_menu_open: 1, selfmenu_info: shownMenu(menu) };
      case '/cgi-bin/freepublish/batchget':
        return published(request.body);
      default:
        throw new ApiError(40066, `invalid url ${request.path}`);
    }
  });

  return {
    ...server,
    pushed,
    contact(id, kind) {
      const reader = readerOf(id);
      reader.follows = kind !== 'unfollow';
      if (kind === 'unfollow') reader.windows = [];
      else {
        const { ms, messages } = kind === 'message' ? messageWindow : tapWindow;
        reader.windows.push({ until: now().getTime() + ms, left: messages });
      }
    },
    consent: (reader, id) => void readerOf(reader).consents.push(id),
    revokeTokens: () => {
      tokens = new Map();
    },
    tokenRequests: () => tokenRequests,
    menu: () => menu,
    sceneOf: (ticket) => codes.get(ticket),
  };
}

function checkCustomerText(text: unknown): void {
  const content = isRecord(text) ? text.content : undefined;
  if (typeof content !== 'string' || content === '') throw new ApiError(44004, 'empty content');
  if (Buffer.byteLength(content) > 2048) throw new ApiError(45002, 'content size out of limit');
  checkText(content, 2048);
}

function checkArticles(news: unknown): void {
  const articles = isRecord(news) && Array.isArray(news.articles) ? news.articles : [];
  if (articles.length !== 1) throw new ApiError(45008, 'article size out of limit');
  for (const article of articles) {
    if (!isRecord(article) || typeof article.title !== 'string' || article.title === '') {
      throw new ApiError(47003, 'argument invalid! title');
    }
    if (article.url !== undefined && !/^https?:\/\//.test(String(article.url)))
      throw new ApiError(40048, 'invalid url');
  }
}

function checkFields(data: unknown): void {
  const fields = isRecord(data) ? Object.entries(data) : [];
  if (fields.length === 0) throw new ApiError(47003, 'argument invalid! data is empty');
  for (const [name, field] of fields) {
    const value = isRecord(field) ? field.value : undefined;
    const fits = typeof value === 'string' && value !== '' && [...value].length <= 20;
    if (!fits) throw new ApiError(47003, `argument invalid! data.${name}.value invalid`);
  }
}

function checkMenu(body: ApiRequest['body']): void {
  const buttons = Array.isArray(body.button) ? body.button : [];
  if (buttons.length < 1 || buttons.length > 3) throw new ApiError(40017, 'invalid button size');
  for (const button of buttons) {
    checkName(button, 16, 40018);
    const sub: unknown = isRecord(button) ? button.sub_button : undefined;
    if (sub === undefined) checkDoes(button);
    else if (!Array.isArray(sub) || sub.length < 1 || sub.length > 5)
      throw new ApiError(40023, 'invalid sub button size');
    else
      for (const one of sub) {
        checkName(one, 60, 40024);
        checkDoes(one);
      }
  }
}

function checkName(button: unknown, limit: number, code: number): void {
  const name = isRecord(button) ? button.name : undefined;
  if (typeof name !== 'string' || name === '' || Buffer.byteLength(name) > limit) {
    throw new ApiError(code, 'invalid button name size');
  }
}

function checkDoes(button: unknown): void {
  if (!isRecord(button)) throw new ApiError(40015, 'invalid button type');
  const { type, key, url } = button;
  if (type === 'click' && typeof key === 'string' && key !== '' && Buffer.byteLength(key) <= 128) return;
  if (type === 'view' && typeof url === 'string' && /^https?:/.test(url) && Buffer.byteLength(url) <= 1024) return;
  throw new ApiError(type === 'view' ? 40020 : 40019, 'invalid button');
}

/** As WeChat shows a menu: sub-buttons in a list of their own. */
function shownMenu(menu: unknown): unknown {
  const buttons = isRecord(menu) && Array.isArray(menu.button) ? menu.button : [];
  return {
    button: buttons.map((button: unknown) =>
      isRecord(button) && Array.isArray(button.sub_button)
        ? { ...button, sub_button: { list: button.sub_button } }
        : button,
    ),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
