import type { Update } from 'grammy/types';
import type { KeyValueStore } from '../../kernel/key-value-store.ts';

/**
 * Remembers the updates that were taken from Telegram until they are handled, so that a process that dies loses
 * none, and which were taken, so that none is handled twice.
 */
export interface UpdateJournal {
  /** Those that an earlier process took and did not finish, in order. Once, before the first `take`. */
  recover(): Promise<readonly Update[]>;
  /**
   * Keeps the updates; those that were not taken before come back, in order. Telegram may forget them then. Rejects
   * if they could not be written: they may be taken again.
   */
  take(updates: readonly Update[]): Promise<readonly Update[]>;
  /** Notes that an update is done with. Written at once, or together with others under load. */
  handled(update: Update): void;
  /** Resolves when all that was noted is written. */
  settled(): Promise<void>;
}

interface KeptUpdate {
  readonly update: Update;
  /** How many processes have begun on it. */
  readonly tries: number;
}

interface OpenUpdate extends KeptUpdate {
  /** Whether it was handed out: once, when it was written. */
  given: boolean;
}

interface Kept {
  /** Inclusive ranges of ids, oldest first. */
  readonly taken: readonly (readonly [number, number])[];
  readonly open: readonly KeptUpdate[];
}

const key = 'telegram.updates';
/** An update that ended this many processes is given up: it may be what ended them. */
const mostTries = 3;
/** Ids are consecutive but for a new random start after a quiet week, so a range must not reach far back. */
const longestRange = 10_000;
const mostRanges = 50;

/** @param wait gathers notes under load: resolves some milliseconds later */
export function createUpdateJournal(values: KeyValueStore, wait: () => Promise<void>): UpdateJournal {
  let taken: [number, number][] = [];
  const open = new Map<number, OpenUpdate>();
  let wanted = 0;
  let written = 0;
  let writing: Promise<void> | undefined;

  const write = async () => {
    while (written < wanted) {
      const upTo = wanted;
      const kept: Kept = { taken, open: [...open.values()].map(({ update, tries }) => ({ update, tries })) };
      await values.put(key, JSON.stringify(kept));
      written = upTo;
      if (written < wanted) await wait();
    }
  };

  /** Resolves when all that has been noted so far is written. */
  const save = async (): Promise<void> => {
    wanted += 1;
    const mine = wanted;
    while (written < mine) {
      writing ??= write().finally(() => {
        writing = undefined;
      });
      await writing;
    }
  };

  return {
    recover: async () => {
      const kept = readKept(await values.get(key));
      taken = kept.taken.map(([from, to]) => [from, to]);
      for (const { update, tries } of kept.open) {
        if (tries < mostTries) open.set(update.update_id, { update, tries: tries + 1, given: true });
      }
      if (kept.open.length > 0) await save();
      return [...open.values()].map(({ update }) => update);
    },
    take: async (updates) => {
      for (const update of updates) {
        if (addId(taken, update.update_id)) open.set(update.update_id, { update, tries: 1, given: false });
      }
      taken = taken.slice(-mostRanges);
      // Also those that could not be written before, and those that another call is just writing.
      const ungiven = updates.filter(({ update_id: id }) => open.get(id)?.given === false);
      if (ungiven.length > 0) await save();
      return ungiven.filter(({ update_id: id }) => {
        const entry = open.get(id);
        if (!entry || entry.given) return false;
        entry.given = true;
        return true;
      });
    },
    handled: ({ update_id: id }) => {
      if (open.delete(id)) void save().catch(() => {});
    },
    settled: async () => {
      if (written < wanted) await save();
    },
  };
}

/** Adds an id to ranges; false if it was there. */
function addId(ranges: [number, number][], id: number): boolean {
  for (const range of ranges) if (id >= range[0] && id <= range[1]) return false;
  const before = ranges.find(([, to]) => to === id - 1);
  if (before) {
    before[1] = id;
    before[0] = Math.max(before[0], id - longestRange);
  } else {
    ranges.push([id, id]);
  }
  return true;
}

/** What an older or broken version wrote is worth nothing: it reads as empty. */
function readKept(text: string | undefined): Kept {
  const none: Kept = { taken: [], open: [] };
  if (text === undefined) return none;
  try {
    return { ...none, ...(JSON.parse(text) as Partial<Kept>) };
  } catch {
    return none;
  }
}
