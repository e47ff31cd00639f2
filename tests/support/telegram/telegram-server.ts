import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiRefusal, badRequest } from './api-refusal.ts';
import { createBotMethods } from './bot-methods.ts';
import { createEventLog } from './event-log.ts';
import { createFaults, type Faults } from './faults.ts';
import { isRecord } from './message-content.ts';
import { createPeople, type People } from './people.ts';
import { createRateLimits, type Limits } from './rate-limits.ts';
import { createUpdateFeed, type UpdateFeed } from './update-feed.ts';
import { type BotMessage, type ChatEvent, createWorld, type User } from './world.ts';

export interface ApiCall {
  readonly method: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly at: number;
}

export interface TelegramServerOptions {
  readonly token?: string;
  readonly username?: string;
  /** Whether its author has made a Mini App its main one; not, if left out. */
  readonly hasMainApp?: boolean;
  /** A free port, if left out. */
  readonly port?: number;
  /** The rate limits that it holds bots to; none, if left out. */
  readonly limits?: Limits;
  /** The pause after the first failed call of a webhook; 100 ms, if left out. */
  readonly webhookRetryMs?: number;
  /** When idle connections are closed; 5 s, if left out. */
  readonly keepAliveMs?: number;
  /** False: calls are not kept, for long runs. */
  readonly keepCalls?: boolean;
  /** False: `delivered` stays empty, for long runs. */
  readonly keepMessages?: boolean;
}

/** A strict Bot API server on this machine: what a bot says to it must be what the real one would take. */
export interface TelegramServer extends People {
  /** The API root. */
  readonly url: string;
  readonly token: string;
  readonly bot: User;
  /** The variables that point Postbell at it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Every message that a chat got, in order, as it stands now. */
  readonly delivered: readonly BotMessage[];
  deliveredTo(chat: number): readonly BotMessage[];
  /** The next thing that the bot did in this chat, in order, since the last one that was asked for. */
  next(chat: number, timeoutMs?: number): Promise<ChatEvent>;
  /** Every call of a method, in order. */
  readonly calls: readonly ApiCall[];
  callsOf(method: string): readonly ApiCall[];
  readonly faults: Faults;
  readonly feed: UpdateFeed;
  /** How many sends were refused for their rate. */
  rateRefusals(): number;
  /** Says where an https address that the bot gives as its webhook really is. */
  routeWebhook(publicUrl: string, target: string): void;
  close(): Promise<void>;
}

/** Starts a server that knows one bot. */
export async function createTelegramServer(options: TelegramServerOptions = {}): Promise<TelegramServer> {
  const token = options.token ?? '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';
  const bot: User = {
    id: Number(token.split(':')[0]),
    is_bot: true,
    first_name: 'Postbell',
    username: options.username ?? 'PostbellTestBot',
  };
  const world = createWorld();
  const feed = createUpdateFeed({ retryMs: options.webhookRetryMs ?? 100 });
  const faults = createFaults();
  const limits = createRateLimits(options.limits ?? {});
  const events = createEventLog();
  const routes = new Map<string, string>();
  const calls: ApiCall[] = [];
  const delivered: BotMessage[] = [];
  const callbacks = new Map();
  const inlineQueries = new Map();
  const methods = createBotMethods({
    world,
    feed,
    limits,
    bot,
    hasMainApp: options.hasMainApp ?? false,
    callbacks,
    inlineQueries,
    resolve: (url) => {
      const route = [...routes].find(([from]) => url.startsWith(from));
      return route && route[1] + url.slice(route[0].length);
    },
    happened: (event) => {
      const { chat, messageId } = event.message;
      const message = event.kind === 'sent' ? world.messageOf(chat, messageId) : undefined;
      if (message && options.keepMessages !== false) delivered.push(message);
      events.add(event);
    },
  });

  const perform = async (call: ApiCall, closed: AbortSignal) => {
    const method = methods[call.method];
    if (!method) throw new ApiRefusal(404, 'Not Found: method not found');
    return await method(call.parameters, closed);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [, given, method = ''] = /^\/bot([^/]+)\/(?:test\/)?(\w+)$/.exec(url.pathname) ?? [];
    if (given === undefined) return respond(response, new ApiRefusal(404, 'Not Found'));
    const closed = new AbortController();
    response.on('close', () => closed.abort());
    try {
      const parameters = { ...Object.fromEntries(url.searchParams), ...(await readParameters(request)) };
      if (decodeURIComponent(given) !== token) throw new ApiRefusal(401, 'Unauthorized');
      const call = { method, parameters, at: Date.now() };
      if (options.keepCalls !== false) calls.push(call);
      const fault = faults.take(call);
      if (fault?.kind === 'drop-before') return void request.socket.destroy();
      if (fault?.kind === 'proxy-page') {
        if (fault.done) await perform(call, closed.signal);
        response.writeHead(fault.code, { 'content-type': 'text/html' }).end(`<h1>${fault.code} Bad Gateway</h1>`);
        return;
      }
      if (fault?.kind === 'refuse') {
        const { code, description, retryAfter } = fault;
        throw new ApiRefusal(code, description, retryAfter === undefined ? {} : { retry_after: retryAfter });
      }
      const result = await perform(call, closed.signal);
      if (fault?.kind === 'drop-after') return void request.socket.destroy();
      if (fault?.kind === 'late-answer') await new Promise((resolve) => setTimeout(resolve, fault.ms).unref());
      respond(response, { ok: true, result });
    } catch (error) {
      respond(response, error instanceof ApiRefusal ? error : new ApiRefusal(500, `Internal Server Error: ${error}`));
    }
  };

  const server = createServer((request, response) => void answer(request, response));
  // The real server closes idle connections too: a bot must live with that.
  server.keepAliveTimeout = options.keepAliveMs ?? 5_000;
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    ...createPeople({ world, feed, bot, callbacks, inlineQueries }),
    url,
    token,
    bot,
    environment: { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: url },
    delivered,
    deliveredTo: (chat) => delivered.filter((message) => message.chat === chat),
    next: events.next,
    calls,
    callsOf: (method) => calls.filter((call) => call.method === method),
    faults,
    feed,
    rateRefusals: limits.refused,
    routeWebhook: (publicUrl, target) => {
      routes.set(publicUrl, target);
    },
    close: async () => {
      feed.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function respond(response: ServerResponse, answer: ApiRefusal | { ok: true; result: unknown }): void {
  if (response.destroyed) return;
  const refused = answer instanceof ApiRefusal;
  const { code: status = 200 } = refused ? answer : {};
  const body = JSON.stringify(
    refused
      ? {
          ok: false,
          error_code: answer.code,
          description: answer.message,
          ...(Object.keys(answer.parameters).length > 0 && { parameters: answer.parameters }),
        }
      : answer,
  );
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

/** Parameters come as JSON, as a form, or as a form with files; in forms, objects are JSON within. */
async function readParameters(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (body.length === 0) return {};
  if (type.startsWith('application/json')) {
    const parsed: unknown = JSON.parse(body.toString());
    if (!isRecord(parsed)) throw badRequest("can't parse request parameters");
    // As the real server reads it: null is no absent parameter but a word.
    return Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, value === null ? 'null' : value]));
  }
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  return Object.fromEntries(
    [...form].map(([name, value]) => {
      if (typeof value !== 'string') return [name, { file: value.name, bytes: value.size }];
      return [name, /^[[{]/.test(value) ? JSON.parse(value) : value];
    }),
  );
}
