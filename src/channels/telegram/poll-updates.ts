import type { Api } from 'grammy';
import type { Clock } from '../../kernel/clock.ts';
import { messageOf } from '../../kernel/errors.ts';
import type { Log } from '../../kernel/log.ts';
import { allowedUpdates } from './allowed-updates.ts';
import { failureOf } from './failure-of.ts';
import { grammySignal } from './telegram-api.ts';
import type { UpdateIntake } from './update-intake.ts';

interface PollingParts {
  /** Its calls may last as long as a long poll does. */
  readonly api: Api;
  readonly intake: UpdateIntake;
  readonly clock: Clock;
  readonly log: Log;
  /** Says what keeps us from polling; undefined when all is well again. */
  readonly report: (trouble: string | undefined) => void;
}

/** In seconds; Telegram allows 50. */
export const longPollSeconds = 30;
const longestPauseMs = 30_000;
const unauthorizedPauseMs = 60_000;
const confirmMs = 2_000;
/** In a row: some three seconds of them. */
const failuresToReport = 3;

/**
 * Takes updates by long polling until the signal aborts. An update is confirmed to Telegram only after the intake
 * has kept it. Whatever goes wrong is reported and tried again, later each time.
 */
export async function pollUpdates(parts: PollingParts, signal: AbortSignal): Promise<void> {
  const { api, intake, clock, log, report } = parts;
  let offset: number | undefined;
  let failures = 0;
  let hasPolled = false;

  const next = async (): Promise<void> => {
    await intake.room();
    const updates = await api.getUpdates(
      {
        limit: 100,
        timeout: longPollSeconds,
        allowed_updates: allowedUpdates,
        ...(offset !== undefined && { offset }),
      },
      grammySignal(signal),
    );
    await intake.accept(updates);
    const last = updates.at(-1);
    if (last) offset = last.update_id + 1;
    if (failures > 0 && hasPolled) log.info({}, 'Telegram is polled again');
    failures = 0;
    hasPolled = true;
    report(undefined);
  };

  const removeWebhook = async (): Promise<boolean> => {
    try {
      await api.deleteWebhook(undefined, grammySignal(signal));
    } catch {
      return false;
    }
    log.info({}, 'a webhook was set; it is removed, so that updates can be polled');
    return true;
  };

  const recoverFrom = async (thrown: unknown): Promise<void> => {
    const failure = failureOf(thrown);
    const reason = failure?.reason ?? messageOf(thrown);
    failures += 1;
    const hasWebhook = failure?.kind === 'conflict' && /webhook/i.test(reason);
    // One that is there at the start was left by an earlier process; one that comes later is somebody else's.
    if (hasWebhook && (await removeWebhook()) && !hasPolled && failures === 1) return;
    const pause =
      failure?.kind === 'too-fast'
        ? failure.seconds * 1000
        : failure?.kind === 'unauthorized'
          ? unauthorizedPauseMs
          : Math.min(500 * 2 ** failures, longestPauseMs);
    const trouble =
      failure?.kind === 'conflict'
        ? `somebody else takes the updates of this bot (${reason}): stop the other process`
        : failure?.kind === 'unauthorized'
          ? `Telegram refuses TELEGRAM_BOT_TOKEN (${reason})`
          : `Telegram cannot be polled (${reason})`;
    // A server that hiccups is no reason to send readers of the page elsewhere; one that goes on failing is.
    if (failures >= failuresToReport || failure?.kind === 'conflict' || failure?.kind === 'unauthorized')
      report(trouble);
    log.warn({ reason, failures, pauseMs: pause }, trouble);
    await clock.sleep(pause, signal);
  };

  while (!signal.aborted) {
    try {
      await next();
    } catch (thrown) {
      if (!signal.aborted) await recoverFrom(thrown);
    }
  }
  // What was kept need not come again. If this fails it does, and is known.
  const confirmed = grammySignal(AbortSignal.timeout(confirmMs));
  if (offset !== undefined) await api.getUpdates({ offset, limit: 1, timeout: 0 }, confirmed).catch(() => {});
}
