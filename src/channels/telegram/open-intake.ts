import type { Update } from 'grammy/types';
import type { Clock } from '../../kernel/clock.ts';
import { messageOf } from '../../kernel/errors.ts';
import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import type { Log } from '../../kernel/log.ts';
import { adoptOrphans, createUpdateClaims, pollingJournalKey, takeJournalSlot } from './journal-slots.ts';
import { createLanes } from './lanes.ts';
import { createUpdateIntake, type UpdateIntake } from './update-intake.ts';
import { createUpdateJournal } from './update-journal.ts';

interface OpenIntakeParts {
  readonly transport: 'polling' | 'webhook';
  readonly values: KeyValueStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly handle: (update: Update) => Promise<void>;
  readonly atOnce: (update: Update) => void;
  readonly signal: AbortSignal;
}

export interface OpenIntake {
  readonly intake: UpdateIntake;
  /** After the signal: resolves when all that was begun is finished, and others may take over the rest. */
  close(): Promise<void>;
}

/** Chats that are answered at a time. */
const parallelChats = 64;
/** Under load, what is to be written in the journal is gathered for so long. */
const gatherMs = 5;

/**
 * An intake with the journal that its transport needs, which begins with what earlier processes left unfinished:
 * one process polls at a time, but any number may be behind one webhook.
 */
export async function openIntake(parts: OpenIntakeParts): Promise<OpenIntake> {
  const { transport, values, clock, log, handle, atOnce, signal } = parts;
  const slot = transport === 'webhook' ? await takeJournalSlot(values, clock) : undefined;
  const journal = createUpdateJournal({
    values,
    key: slot?.key ?? pollingJournalKey,
    wait: () => clock.sleep(gatherMs),
    ...(slot && { claims: createUpdateClaims(values, clock) }),
  });
  const intake = createUpdateIntake({ journal, lanes: createLanes(parallelChats), handle, atOnce, log, signal });
  const adopt = (key: string) => intake.resume(() => journal.adopt(key));

  await intake.resume(() => journal.recover());
  if (slot) {
    await adopt(pollingJournalKey);
    await slot.adoptOrphans(adopt);
  } else {
    await adoptOrphans(values, clock, adopt);
  }
  const keeping = slot?.keep(adopt, signal, (fault) =>
    log.error({ fault: messageOf(fault) }, 'the lease of a journal could not be renewed'),
  );
  return {
    intake,
    close: async () => {
      await keeping;
      await intake.finished();
      await slot?.release();
    },
  };
}
