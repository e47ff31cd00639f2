import { Api } from 'grammy';
import type { Pace } from '../src/announce/deliverer.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { silentLog } from '../src/kernel/log.ts';
import { openStore, type Store } from '../src/store/open-store.ts';
import { type Databases, type Dialect, openDatabases } from '../tests/support/databases.ts';
import {
  catalogOf,
  createAnnounceParts,
  numberOf,
  type ServerProcess,
  startServer,
  subscribeAll,
} from './announce-parts.ts';
import type { Arrived } from './announce-server.ts';

/** Telegram's limits, twenty times as fast. */
const scaledLimits = { perSecond: 600, perChatSecond: 20, perGroupMinute: 400 };

/**
 * How close to the allowed rate an announcement runs, and what the ledger costs: deliveries a second with the limits
 * off on SQLite and PostgreSQL beside a bare grammY loop with as many messages on their way.
 * `--subscribers N` (10,000), `--in-flight N` (16), `--rounds N` (3) of the second part.
 */
export async function benchAnnounce(args: readonly string[]): Promise<void> {
  const subscribers = numberOf(args, '--subscribers', 10_000);
  const inFlight = numberOf(args, '--in-flight', 16);
  await withDatabases('sqlite', (databases) => atTheLimit(databases, subscribers));

  const server = await startServer({ limits: {}, chats: subscribers });
  const rates: Record<string, number[]> = { bare: [], sqlite: [], postgres: [] };
  for (let round = 0; round < numberOf(args, '--rounds', 3); round++) {
    rates.bare?.push(rateOf(await sendBare(server, subscribers, inFlight)));
    for (const dialect of ['sqlite', 'postgres'] as const) {
      await withDatabases(dialect, async (databases) => {
        const arrived = await announceTo(server, databases, subscribers, {}, inFlight);
        complain(arrived, subscribers);
        rates[dialect]?.push(rateOf(arrived));
      });
    }
  }
  server.stop();
  const bare = median(rates.bare);
  console.log(`limits off, ${inFlight} on their way: bare grammY loop ${Math.round(bare)} messages/s`);
  for (const dialect of ['sqlite', 'postgres']) {
    const rate = median(rates[dialect]);
    console.log(`limits off, ${dialect}: ${Math.round(rate)} deliveries/s, ${percent(rate / bare)} of the bare loop`);
  }
}

async function atTheLimit(databases: Databases, subscribers: number): Promise<void> {
  const server = await startServer({ limits: scaledLimits, chats: subscribers });
  const arrived = await announceTo(server, databases, subscribers, scaledLimits, 16);
  server.stop();
  console.log(
    `limits x 20, ${subscribers} subscribers: ${rateOf(arrived).toFixed(1)} messages/s, ` +
      `${percent(rateOf(arrived) / scaledLimits.perSecond)} of the allowed rate, 429s: ${arrived.refused}, ` +
      `duplicates: ${arrived.messages - arrived.counts.length}, lost: ${subscribers - arrived.counts.length}`,
  );
}

/** One post to everybody, from the catalog to the last message. */
async function announceTo(
  server: ServerProcess,
  databases: Databases,
  subscribers: number,
  pace: Pace,
  inFlight: number,
): Promise<Arrived> {
  const store = await openStore(await databases.create(), { clock: systemClock, log: silentLog });
  await subscribeAll(store, subscribers);
  let posts = 1;
  const parts = createAnnounceParts({
    store,
    server,
    holder: 'bench',
    catalog: () => catalogOf(posts),
    pace,
    limits: { inFlight, idleMs: 50 },
  });
  const end = new AbortController();
  await parts.announcer.announce(end.signal);
  await server.reset();
  posts = 2;
  await parts.announcer.announce(end.signal);
  const running = parts.deliveries.run(end.signal);
  await untilDone(store);
  end.abort();
  await running;
  await store.close();
  return server.report();
}

async function untilDone(store: Store): Promise<void> {
  for (;;) {
    const { pending, sending } = (await store.outbox.counts(new Date())).byState;
    if (pending + sending === 0) return;
    await systemClock.sleep(250);
  }
}

/** What a bot does that keeps no record at all. */
async function sendBare(
  { url, token, reset, report }: ServerProcess,
  chats: number,
  inFlight: number,
): Promise<Arrived> {
  await reset();
  const api = new Api(token, { apiRoot: url });
  const text = '<b>Post 1</b>\nAI\nWhat the post is about, in a sentence or two.';
  let next = 1;
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (next <= chats) await api.sendMessage(next++, text, { parse_mode: 'HTML' });
    }),
  );
  return report();
}

async function withDatabases(dialect: Dialect, use: (databases: Databases) => Promise<void>): Promise<void> {
  const databases = await openDatabases(dialect);
  try {
    await use(databases);
  } finally {
    await databases.close();
  }
}

function complain({ messages, counts }: Arrived, subscribers: number): void {
  if (messages === subscribers && counts.length === subscribers) return;
  console.log(`of ${subscribers} messages ${counts.length} arrived, ${messages - counts.length} of them again`);
}

function rateOf({ messages, firstAt, lastAt }: Arrived): number {
  return ((messages - 1) * 1000) / Math.max(1, lastAt - firstAt);
}

function median(values: readonly number[] = []): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
