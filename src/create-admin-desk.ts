import type { Announcer } from './announce/announcer.ts';
import type { Broadcaster } from './announce/broadcaster.ts';
import type { AdminDesk } from './conversation/admin-desk.ts';
import type { Clock } from './kernel/clock.ts';
import type { SearchableCatalog } from './searchable-catalog.ts';
import type { QueryLog } from './server/query-log.ts';
import type { Store } from './store/open-store.ts';

export interface AdminDeskParts extends Pick<Store, 'outbox'> {
  readonly announcer: Announcer;
  readonly broadcaster: Broadcaster;
  readonly searchable: SearchableCatalog;
  readonly queries: QueryLog;
  readonly clock: Clock;
  readonly signInLink: () => Promise<string>;
}

/** What admins may do from a chat. */
export function createAdminDesk(parts: AdminDeskParts): AdminDesk {
  const { announcer, broadcaster, outbox, searchable, queries, clock, signInLink } = parts;
  return {
    waiting: announcer.held,
    decide: announcer.decide,
    trouble: searchable.trouble,
    believe() {
      announcer.believe();
      searchable.believe();
    },
    draft: broadcaster.draft,
    broadcast: broadcaster.send,
    deliveries: async () => (await outbox.counts(clock.now())).byState,
    progress: () => outbox.progress(clock.now()),
    failures: outbox.failures,
    retryFailures: () => outbox.retryFailures(clock.now()),
    queries: async (limit) => ({ top: await queries.top(limit), unanswered: await queries.unanswered(limit) }),
    signInLink,
    async reload(signal) {
      await searchable.refresh(signal);
      return searchable.catalog();
    },
  };
}
