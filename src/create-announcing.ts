import { randomUUID } from 'node:crypto';
import type { ComposeAnnouncement } from './announce/announcement-content.ts';
import { type Announcer, createAnnouncer } from './announce/announcer.ts';
import { type Broadcaster, createBroadcaster } from './announce/broadcaster.ts';
import type { Deliverer } from './announce/deliverer.ts';
import { createDeliveryLoop, type DeliveryLoop } from './announce/delivery-loop.ts';
import { discreetDeliverer } from './announce/discreet-deliverer.ts';
import { createLeadership } from './announce/leadership.ts';
import type { Config } from './config/config.ts';
import type { Clock } from './kernel/clock.ts';
import type { Log } from './kernel/log.ts';
import type { SearchableCatalog } from './searchable-catalog.ts';
import { measuredDeliverer } from './server/measured.ts';
import type { Metrics } from './server/metrics.ts';
import type { Store } from './store/open-store.ts';

export interface AnnouncingParts {
  readonly store: Store;
  readonly searchable: SearchableCatalog;
  readonly deliverers: readonly Deliverer[];
  readonly compose: ComposeAnnouncement;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Log;
  /** Takes secrets out of what platforms answer. */
  readonly hide: (text: string) => string;
  /** Called when something begins to wait for an admin. */
  readonly alarm: (signal: AbortSignal) => Promise<void>;
}

/** All that sends messages nobody has asked for at that moment. */
export interface Announcing {
  readonly announcer: Announcer;
  readonly broadcaster: Broadcaster;
  readonly deliveries: DeliveryLoop;
}

/** The parts that tell subscribers; one leads among all processes on the store, whichever part it is that leads. */
export function createAnnouncing({ timezone, announce, catalog }: Config, parts: AnnouncingParts): Announcing {
  const { store, searchable, metrics, clock, log, hide } = parts;
  const leadership = createLeadership({ leases: store.leases, holder: randomUUID(), clock });
  return {
    announcer: createAnnouncer({
      ...store,
      catalog: searchable.catalog,
      matcherFor: searchable.matcherFor,
      leadership,
      clock,
      log,
      timezone,
      limits: { ...announce, shrink: catalog.maxLoss },
      alarm: parts.alarm,
    }),
    broadcaster: createBroadcaster({ ...store, clock, timezone, makeId: randomUUID }),
    deliveries: createDeliveryLoop({
      ...store,
      deliverers: parts.deliverers.map((one) => measuredDeliverer(discreetDeliverer(one, hide), metrics)),
      compose: parts.compose,
      leadership,
      clock,
      log,
      timezone,
      limits: { inFlight: announce.inFlight },
    }),
  };
}
