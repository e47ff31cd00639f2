import { keptVapidKeys } from '../../src/channels/web/vapid-keys.ts';
import { createWebChannel } from '../../src/channels/web/web-channel.ts';
import { createWebPush } from '../../src/channels/web/web-push.ts';
import type { Webhook } from '../../src/channels/webhook.ts';
import type { Conversation } from '../../src/conversation/conversation.ts';
import { createConversation } from '../../src/conversation/create-conversation.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import type { Message } from '../../src/message/message.ts';
import type { Catalog, Post } from '../../src/posts/post.ts';
import { createSearchIndex } from '../../src/search/search-indexer.ts';
import { createServer } from '../../src/server/create-server.ts';
import { createMetrics } from '../../src/server/metrics.ts';
import type { ServerParts } from '../../src/server/server-parts.ts';
import { parseAddress } from '../../src/subscribers/address.ts';
import type { Inbox } from '../../src/subscribers/inbox.ts';
import type { PushEndpoints } from '../../src/subscribers/push-endpoint.ts';
import { createMemoryBook } from './memory-book.ts';
import { createMemoryInbox } from './memory-inbox.ts';
import { createMemoryPushEndpoints } from './memory-push-endpoints.ts';
import { createMemoryValues } from './memory-values.ts';

export interface WebAppOptions {
  readonly posts?: readonly Post[];
  /** In place of the real one. */
  readonly conversation?: Conversation;
  /** In place of one in memory. */
  readonly inbox?: Inbox<Message>;
  readonly webhooks?: readonly Webhook[];
  /** Whether push services may stand on this machine: by default they may. */
  readonly allowPrivateNetwork?: boolean;
  readonly parts?: Partial<ServerParts>;
}

/** The web side of the app, listening on a free port of this machine. */
export interface WebApp {
  readonly url: string;
  readonly book: ReturnType<typeof createMemoryBook>;
  readonly pushEndpoints: PushEndpoints;
  /** Takes an announcement to every subscriber, as the delivery loop would. */
  announce(id: string, message: Message): Promise<void>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Says something to the chat as the visitor with this secret. */
  say(secret: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  stop(): Promise<void>;
}

export async function startWebApp(options: WebAppOptions = {}): Promise<WebApp> {
  const catalog = options.posts ? catalogOf(options.posts) : usualCatalog;
  const index = catalog === usualCatalog ? usualIndex() : createSearchIndex(catalog);
  const book = createMemoryBook();
  const values = createMemoryValues(systemClock);
  const pushEndpoints = createMemoryPushEndpoints(
    async (address) => ((await book.find(parseAddress(address)))?.subscriptions.length ?? 0) > 0,
  );
  const push = createWebPush({
    endpoints: pushEndpoints,
    keys: () => keptVapidKeys(values),
    contact: 'mailto:author@blog.example',
    allowPrivateNetwork: options.allowPrivateNetwork ?? true,
    clock: systemClock,
    log: silentLog,
  });
  const webChannel = createWebChannel({ inbox: options.inbox ?? createMemoryInbox(), clock: systemClock, push });
  const conversation =
    options.conversation ??
    createConversation({
      catalog: () => catalog,
      index: () => index,
      book,
      clock: systemClock,
      defaultLanguage: 'zh',
    });
  const stopping = new AbortController();
  const running = webChannel.run(conversation, stopping.signal);
  const server = createServer({
    host: '127.0.0.1',
    port: 0,
    catalog: () => catalog,
    index: () => index,
    clock: systemClock,
    readiness: async () => [],
    metrics: createMetrics(),
    webChannel,
    webhooks: options.webhooks ?? [],
    book,
    log: silentLog,
    version: '1.2.3',
    // A test asks more often than a person.
    limits: { readsPerMinute: 100_000, chatsPerMinute: 100_000 },
    ...options.parts,
  });
  const url = await server.start();

  return {
    url,
    book,
    pushEndpoints,
    async announce(id, message) {
      for await (const { address } of book.all()) {
        await webChannel.deliverer.deliver({ id, address, message }, stopping.signal);
      }
    },
    get: (path, headers = {}) => fetch(url + path, { headers }),
    say: (secret, body, headers = {}) =>
      fetch(`${url}/api/chat`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    async stop() {
      // In the order of main.ts.
      stopping.abort();
      await server.stop();
      await running;
    },
  };
}

function catalogOf(posts: readonly Post[]): Catalog {
  return { posts, problems: [], revision: '1' };
}

/** A post with what matters to a test. */
export function post(title: string, parts: Partial<Post> = {}): Post {
  const id = parts.id ?? title.toLowerCase().replaceAll(/[^\p{Letter}\p{Number}]+/gu, '-');
  return {
    id,
    title,
    url: `https://blog.example/${encodeURIComponent(id)}`,
    category: [],
    summary: '',
    links: [],
    tags: [],
    source: 'list.md',
    ...parts,
  };
}

/** Twelve posts on LoRA, enough for three pages, and two on other things. */
export function somePosts(): Post[] {
  const series = Array.from({ length: 12 }, (_, at) =>
    post(`LoRA in practice ${at + 1}`, {
      category: ['Large language models'],
      summary: `Part ${at + 1} of fine-tuning with LoRA. Low-rank adapters keep most weights frozen.`,
    }),
  );
  return [
    ...series,
    post('Docker 入门', { category: ['工具'], summary: '镜像与容器。', date: '2026-03-01' }),
    post('Diffusion models', { category: ['Vision'], summary: 'From noise to pictures.', date: '2026-05-02' }),
  ];
}

const usualCatalog = catalogOf(somePosts());

/** Made once, since it takes longer than most tests and nothing can change it. */
const usualIndex = once(() => createSearchIndex(usualCatalog));

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
