import { dateIn } from '../../conversation/by-day.ts';

/** How many there were at the end of a day (`YYYY-MM-DD`). */
export interface GrowthDay {
  readonly day: string;
  readonly count: number;
}

/**
 * How many of those who came at these instants were there at the end of each of the last `days` calendar days of a
 * timezone, today the last of them: a day is one where clocks change, too.
 */
export function growthOf(
  since: readonly Date[],
  { now, timezone, days }: { readonly now: Date; readonly timezone: string; readonly days: number },
): readonly GrowthDay[] {
  const came = since.map((instant) => dateIn(instant, timezone).toString()).sort();
  const today = dateIn(now, timezone);
  let reached = 0;
  return Array.from({ length: days }, (_, at) => {
    const day = today.subtract({ days: days - 1 - at }).toString();
    while (reached < came.length && (came[reached] ?? '') <= day) reached += 1;
    return { day, count: reached };
  });
}
