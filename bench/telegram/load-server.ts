import { createTelegramServer } from '../../tests/support/telegram/telegram-server.ts';

/** What the bench asks of the server's process. */
export type Order =
  | { readonly kind: 'route'; readonly publicUrl: string; readonly target: string }
  | { readonly kind: 'load'; readonly text: string; readonly chats: number; readonly updates: number };

export interface Opened {
  readonly kind: 'open';
  readonly environment: Readonly<Record<string, string>>;
}

export interface Measured {
  readonly kind: 'measured';
  readonly perSecond: number;
  /** From a question to its answer, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

const server = await createTelegramServer({ keepCalls: false, keepMessages: false, keepAliveMs: 600_000 });

/** Each of the chats asks again as soon as it is answered. */
async function load({ text, chats, updates }: Order & { kind: 'load' }): Promise<Measured> {
  const times: number[] = [];
  let asked = 0;
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: chats }, async (_, at) => {
      const chat = 1_000 + at;
      while (asked < updates) {
        asked += 1;
        const from = performance.now();
        server.say(chat, text);
        await server.next(chat, 60_000);
        times.push(performance.now() - from);
      }
    }),
  );
  const seconds = (performance.now() - begin) / 1000;
  times.sort((one, other) => one - other);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
  return { kind: 'measured', perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99) };
}

process.on('message', async (order: Order) => {
  if (order.kind === 'route') server.routeWebhook(order.publicUrl, order.target);
  else process.send?.(await load(order));
});
process.send?.({ kind: 'open', environment: server.environment } satisfies Opened);
