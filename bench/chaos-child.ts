import { randomUUID } from 'node:crypto';
import { systemClock } from '../src/kernel/clock.ts';
import { silentLog } from '../src/kernel/log.ts';
import { openStore } from '../src/store/open-store.ts';
import { catalogOf, createAnnounceParts } from './announce-parts.ts';
import type { Opened } from './announce-server.ts';

/** What the process that is to be killed is started with, as JSON. */
export interface ChildSettings {
  readonly databaseUrl: string;
  readonly server: Opened;
  /** How many posts its catalog has; those the ledger does not know are announced. */
  readonly posts: number;
  readonly perSecond: number;
  readonly inFlight: number;
  readonly leaseTtlMs: number;
}

const settings: ChildSettings = JSON.parse(process.argv[2] ?? '{}');
const { databaseUrl, server, posts, perSecond, inFlight, leaseTtlMs } = settings;
const store = await openStore(databaseUrl, { clock: systemClock, log: silentLog });
const { announcer, deliveries } = createAnnounceParts({
  store,
  server,
  holder: randomUUID(),
  catalog: () => catalogOf(posts),
  pace: { perSecond },
  limits: { inFlight, idleMs: 20, crashLimit: 1_000 },
  leaseTtlMs,
});
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
process.on('disconnect', () => process.exit(1));
process.send?.('ready');
const delivering = deliveries.run(stop.signal);
// On its own like this, announcing is tried until this process leads or another one has done it.
while (!stop.signal.aborted) {
  const { state } = await announcer.announce(stop.signal);
  if (state === 'unchanged') break;
  await systemClock.sleep(50, stop.signal);
}
await delivering;
await store.close();
process.exit(0);
