import type { Clock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { Message } from '../message/message.ts';
import { type Address, formatAddress } from '../subscribers/address.ts';
import type { Deliverer } from './deliverer.ts';

export interface AdminNoticesOptions {
  readonly admins: readonly Address[];
  readonly deliverers: readonly Deliverer[];
  /** What an admin is told: the state of announcing, as it is when asked for. */
  readonly messageFor: (admin: Address) => Promise<Message>;
  readonly clock: Clock;
  readonly log: Log;
}

const ATTEMPTS = 3;
const LONGEST_WAIT_MS = 60_000;

/**
 * Makes what tells the admins, each at an address of theirs, that something waits for their word. A notice that does not
 * arrive is only logged: it is repeated in the log and shown by /announce, and nothing depends on it.
 */
export function createAdminNotices(options: AdminNoticesOptions): (signal: AbortSignal) => Promise<void> {
  const { admins, deliverers, messageFor, clock, log } = options;

  async function tell(admin: Address, deliverer: Deliverer, signal: AbortSignal): Promise<void> {
    const address = formatAddress(admin);
    const outgoing = { id: `notice to ${address}`, address: admin, message: await messageFor(admin) };
    for (let attempt = 1; ; attempt++) {
      const outcome = await deliverer.deliver(outgoing, signal);
      if (outcome.kind === 'delivered') return;
      const wait = outcome.kind === 'retry' ? outcome.notBefore.getTime() - clock.now().getTime() : Number.NaN;
      if (attempt >= ATTEMPTS || signal.aborted || !(wait <= LONGEST_WAIT_MS)) {
        log.warn({ admin: address, outcome: outcome.kind }, 'an admin could not be told that something waits');
        return;
      }
      await clock.sleep(Math.max(0, wait), signal);
    }
  }

  return async (signal) => {
    await Promise.all(
      admins.map(async (admin) => {
        const deliverer = deliverers.find((one) => one.channel === admin.channel);
        if (!deliverer) return;
        await tell(admin, deliverer, signal).catch((error: unknown) => {
          log.warn({ admin: formatAddress(admin), error: messageOf(error) }, 'an admin could not be told');
        });
      }),
    );
  };
}
