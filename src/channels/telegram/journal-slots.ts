import { randomUUID } from 'node:crypto';
import type { Clock } from '../../kernel/clock.ts';
import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import type { UpdateClaims } from './update-journal.ts';

/**
 * Gives each of several processes a journal of its own, numbered from 0, for as long as it lives: whoever finds the
 * lease of a number run out takes over what stands in its journal.
 */
export interface JournalSlot {
  /** The key of this process's journal. */
  readonly key: string;
  /**
   * Keeps the lease until the signal aborts, and hands over the journals of processes that died. Never rejects: a
   * round that fails is told, and the next one makes it good.
   */
  keep(adopt: Adopt, signal: AbortSignal, failed: (fault: unknown) => void): Promise<void>;
  /** One such round. */
  adoptOrphans(adopt: Adopt): Promise<void>;
  release(): Promise<void>;
}

/** Takes over what stands in the journal of this key. */
type Adopt = (key: string) => Promise<void>;

/** A process that dies leaves its updates to others after so long. */
const leaseMs = 15_000;
const renewMs = 5_000;
const mostSlots = 64;
/** Journals beyond one's own number are looked for so far. */
const lookAhead = 4;
/** Telegram keeps an update for a day, so it cannot come again after. */
const claimMs = 25 * 60 * 60_000;

/** The journal of the one process that polls: no two can, so it needs no lease. */
export const pollingJournalKey = 'telegram.updates.polling';

const keyOf = (slot: number) => `telegram.updates.${slot}`;
const leaseOf = (slot: number) => `telegram.slot.${slot}`;

/** @throws Error if every number is taken */
export async function takeJournalSlot(values: KeyValueStore, clock: Clock): Promise<JournalSlot> {
  const me = randomUUID();
  let mine = 0;
  while (!(await lease(values, clock, mine, me))) {
    mine += 1;
    if (mine >= mostSlots) throw new Error(`more than ${mostSlots} processes take Telegram's updates`);
  }
  return {
    key: keyOf(mine),
    keep: async (adopt, signal, failed) => {
      for (;;) {
        await clock.sleep(renewMs, signal);
        if (signal.aborted) return;
        try {
          await values.put(leaseOf(mine), me, new Date(clock.now().getTime() + leaseMs));
          await adoptOrphans(values, clock, adopt, mine);
        } catch (fault) {
          failed(fault);
        }
      }
    },
    adoptOrphans: (adopt) => adoptOrphans(values, clock, adopt, mine),
    release: () => values.remove(leaseOf(mine)),
  };
}

/** Hands over the journals whose process has died, or that an earlier process with another transport has left. */
export async function adoptOrphans(values: KeyValueStore, clock: Clock, adopt: Adopt, mine = -1): Promise<void> {
  for (let slot = 0; slot <= mine + lookAhead; slot += 1) {
    if (slot === mine || (await values.get(keyOf(slot))) === undefined) continue;
    if (!(await lease(values, clock, slot, randomUUID()))) continue;
    await adopt(keyOf(slot));
    await values.remove(leaseOf(slot));
  }
}

function lease(values: KeyValueStore, clock: Clock, slot: number, owner: string): Promise<boolean> {
  return values.putIfAbsent(leaseOf(slot), owner, new Date(clock.now().getTime() + leaseMs));
}

/** Claims that hold for all processes on one store. */
export function createUpdateClaims(values: KeyValueStore, clock: Clock): UpdateClaims {
  const nameOf = (updateId: number) => `telegram.update.${updateId}`;
  return {
    claim: async (updates, key) => {
      const until = new Date(clock.now().getTime() + claimMs);
      const claimed = await Promise.all(
        updates.map(async ({ id, formerKey }) => {
          if (await values.putIfAbsent(nameOf(id), key, until)) return true;
          if (formerKey === undefined || (await values.get(nameOf(id))) !== formerKey) return false;
          await values.put(nameOf(id), key, until);
          return true;
        }),
      );
      return new Set(updates.filter((_, at) => claimed[at]).map(({ id }) => id));
    },
  };
}
