import { randomBytes } from 'node:crypto';
import { ApiError, type ApiRequest, type JsonServer, startJsonServer } from './json-server.ts';

export interface WecomApiOptions {
  readonly corpId: string;
  readonly secret: string;
  readonly agentId: number;
  readonly members: readonly string[];
  /** Members whom the corporation has paid no licence for. */
  readonly unlicensed?: readonly string[];
  /** Keys of group robots. */
  readonly robots: readonly string[];
  readonly now?: () => Date;
}

/** A message that arrived at a member or, through a robot, in a group. */
export interface Received {
  readonly to: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A strict stand-in for qyapi.weixin.qq.com: refuses what the real one refuses, with its codes. */
export interface WecomApiServer extends JsonServer {
  readonly received: readonly Received[];
  revokeTokens(): void;
}

export async function startWecomApi(options: WecomApiOptions): Promise<WecomApiServer> {
  const { now = () => new Date() } = options;
  const received: Received[] = [];
  const robotTimes = new Map<string, number[]>();
  const recent = new Map<string, number>();
  let token: string | undefined;

  const toMember = (body: ApiRequest['body']) => {
    if (body.agentid !== options.agentId) throw new ApiError(40056, 'invalid agentid');
    const members = String(body.touser ?? '').split('|');
    if (members.includes('@all')) throw new Error('a test never sends to everybody');
    checkContent(body, 512);
    const known = members.filter((member) => options.members.includes(member));
    const invaliduser = members.filter((member) => !known.includes(member)).join('|');
    const unlicenseduser = known.filter((one) => options.unlicensed?.includes(one));
    for (const to of known.filter((one) => !unlicenseduser.includes(one))) {
      const key = JSON.stringify([to, body]);
      const before = recent.get(key) ?? Number.NEGATIVE_INFINITY;
      const isRepeat = body.enable_duplicate_check === 1 && now().getTime() - before < 1_800_000;
      recent.set(key, now().getTime());
      if (!isRepeat) received.push({ to, body });
    }
    return {
      ...(invaliduser !== '' && { invaliduser }),
      ...(unlicenseduser.length > 0 && { unlicenseduser: unlicenseduser.join('|') }),
      msgid: randomBytes(8).toString('hex'),
    };
  };

  const toRobot = ({ query, body }: ApiRequest) => {
    const key = query.get('key') ?? '';
    if (!options.robots.includes(key)) throw new ApiError(93000, 'invalid webhook url');
    const times = (robotTimes.get(key) ?? []).filter((time) => now().getTime() - time < 60_000);
    if (times.length >= 20) throw new ApiError(45009, 'api freq out of limit');
    checkContent(body, 512);
    robotTimes.set(key, [...times, now().getTime()]);
    received.push({ to: `robot ${key}`, body });
    return {};
  };

  const server = await startJsonServer((request) => {
    const { path, query, body } = request;
    if (path === '/cgi-bin/gettoken') {
      if (query.get('corpid') !== options.corpId) throw new ApiError(40013, 'invalid corpid');
      if (query.get('corpsecret') !== options.secret) throw new ApiError(40001, 'invalid credential');
      token ??= randomBytes(32).toString('hex');
      return { errcode: 0, errmsg: 'ok', access_token: token, expires_in: 7200 };
    }
    if (path === '/cgi-bin/webhook/send') return { errcode: 0, errmsg: 'ok', ...toRobot(request) };
    if (token === undefined || query.get('access_token') !== token) throw new ApiError(40014, 'invalid access_token');
    if (path === '/cgi-bin/message/send') return { errcode: 0, errmsg: 'ok', ...toMember(body) };
    throw new ApiError(404, `unknown ${path}`);
  });

  return {
    ...server,
    received,
    revokeTokens: () => {
      token = undefined;
    },
  };
}

function checkContent(body: ApiRequest['body'], longestDescription: number): void {
  const part: unknown = body[String(body.msgtype)];
  if (!isRecord(part)) throw new ApiError(40008, 'invalid message type');
  if (body.msgtype === 'news') {
    const articles = Array.isArray(part.articles) ? part.articles : [];
    if (articles.length === 0) throw new ApiError(44004, 'empty content');
    if (articles.length > 8) throw new ApiError(45008, 'article count out of limit');
    for (const article of articles) {
      if (!isRecord(article)) throw new ApiError(40058, 'invalid article');
      const bytes = (name: string) => Buffer.byteLength(String(article[name] ?? ''));
      if (bytes('title') === 0 || bytes('title') > 128) throw new ApiError(40058, 'title exceed max length 128');
      if (bytes('description') > longestDescription) throw new ApiError(40058, 'description exceed max length 512');
      if (!/^https?:\/\//.test(String(article.url))) throw new ApiError(40058, 'url is missing');
    }
    return;
  }
  const limit = body.msgtype === 'markdown' ? 4096 : 2048;
  const content = String(part.content ?? '');
  if (content === '') throw new ApiError(44004, 'empty content');
  if (Buffer.byteLength(content) > limit) throw new ApiError(40058, `content exceed max length ${limit}`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
