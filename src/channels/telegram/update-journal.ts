import type { Update } from 'grammy/types';
import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import { createGatheredWriter } from './gathered-writer.ts';

/**
 * Remembers the updates that were taken from Telegram until they are handled, so that a process that dies loses
 * none, and which were taken, so that none is handled twice.
 */
export interface UpdateJournal {
  /** Those that an earlier process took and did not finish, in order. Once, before the first `take`. */
  recover(): Promise<readonly Update[]>;
  /** Takes over what another process left in its journal when it died; those come back, in order. */
  adopt(key: string): Promise<readonly Update[]>;
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

interface JournalParts {
  readonly values: KeyValueStore;
  /** Where this journal is kept. */
  readonly key: string;
  /** Gathers notes under load: resolves some milliseconds later. */
  readonly wait: () => Promise<void>;
  /** Where several processes take updates: which of them is the first to take each. */
  readonly claims?: UpdateClaims;
}

/** Says who takes an update, over all processes. */
export interface UpdateClaims {
  /** The ids of those that nobody has claimed before, or only the journal that they are taken over from. */
  claim(updates: readonly Claim[], key: string): Promise<ReadonlySet<number>>;
}

interface Claim {
  readonly id: number;
  /** Of the journal that it is taken over from. */
  readonly formerKey: string | undefined;
}

interface OpenUpdate {
  readonly update: Update;
  /** How many processes have begun on it. */
  readonly tries: number;
  /** As it is written: once, since a journal is written many times while an update is open. */
  readonly json: string;
  /** Of the journal that it is taken over from. */
  formerKey: string | undefined;
  /** Whether it is ours; undefined so far. */
  claimed?: boolean;
  /** Whether it was handed out: once, when it was written. */
  given: boolean;
}

/** What is written. */
interface Kept {
  /** Inclusive ranges of ids, oldest first. */
  readonly taken: readonly (readonly [number, number])[];
  readonly open: readonly { readonly update: Update; readonly tries: number }[];
}

/** An update that ended this many processes is given up: it may be what ended them. */
const mostTries = 3;
/** Ids are consecutive but for a new random start after a quiet week, so a range must not reach far back. */
const longestRange = 10_000;
const mostRanges = 50;
/** With so many updates at work, further ones that come one by one are written together; polled ones come together. */
const busySize = 8;

export function createUpdateJournal({ values, key, wait, claims }: JournalParts): UpdateJournal {
  let taken: [number, number][] = [];
  const open = new Map<number, OpenUpdate>();
  const writer = createGatheredWriter({
    put: async () => {
      const entries = [...open.values()];
      const updates = entries.map(({ json }) => json);
      await values.put(key, `{"taken":${JSON.stringify(taken)},"open":[${updates.join()}]}`);
      await claimAll(entries);
    },
    wait,
    busy: () => claims !== undefined && open.size >= busySize,
  });

  const openUpdate = (update: Update, tries: number, formerKey?: string): void => {
    addId(taken, update.update_id);
    open.set(update.update_id, { update, tries, json: JSON.stringify({ update, tries }), formerKey, given: false });
  };

  /** Only what is written: a process that dies before it has claimed leaves it to be recovered. */
  const claimAll = async (entries: readonly OpenUpdate[]): Promise<void> => {
    const unclaimed = entries.filter(({ claimed }) => claimed === undefined);
    if (unclaimed.length === 0) return;
    const wanted = unclaimed.map(({ update, formerKey }): Claim => ({ id: update.update_id, formerKey }));
    // Should this fail, some may be claimed all the same: by the next time they count as left by ourselves.
    for (const entry of unclaimed) entry.formerKey ??= key;
    const ours = await claims?.claim(wanted, key);
    for (const entry of unclaimed) entry.claimed = ours?.has(entry.update.update_id) ?? true;
  };

  const noteHandled = ({ update_id: id }: Update): void => {
    if (open.delete(id)) writer.note();
  };

  const give = async (updates: readonly Update[]): Promise<readonly Update[]> => {
    if (updates.length === 0) return [];
    await writer.write();
    const given: Update[] = [];
    for (const update of updates) {
      const entry = open.get(update.update_id);
      if (!entry || entry.given) continue;
      entry.given = true;
      if (entry.claimed) given.push(update);
      else noteHandled(update);
    }
    return given;
  };

  /** What stands in a journal, each update with one try more; those that had enough are gone. */
  const reopen = async (from: string): Promise<readonly Update[]> => {
    const kept = readKept(await values.get(from));
    const formerlyTaken = kept.taken.map(([first, last]): [number, number] => [first, last]);
    taken = [...formerlyTaken, ...taken].slice(-mostRanges);
    const again = kept.open.filter(({ tries }) => tries < mostTries);
    for (const { update, tries } of again) openUpdate(update, tries + 1, from);
    return again.map(({ update }) => update);
  };

  return {
    recover: async () => give(await reopen(key)),
    adopt: async (former) => {
      const given = await give(await reopen(former));
      await values.remove(former);
      return given;
    },
    take: async (updates) => {
      for (const update of updates) {
        if (!hasId(taken, update.update_id)) openUpdate(update, 1);
      }
      taken = taken.slice(-mostRanges);
      // Also those that could not be written before, and those that another call is just writing.
      return give(updates.filter(({ update_id: id }) => open.get(id)?.given === false));
    },
    handled: noteHandled,
    settled: () => writer.write(),
  };
}

function hasId(ranges: readonly (readonly [number, number])[], id: number): boolean {
  return ranges.some(([first, last]) => id >= first && id <= last);
}

function addId(ranges: [number, number][], id: number): void {
  if (hasId(ranges, id)) return;
  const before = ranges.find(([, last]) => last === id - 1);
  if (before) {
    before[1] = id;
    before[0] = Math.max(before[0], id - longestRange);
  } else {
    ranges.push([id, id]);
  }
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
