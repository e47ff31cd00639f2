import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Announcer, createAnnouncer } from '../src/announce/announcer.ts';
import type { Deliverer, Pace } from '../src/announce/deliverer.ts';
import type { DeliveryLimits } from '../src/announce/delivery-limits.ts';
import { createDeliveryLoop, type DeliveryLoop } from '../src/announce/delivery-loop.ts';
import { createLeadership } from '../src/announce/leadership.ts';
import { createTelegramChannel } from '../src/channels/telegram/telegram-channel.ts';
import { createAnnouncementComposer } from '../src/conversation/compose-announcement.ts';
import { loadPhrases } from '../src/conversation/phrases/phrases.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { silentLog } from '../src/kernel/log.ts';
import type { Catalog, Post } from '../src/posts/post.ts';
import type { Store } from '../src/store/open-store.ts';
import { makePost } from '../tests/support/make-post.ts';
import type { Arrived, Opened, Order, ServerSettings } from './announce-server.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The strict Telegram server, in a process of its own. */
export interface ServerProcess extends Opened {
  /** What has arrived since the last reset. */
  report(): Promise<Arrived>;
  reset(): Promise<void>;
  /** How many messages have arrived, cheap to ask. */
  count(): Promise<number>;
  /** Nothing goes wrong from now on. */
  calm(): Promise<void>;
  stop(): void;
}

export async function startServer(settings: ServerSettings): Promise<ServerProcess> {
  const child = fork(here('announce-server.ts'), [JSON.stringify(settings)], { execArgv: ['--import', 'tsx'] });
  const opened = await messageOf<Opened>(child);
  const ask = <Answer>(order: Order) => {
    const answer = messageOf<Answer>(child);
    child.send(order);
    return answer;
  };
  return {
    ...opened,
    report: () => ask<Arrived>('report'),
    reset: () => ask('reset'),
    count: () => ask<number>('count'),
    calm: () => ask('calm'),
    stop: () => void child.kill('SIGKILL'),
  };
}

export function messageOf<Answer>(child: ChildProcess): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('a process of the bench has ended'));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as Answer);
    });
  });
}

/** Everything between a catalog and Telegram, put together as in the real process. */
export interface AnnounceParts {
  readonly announcer: Announcer;
  readonly deliveries: DeliveryLoop;
}

export function createAnnounceParts(options: {
  readonly store: Store;
  readonly server: Opened;
  readonly holder: string;
  readonly catalog: () => Catalog;
  readonly pace: Pace;
  readonly limits: Partial<DeliveryLimits>;
  readonly leaseTtlMs?: number;
}): AnnounceParts {
  const { store, holder, leaseTtlMs } = options;
  const leadership = createLeadership({
    leases: store.leases,
    holder,
    clock: systemClock,
    ...(leaseTtlMs !== undefined && { ttlMs: leaseTtlMs }),
  });
  const common = { outbox: store.outbox, leadership, clock: systemClock, log: silentLog, timezone: 'UTC' };
  return {
    announcer: createAnnouncer({
      ...common,
      catalog: options.catalog,
      book: store.book,
      matcherFor: () => () => new Set(),
    }),
    deliveries: createDeliveryLoop({
      ...common,
      deliverers: [telegramDeliverer(store, options.server, options.pace)],
      compose: createAnnouncementComposer({ phrases: loadPhrases(), defaultLanguage: 'en' }),
      limits: options.limits,
    }),
  };
}

function telegramDeliverer(store: Store, { url, token }: Opened, pace: Pace): Deliverer {
  return createTelegramChannel({
    token,
    apiRoot: url,
    defaultLanguage: 'en',
    transport: { kind: 'polling' },
    pace,
    book: store.book,
    actions: store.actions,
    values: store.values,
    clock: systemClock,
    log: silentLog,
    commandDescriptions: [],
  }).deliverer;
}

/** So many posts, each of its own title. */
export function catalogOf(posts: number): Catalog {
  return {
    posts: Array.from({ length: posts }, (_, at) => postOf(at)),
    sources: ['posts.md'],
    problems: [],
    revision: String(posts),
  };
}

function postOf(at: number): Post {
  return makePost({ title: `Post ${at}`, category: ['AI'], summary: 'What the post is about, in a sentence or two.' });
}

/** Chats 1 to `count` subscribe to everything. */
export async function subscribeAll(store: Store, count: number): Promise<void> {
  for (let chat = 1; chat <= count; chat++) {
    const address = { channel: 'telegram', chat: String(chat) } as const;
    await store.book.change(address, () => ({
      address,
      subscriptions: [{ kind: 'everything' }],
      state: 'active',
      since: new Date(),
    }));
  }
}

/** The number that follows a flag, or the fallback. */
export function numberOf(args: readonly string[], flag: string, fallback: number): number {
  const at = args.indexOf(flag);
  return at < 0 ? fallback : Number(args[at + 1]);
}
