import { Temporal } from 'temporal-polyfill';
import type { Language } from '../subscribers/subscriber.ts';

/** Of one calendar day: its short name, such as `Mon` or `周一`, and how many instants fall on it. */
export interface DayCount {
  readonly day: string;
  readonly count: number;
}

/** How many instants fall on each of the last `days` calendar days of a timezone, today the last of them. */
export function countByDay(
  instants: readonly Date[],
  { now, timezone, days, language }: { now: Date; timezone: string; days: number; language: Language },
): readonly DayCount[] {
  const today = dateIn(now, timezone);
  const earliest = now.getTime() - (days + 1) * 24 * 60 * 60_000;
  const dates = instants.filter((one) => one.getTime() >= earliest).map((one) => dateIn(one, timezone).toString());
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  return Array.from({ length: days }, (_, at) => {
    const date = today.subtract({ days: days - 1 - at });
    const name = date.toString();
    return {
      day: date.toLocaleString(locale, { weekday: 'short' }),
      count: dates.filter((one) => one === name).length,
    };
  });
}

/** The calendar day of an instant in a timezone. */
export function dateIn(instant: Date, timezone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timezone).toPlainDate();
}
