import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../src/kernel/clock.ts';
import { silentLog } from '../src/kernel/log.ts';
import { openStore, type Store } from '../src/store/open-store.ts';
import { type Dialect, openDatabases } from '../tests/support/databases.ts';
import { messageOf, numberOf, type ServerProcess, startServer, subscribeAll } from './announce-parts.ts';
import type { Arrived } from './announce-server.ts';
import type { ChildSettings } from './chaos-child.ts';
import { usualFaults } from './telegram-faults.ts';

export interface ChaosOptions {
  readonly dialect: Dialect;
  readonly rounds: number;
  readonly subscribers: number;
  /** How many processes run at once; one of them is killed each round. */
  readonly processes: 1 | 2;
  /** The share of calls to Telegram that go wrong. */
  readonly faults: number;
}

/** What came of it all. Every delivery that did not arrive is either lost, or known to be open to doubt. */
export interface ChaosReport {
  readonly kills: number;
  readonly announced: number;
  /** Messages that should have arrived, did not, and about which the ledger has nothing to say. */
  readonly lost: number;
  /** Messages that did not arrive and that the ledger lists as unknown: the answer was lost twice. */
  readonly listed: number;
  /** Messages that arrived more than once, and how often beyond the first time. */
  readonly repeated: number;
  readonly mostRepeats: number;
  /** Deliveries that were claimed at a kill, over all kills and at most. */
  readonly inFlight: number;
  readonly mostInFlight: number;
  readonly faults: number;
}

const inFlight = 8;
const perSecond = 600;
const leaseTtlMs = 400;
const LONGEST_WAIT_MS = 5_000;

/**
 * Kills announcing processes at random moments and counts what was lost and what came twice.
 * `--rounds N` (100), `--subscribers N` (2,000), `--faults SHARE` (0.02).
 */
export async function chaos(args: readonly string[]): Promise<void> {
  const common = {
    rounds: numberOf(args, '--rounds', 100),
    subscribers: numberOf(args, '--subscribers', 2_000),
    faults: numberOf(args, '--faults', 0.02),
  };
  let lost = 0;
  for (const [dialect, processes] of [
    ['sqlite', 1],
    ['postgres', 2],
  ] as const) {
    const report = await runChaos({ ...common, dialect, processes });
    lost += report.lost;
    console.log(
      `${dialect}, ${processes} process${processes > 1 ? 'es' : ''}: ${report.kills} kills during ${report.announced} ` +
        `announcements to ${common.subscribers}; ${report.faults} faults injected; lost: ${report.lost}; ` +
        `duplicated: ${report.repeated}, none more than ${report.mostRepeats + 1} times; ` +
        `in flight at the kills: ${report.inFlight}, at most ${report.mostInFlight}; ` +
        `listed as unknown and not arrived: ${report.listed}`,
    );
  }
  if (lost > 0) process.exitCode = 1;
}

export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { dialect, rounds, subscribers, processes } = options;
  const databases = await openDatabases(dialect);
  const server = await startServer({
    limits: {},
    chats: subscribers,
    faults: { share: options.faults, kinds: usualFaults },
  });
  const databaseUrl = await databases.create();
  const store = await openStore(databaseUrl, { clock: systemClock, log: silentLog });
  const running: ChildProcess[] = [];
  try {
    await subscribeAll(store, subscribers);
    // The first post is the baseline that nobody is told of.
    let posts = 1;
    const settingsNow = (): ChildSettings => ({ databaseUrl, server, posts, perSecond, inFlight, leaseTtlMs });
    await settle(await startChild(settingsNow()), store, posts);
    const flights: number[] = [];
    for (let round = 0; round < rounds; round++) {
      if ((await isDone(store)) && (await known(store)) === posts) {
        posts += 1;
        await Promise.all(running.splice(0).map(end));
      }
      while (running.length < processes) running.push(await startChild(settingsNow()));
      // One in five is killed wherever it is, perhaps in the middle of planning; the others while they send.
      if (Math.random() < 0.8) await untilSome(server);
      await systemClock.sleep(Math.random() * 500);
      const [victim] = running.splice(Math.floor(Math.random() * running.length), 1);
      victim?.kill('SIGKILL');
      if (victim) await once(victim, 'exit');
      flights.push((await store.outbox.counts(new Date())).byState.sending);
    }
    await server.calm();
    while (running.length < 1) running.push(await startChild(settingsNow()));
    while (!(await isDone(store)) || (await store.outbox.ledger()).known.posts.size < posts)
      await systemClock.sleep(100);
    await Promise.all(running.splice(0).map(end));
    return await reportOf(await server.report(), store, { posts, subscribers, flights });
  } finally {
    for (const child of running) child.kill('SIGKILL');
    server.stop();
    await store.close();
    await databases.close();
  }
}

async function startChild(settings: ChildSettings): Promise<ChildProcess> {
  const path = fileURLToPath(new URL('chaos-child.ts', import.meta.url));
  const child = fork(path, [JSON.stringify(settings)], { execArgv: ['--import', 'tsx'] });
  await messageOf(child);
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** Lets a process do all there is to do, and ends it. */
async function settle(child: ChildProcess, store: Store, posts: number): Promise<void> {
  while ((await known(store)) < posts) await systemClock.sleep(50);
  await end(child);
}

async function known(store: Store): Promise<number> {
  return (await store.outbox.ledger()).known.posts.size;
}

/** Until messages begin to arrive, or nothing does for long. */
async function untilSome(server: ServerProcess): Promise<void> {
  const before = await server.count();
  for (let waited = 0; waited < LONGEST_WAIT_MS; waited += 25) {
    if ((await server.count()) > before) return;
    await systemClock.sleep(25);
  }
}

async function isDone(store: Store): Promise<boolean> {
  const { byState, oldestDueMs } = await store.outbox.counts(new Date());
  // Unknown deliveries that are to be repeated are due like pending ones.
  return byState.pending + byState.sending === 0 && oldestDueMs === 0 && (await openUnknowns(store)) === 0;
}

async function openUnknowns(store: Store): Promise<number> {
  const { unknown } = (await store.outbox.counts(new Date())).byState;
  const { length } = (await store.outbox.failures(100_000)).filter((one) => one.state === 'unknown');
  return unknown - length;
}

async function reportOf(
  { counts, faults }: Arrived,
  store: Store,
  { posts, subscribers, flights }: { posts: number; subscribers: number; flights: readonly number[] },
): Promise<ChaosReport> {
  const arrived = new Map(counts);
  const failures = await store.outbox.failures(1_000_000);
  const doubtful = new Set(
    failures.flatMap(({ address, titles }) => titles.map((title) => `${address.chat} ${title}`)),
  );
  const keyOf = (chat: number, post: number) => `${chat} Post ${post}`;
  let lost = 0;
  let listed = 0;
  for (let post = 1; post < posts; post++) {
    for (let chat = 1; chat <= subscribers; chat++) {
      if (arrived.has(keyOf(chat, post))) continue;
      if (doubtful.has(keyOf(chat, post))) listed += 1;
      else lost += 1;
    }
  }
  const repeats = counts.map(([, count]) => count - 1).filter((count) => count > 0);
  return {
    kills: flights.length,
    announced: posts - 1,
    lost,
    listed,
    repeated: repeats.length,
    mostRepeats: Math.max(0, ...repeats),
    inFlight: flights.reduce((sum, one) => sum + one, 0),
    mostInFlight: Math.max(0, ...flights),
    faults,
  };
}
