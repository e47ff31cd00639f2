import { Temporal } from 'temporal-polyfill';
import { isTimezone } from '../kernel/timezone.ts';
import type { Settings } from '../subscribers/settings.ts';

const MINUTES_A_DAY = 24 * 60;

/**
 * When a subscriber with these settings is to hear of something that is ready now: undefined for at once.
 * Pure. Times of day are wall-clock times of the reader: an hour that the clocks skip counts as the one after
 * it, an hour that they repeat comes once.
 *
 * @param timezone for readers who have not chosen one, or whose choice this machine does not know.
 */
export function scheduleFor(settings: Settings | undefined, now: Date, timezone: string): Date | undefined {
  if (!settings) return undefined;
  const { when, quiet, pausedUntil } = settings;
  const start = pausedUntil && pausedUntil > now ? pausedUntil : now;
  if (when.kind === 'at-once' && !quiet) return start > now ? start : undefined;

  const from = zoned(start, settings.timezone, timezone);
  const told = when.kind === 'at-once' ? from : nextDigest(from, when);
  const due = new Date((quiet ? afterQuiet(told, quiet) : told).epochMilliseconds);
  return due > now ? due : undefined;
}

function nextDigest(
  from: Temporal.ZonedDateTime,
  when: Exclude<Settings['when'], { readonly kind: 'at-once' }>,
): Temporal.ZonedDateTime {
  const days = when.kind === 'daily' ? 1 : 7;
  // A day of this week; one that is over lies a week ahead, as an hour of today does a day.
  const ahead = when.kind === 'daily' ? 0 : when.weekday - from.dayOfWeek;
  const first = from.toPlainDate().add({ days: ahead });
  const candidate = at(first, when.minute, from.timeZoneId);
  return Temporal.ZonedDateTime.compare(candidate, from) >= 0
    ? candidate
    : at(first.add({ days }), when.minute, from.timeZoneId);
}

function afterQuiet(time: Temporal.ZonedDateTime, quiet: NonNullable<Settings['quiet']>): Temporal.ZonedDateTime {
  const minute = time.hour * 60 + time.minute;
  const crossesMidnight = quiet.from > quiet.to;
  const isQuiet = crossesMidnight
    ? minute >= quiet.from || minute < quiet.to
    : minute >= quiet.from && minute < quiet.to;
  if (!isQuiet) return time;
  const day = time.toPlainDate().add({ days: crossesMidnight && minute >= quiet.from ? 1 : 0 });
  // Of an hour that comes twice the later one, or the end of the quiet could lie behind us.
  return at(day, quiet.to, time.timeZoneId, 'later');
}

function at(
  day: Temporal.PlainDate,
  minute: number,
  timezone: string,
  disambiguation: 'compatible' | 'later' = 'compatible',
): Temporal.ZonedDateTime {
  const time = Temporal.PlainTime.from({ hour: Math.floor((minute % MINUTES_A_DAY) / 60), minute: minute % 60 });
  return day.toPlainDateTime(time).toZonedDateTime(timezone, { disambiguation });
}

function zoned(instant: Date, wanted: string | undefined, fallback: string): Temporal.ZonedDateTime {
  const timezone = wanted !== undefined && isTimezone(wanted) ? wanted : fallback;
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timezone);
}
