import type { Config } from '../../config/config.ts';
import type { Clock } from '../../kernel/clock.ts';
import { silentLog } from '../../kernel/log.ts';
import { openStore } from '../../store/open-store.ts';
import { type Finding, fine, wrong, wrongBy } from './finding.ts';

/** Deliveries that have been due for longer than this wait in vain, in milliseconds. */
const stuckMs = 15 * 60_000;

/** Whether the database can be opened, its tables are up to date (they are brought there), and deliveries flow. */
export async function checkStore({ databaseUrl }: Config, clock: Clock): Promise<readonly Finding[]> {
  try {
    const store = await openStore(databaseUrl, { clock, log: silentLog });
    try {
      await store.probe();
      const { byState, oldestDueMs } = await store.outbox.counts(clock.now());
      const kind = databaseUrl.startsWith('sqlite:') ? 'SQLite' : 'PostgreSQL';
      return [
        fine('store', `${kind} can be written, its tables are up to date`),
        deliveryFinding(byState, oldestDueMs),
      ];
    } finally {
      await store.close();
    }
  } catch (error) {
    return [wrongBy('store', error, 'see that this user may read and write what DATABASE_URL names')];
  }
}

function deliveryFinding(
  { pending, sending, dead, unknown }: Readonly<Record<'pending' | 'sending' | 'dead' | 'unknown', number>>,
  oldestDueMs: number,
): Finding {
  const waiting = pending + sending;
  const lost = dead + unknown;
  const said = `${waiting} ${waiting === 1 ? 'waits' : 'wait'}, ${lost} failed`;
  if (oldestDueMs > stuckMs)
    return wrong(
      'deliveries',
      `${said}; one has been due for ${Math.round(oldestDueMs / 60_000)} minutes`,
      'see that Postbell runs, and in its log why the channel does not deliver',
    );
  return fine('deliveries', lost === 0 ? said : `${said}: /announce shows them to an admin`);
}
