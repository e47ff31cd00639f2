import type { Clock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { ComposeAnnouncement } from './announcement-content.ts';
import type { Deliverer } from './deliverer.ts';
import { createDeliveryLane } from './delivery-lane.ts';
import { type DeliveryLimits, defaultDeliveryLimits } from './delivery-limits.ts';
import type { Leadership } from './leadership.ts';
import type { Outbox } from './outbox.ts';

export interface DeliveryLoopOptions {
  readonly outbox: Outbox;
  /** At most one a channel. Deliveries to channels without one wait. */
  readonly deliverers: readonly Deliverer[];
  readonly compose: ComposeAnnouncement;
  readonly leadership: Leadership;
  readonly clock: Clock;
  readonly log: Log;
  /** For subscribers who have not chosen one; an IANA name. */
  readonly timezone: string;
  readonly limits?: Partial<DeliveryLimits>;
}

export interface DeliveryLoop {
  /**
   * Sends what the outbox holds, while this process leads, until the signal aborts; then finishes the messages on
   * their way, records them and resolves. A store that fails is waited for.
   */
  run(signal: AbortSignal): Promise<void>;
}

const PRUNE_EVERY_MS = 60 * 60_000;

/**
 * Works the outbox off: a lane for each channel, so that a slow platform holds up no other. Only the process that
 * leads delivers, since two could not keep a pace together; should two believe that they lead, claims still
 * keep a message from being sent twice.
 */
export function createDeliveryLoop(options: DeliveryLoopOptions): DeliveryLoop {
  const { outbox, deliverers, leadership, clock, log } = options;
  const limits = { ...defaultDeliveryLimits, ...options.limits };

  /** What was planned by a clock that was far ahead would wait until then. */
  async function readjust(now: Date): Promise<void> {
    const found = await outbox.readjust(now);
    if (found > 0) log.warn({ deliveries: found }, 'the clock was put back; times of deliveries are found anew');
  }

  /** Leads until the lead is lost, then lets the lanes finish. */
  async function term(signal: AbortSignal): Promise<void> {
    const crashes = { crashLimit: limits.crashLimit };
    const found = await outbox.recover({ now: clock.now(), ...crashes, leader: leadership.holder });
    if (found > 0) log.warn({ deliveries: found }, 'a process ended while sending; its deliveries are taken up again');
    const over = new AbortController();
    const end = () => over.abort();
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    const parts = { ...options, limits, holder: leadership.holder };
    const lanes = deliverers.map((deliverer) => createDeliveryLane(deliverer, parts));
    const running = lanes.map((lane) => lane.run(over.signal));
    let pruneAt = clock.now().getTime();
    let latest = Number.POSITIVE_INFINITY;
    while (!over.signal.aborted) {
      const now = clock.now();
      try {
        if (!(await leadership.lead())) break;
        if (now.getTime() < latest) await readjust(now);
        latest = now.getTime();
        await outbox.recover({ now, ...crashes, inHand: lanes.flatMap((lane) => lane.inHand()) });
        if (now.getTime() >= pruneAt) {
          await outbox.prune(new Date(now.getTime() - limits.keepMs));
          pruneAt = now.getTime() + PRUNE_EVERY_MS;
        }
      } catch (error) {
        // The lanes stay: they know what has been sent, and record it before anything else once that works again.
        log.error({ error: messageOf(error) }, 'the store fails; deliveries wait');
      }
      await clock.sleep(LEAD_CHECK_MS, over.signal);
    }
    signal.removeEventListener('abort', end);
    end();
    await Promise.all(running);
  }

  return {
    async run(signal) {
      let wait = limits.idleMs;
      while (!signal.aborted) {
        try {
          if (await leadership.lead()) await term(signal);
          wait = limits.idleMs;
        } catch (error) {
          log.error({ error: messageOf(error) }, 'the store fails; deliveries wait');
          wait = Math.min(wait * 2, LONGEST_STORE_WAIT_MS);
        }
        await clock.sleep(wait, signal);
      }
      await leadership.resign().catch((error: unknown) => {
        log.warn({ error: messageOf(error) }, 'the lead could not be handed over; it runs out by itself');
      });
    },
  };
}

const LEAD_CHECK_MS = 1_000;
const LONGEST_STORE_WAIT_MS = 30_000;
