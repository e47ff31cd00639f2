import { schedule, validateDetailed } from 'node-cron';
import { ConfigError, messageOf } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { isTimezone } from '../kernel/timezone.ts';

export interface ScheduleOptions {
  /** The variable that the pattern comes from, for error messages. */
  readonly variable: string;
  /** Five fields, or six with seconds first. */
  readonly cron: string;
  /** An IANA name. */
  readonly timezone: string;
  /** What to do at each tick. A tick that comes while it still runs is passed over; a rejection is logged. */
  readonly run: (signal: AbortSignal) => Promise<unknown>;
  readonly log: Log;
}

export interface Schedule {
  /** Ticks until the signal aborts; then lets a run that has begun finish, and resolves. */
  run(signal: AbortSignal): Promise<void>;
}

/**
 * Runs something at the times of a cron pattern, by node-cron.
 *
 * @throws ConfigError that names the variable if pattern or timezone mean nothing.
 */
export function createAnnounceSchedule(options: ScheduleOptions): Schedule {
  const { variable, cron, timezone, run, log } = options;
  const { valid, errors } = validateDetailed(cron);
  if (!valid) {
    const fault = errors.map((error) => error.message).join('; ');
    throw new ConfigError(`${variable}: "${cron}" is no cron pattern (${fault}); write one like "*/5 * * * *"`);
  }
  if (!isTimezone(timezone)) {
    throw new ConfigError(`TIMEZONE: "${timezone}" is no timezone; write one like "Asia/Shanghai"`);
  }

  return {
    async run(signal) {
      if (signal.aborted) return;
      let running: Promise<void> | undefined;
      const tick = async () => {
        try {
          await run(signal);
        } catch (error) {
          if (!signal.aborted) log.error({ error: messageOf(error) }, 'a scheduled run failed');
        } finally {
          running = undefined;
        }
      };
      const task = schedule(
        cron,
        () => {
          running ??= tick();
        },
        { timezone, suppressMissedWarning: true, logger: quiet },
      );
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      await task.destroy();
      await running;
    },
  };
}

/** What node-cron has to say is said by us, or is no news. */
const quiet = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };
