import type { Fault } from '../tests/support/telegram/faults.ts';
import type { Limits } from '../tests/support/telegram/rate-limits.ts';
import { createTelegramServer } from '../tests/support/telegram/telegram-server.ts';
import { addRandomFaults } from './telegram-faults.ts';

/** What the server's process is started with, as JSON. */
export interface ServerSettings {
  readonly limits: Limits;
  /** Chats 1 to this are people who let the bot write to them. */
  readonly chats: number;
  /** The share of calls that go wrong, from 0 to 1, each kind as often as the others. */
  readonly faults?: { readonly share: number; readonly kinds: readonly Fault['does'][] };
}

export interface Opened {
  readonly url: string;
  readonly token: string;
}

/** What has arrived since the last `reset`. */
export interface Arrived {
  /** By chat and first line, how often. */
  readonly counts: readonly (readonly [key: string, count: number])[];
  readonly messages: number;
  readonly refused: number;
  readonly faults: number;
  /** Of the first message and the last one, in milliseconds. */
  readonly firstAt: number;
  readonly lastAt: number;
}

export type Order = 'report' | 'reset' | 'calm' | 'count';

const settings: ServerSettings = JSON.parse(process.argv[2] ?? '{}');
const server = await createTelegramServer({ limits: settings.limits, keepCalls: false });
// A bot may write to those only who have written to it.
for (let id = 1; id <= settings.chats; id++) server.say(id, '/start');
let from = 0;
let refusedBefore = 0;
const faults = addRandomFaults(server.faults, {
  method: 'sendMessage',
  ...(settings.faults ?? { share: 0, kinds: [] }),
});

function report(): Arrived {
  const messages = server.delivered.slice(from);
  const counts = new Map<string, number>();
  for (const { chat, text } of messages) {
    const key = `${chat} ${text.split('\n').find((line) => line.includes('Post ')) ?? text}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return {
    counts: [...counts],
    messages: messages.length,
    refused: server.rateRefusals() - refusedBefore,
    faults: faults(),
    firstAt: messages[0]?.at ?? 0,
    lastAt: messages.at(-1)?.at ?? 0,
  };
}

function perform(order: Order): Arrived | number | string {
  switch (order) {
    case 'report':
      return report();
    case 'count':
      return server.delivered.length;
    case 'calm':
      server.faults.clear();
      return 'calm';
    case 'reset':
      from = server.delivered.length;
      refusedBefore = server.rateRefusals();
      return 'reset';
  }
}

process.on('message', (order: Order) => process.send?.(perform(order)));
process.on('disconnect', () => process.exit(0));
process.send?.({ url: server.url, token: server.token } satisfies Opened);
