import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTelegramChannel, type TelegramChannel } from '../../../src/channels/telegram/telegram-channel.ts';
import type { Webhook } from '../../../src/channels/webhook.ts';
import { adminCommandDescriptions, commandDescriptions } from '../../../src/conversation/command-descriptions.ts';
import type { Conversation } from '../../../src/conversation/conversation.ts';
import { createConversation } from '../../../src/conversation/create-conversation.ts';
import { loadPhrases } from '../../../src/conversation/phrases/phrases.ts';
import { type Clock, systemClock } from '../../../src/kernel/clock.ts';
import type { KeyValueStore } from '../../../src/kernel/key-value-store.ts';
import type { Log } from '../../../src/kernel/log.ts';
import type { ActionStore } from '../../../src/message/action-store.ts';
import type { Card } from '../../../src/message/card.ts';
import type { Post } from '../../../src/posts/post.ts';
import { createKyselyActionStore } from '../../../src/store/kysely-action-store.ts';
import { createKyselyKeyValueStore } from '../../../src/store/kysely-key-value-store.ts';
import { createKyselySubscriberBook } from '../../../src/store/kysely-subscriber-book.ts';
import { migrate } from '../../../src/store/migrate.ts';
import type { Database } from '../../../src/store/schema.ts';
import { openSqlite } from '../../../src/store/sqlite/open-sqlite.ts';
import type { SubscriberBook } from '../../../src/subscribers/subscriber-book.ts';
import { createQuickIndex } from '../quick-index.ts';
import { createTelegramServer, type TelegramServer, type TelegramServerOptions } from './telegram-server.ts';
import type { Update } from './update-feed.ts';

/** A log that keeps its lines. */
export interface KeptLog extends Log {
  readonly lines: readonly { readonly level: string; readonly facts: object; readonly message: string }[];
}

/** The local Telegram server, and Postbell's channel with its real conversation and store. */
export interface TelegramWorld {
  readonly server: TelegramServer;
  readonly book: SubscriberBook;
  readonly values: KeyValueStore;
  readonly actions: ActionStore;
  readonly log: KeptLog;
  readonly channel: () => TelegramChannel;
  /** The end of the channel that was started last; rejects as its `run` does. */
  ended(): Promise<void>;
  /** Ends the channel as SIGTERM does, and starts another on the same store, perhaps configured otherwise. */
  restart(changed?: Pick<TelegramWorldOptions, 'admins' | 'publicUrl'>): Promise<void>;
  stop(): Promise<void>;
  /** With the transport that it began with, or another. */
  start(transport?: Transport): Promise<void>;
  /** Starts one more process behind the same webhook, on the same store. */
  startAnother(clock?: Clock): Promise<{ stop(): Promise<void> }>;
  /** Brings an update to one of the processes: 0 is the first. The status that came back. */
  bring(update: Update, process: number): Promise<number>;
  close(): Promise<void>;
}

export type Transport = 'polling' | 'webhook';

export interface TelegramWorldOptions extends TelegramServerOptions {
  readonly transport?: Transport;
  readonly secret?: string;
  readonly posts?: readonly Post[];
  readonly clock?: Clock;
  readonly admins?: readonly string[];
  readonly publicUrl?: string;
  /** The picture of a card that brings none along. */
  readonly coverOf?: (card: Card) => string | undefined;
  /** Likewise, in a square. */
  readonly thumbnailOf?: (card: Card) => string | undefined;
  /** Answers in place of the real conversation. */
  readonly conversation?: (real: Conversation) => Conversation;
}

interface Running {
  readonly channel: TelegramChannel;
  readonly ended: Promise<void>;
  readonly end: AbortController;
}

const publicUrl = 'https://postbell.example';

