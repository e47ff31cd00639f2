import { setMaxListeners } from 'node:events';
import { Agent, request } from 'undici';
import { anyPath, anyQuestion } from './asking.ts';
import { postsIn } from './catalog-writer.ts';

/** Visitors of the page, each from an address of its own. */
export interface WebVisitors {
  subscribe(): Promise<void>;
  /** Opens an event stream for each, from where the last one ended. */
  openStreams(): Promise<void>;
  /** One of them asks something, and something is fetched. */
  ask(): Promise<void>;
  /** Tears the streams apart, and closes what connections are left. */
  leave(): Promise<void>;
  /** By visitor, how often each post of the writer was told of. */
  readonly told: readonly ReadonlyMap<number, number>[];
}

interface Visitor {
  readonly headers: Record<string, string>;
  readonly told: Map<number, number>;
  last: string;
}

export function createWebVisitors(url: string, count: number): WebVisitors {
  const visitors: readonly Visitor[] = Array.from({ length: count }, (_, at) => ({
    headers: {
      authorization: `Bearer visitor-of-the-soak-${String(at).padStart(6, '0')}`,
      'x-forwarded-for': `203.0.113.${at}`,
    },
    told: new Map(),
    last: '0',
  }));
  let turn = 0;
  let agent = new Agent();
  let away = new AbortController();
  let reading: Promise<unknown>[] = [];

  const fetched = async (path: string, headers: Record<string, string>, body?: object) => {
    const method = body ? 'POST' : 'GET';
    const json = body && { 'content-type': 'application/json' };
    const answer = await request(url + path, {
      dispatcher: agent,
      method,
      headers: { ...headers, ...json },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.body.text();
    // While Telegram is out of reach, /readyz says so with 503.
    if (answer.statusCode >= 500 && path !== '/readyz')
      throw new Error(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 200)}`);
  };
  const say = ({ headers }: Visitor, text: string) => fetched('/api/chat', headers, { text, language: 'en' });

  const read = async (visitor: Visitor, body: AsyncIterable<Buffer>) => {
    let rest = '';
    for await (const chunk of body) {
      const events = (rest + chunk).split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) {
        const [, id] = /^id: (\d+)$/m.exec(event) ?? [];
        if (id === undefined) continue;
        visitor.last = id;
        for (const post of new Set(postsIn(event))) visitor.told.set(post, (visitor.told.get(post) ?? 0) + 1);
      }
    }
  };

  return {
    told: visitors.map(({ told }) => told),
    async subscribe() {
      for (const visitor of visitors) await say(visitor, '/subscribe');
    },
    async openStreams() {
      away = new AbortController();
      const { signal } = away;
      setMaxListeners(0, signal);
      const open = ({ headers, last }: Visitor) =>
        request(`${url}/api/chat/events`, {
          dispatcher: agent,
          headers: { ...headers, 'last-event-id': last },
          signal,
        });
      const answers = await Promise.all(visitors.map(async (visitor) => ({ visitor, ...(await open(visitor)) })));
      // Nobody waits for them until all leave: a fault is kept, and told then.
      reading = answers.map(({ visitor, body }) =>
        read(visitor, body).catch((fault: unknown) => (signal.aborted ? undefined : fault)),
      );
    },
    async ask() {
      turn += 1;
      // Each asks less than a person may; the last half of them only listens, and keeps all subscriptions.
      const address = { 'x-forwarded-for': `198.51.100.${turn % 250}` };
      const guest = { authorization: `Bearer guest-of-the-soak-${String(turn % 250).padStart(8, '0')}`, ...address };
      await Promise.all([
        fetched(anyPath(), address),
        fetched('/api/chat', guest, { text: anyQuestion(), language: turn % 2 ? 'en' : 'zh' }),
      ]);
    },
    async leave() {
      away.abort();
      const faults = await Promise.all(reading);
      const fault = faults.find((one) => one !== undefined);
      if (fault !== undefined) throw new Error('an event stream broke', { cause: fault });
      await agent.destroy();
      agent = new Agent();
    },
  };
}