export async function createTelegramWorld(options: TelegramWorldOptions = {}): Promise<TelegramWorld> {
  const server = await createTelegramServer(options);
  const database: Database = await openSqlite(':memory:');
  await migrate(database.db);
  const clock = options.clock ?? systemClock;
  const book = createKyselySubscriberBook(database);
  const values = createKyselyKeyValueStore(database, clock);
  const log = createKeptLog();
  const phrases = loadPhrases();
  const posts = options.posts ?? [];
  const catalog = { posts, problems: [], revision: 'one' };
  const index = createQuickIndex(catalog);
  const real = createConversation({
    catalog: () => catalog,
    index: () => index,
    book,
    clock,
    defaultLanguage: 'zh',
    phrases,
  });
  const conversation = options.conversation?.(real) ?? real;
  const doors = [await openDoor(() => running?.channel.webhook)];
  server.routeWebhook(publicUrl, doors[0]?.url ?? '');
  let running: Running | undefined;

  let configured: TelegramWorldOptions = options;

  const run = (transport: Transport, itsClock: Clock): Running => {
    const channel = createTelegramChannel({
      token: server.token,
      apiRoot: server.url,
      defaultLanguage: 'zh',
      transport:
        transport === 'webhook'
          ? {
              kind: 'webhook',
              url: `${publicUrl}/telegram/webhook`,
              ...(options.secret !== undefined && { secret: options.secret }),
            }
          : { kind: 'polling' },
      pace: {},
      book,
      actions: createKyselyActionStore(database, itsClock),
      values: itsClock === clock ? values : createKyselyKeyValueStore(database, itsClock),
      clock: itsClock,
      log,
      commandDescriptions: commandDescriptions(phrases),
      adminCommandDescriptions: adminCommandDescriptions(phrases),
      ...(configured.publicUrl !== undefined && { publicUrl: configured.publicUrl }),
      ...(options.coverOf && { coverOf: options.coverOf }),
      ...(options.thumbnailOf && { thumbnailOf: options.thumbnailOf }),
      admins: (configured.admins ?? []).map((chat) => ({ channel: 'telegram', chat })),
    });
    const end = new AbortController();
    const ended = channel.run(conversation, end.signal);
    ended.catch(() => {});
    return { channel, ended, end };
  };
  const stopOne = async (one: Running | undefined) => {
    one?.end.abort();
    await one?.ended.catch(() => {});
  };

  const start = async (transport: Transport = options.transport ?? 'polling') => {
    running = run(transport, clock);
  };
  const stop = () => stopOne(running);

  await start();
  return {
    server,
    book,
    values,
    actions: createKyselyActionStore(database, clock),
    log,
    channel: () => {
      if (!running) throw new Error('the channel does not run');
      return running.channel;
    },
    ended: async () => running?.ended,
    start,
    stop,
    restart: async (changed = {}) => {
      await stop();
      configured = { ...configured, ...changed };
      await start();
    },
    startAnother: async (itsClock = clock) => {
      const other = run('webhook', itsClock);
      doors.push(await openDoor(() => other.channel.webhook));
      return { stop: () => stopOne(other) };
    },
    bring: async (update, process) => {
      const response = await fetch(`${doors[process]?.url}/telegram/webhook`, {
        method: 'POST',
        headers: { 'x-telegram-bot-api-secret-token': server.feed.webhook()?.secret ?? '' },
        body: JSON.stringify(update),
      });
      return response.status;
    },
    close: async () => {
      await stop();
      await server.close();
      for (const door of doors) await door.close();
      await database.db.destroy();
    },
  };
}

/** Resolves when the check no longer throws; rejects with its error if that takes too long. */
export async function eventually(check: () => Promise<void> | void, timeoutMs = 10_000): Promise<void> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

function createKeptLog(): KeptLog {
  const lines: { level: string; facts: object; message: string }[] = [];
  const at = (level: string) => (facts: object, message: string) => {
    lines.push({ level, facts, message });
  };
  const log: KeptLog = {
    lines,
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: () => log,
  };
  return log;
}

/** An HTTP server that passes every request on to the webhook. */
async function openDoor(webhook: () => Webhook | undefined): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = await webhook()?.handle({
      trace: { request: 'r1' },
      method: request.method === 'GET' ? 'GET' : 'POST',
      query: new URLSearchParams(),
      header: (name) => request.headers[name]?.toString(),
      body: Buffer.concat(chunks),
    });
    response.writeHead(answer?.status ?? 503).end(answer?.body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
