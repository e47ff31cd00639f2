/** The year and month that the headings above say, for dates that leave them out. */
export interface DateContext {
  readonly year?: number;
  /** From 1. */
  readonly month?: number;
}

/** A date and where in the text it stands, from `start` to before `end`. */
export interface FoundDate {
  /** `YYYY-MM-DD`, or an ISO instant in UTC where the time is known; no zone means UTC. */
  readonly date: string;
  readonly start: number;
  readonly end: number;
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';
const ordinal = '(?:st|nd|rd|th)?';
/** Hours and minutes with what may follow: seconds, a fraction, am or pm, and a zone. */
const time =
  '(?:[T\\s,]\\s?(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.\\d+)?)?\\s?([ap]m)?\\s?(z|(?:gmt|utc)?[+-]\\d{2}:?\\d{2}|[a-z]{2,4}\\b)?)?';
const before = '(?<![\\d.])';
const after = '(?!\\d|\\.\\d)';

/** Offsets from UTC, in hours, of the zone names of RFC 822 and of those that feeds use beside them. */
const zoneHours: Readonly<Record<string, number>> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  wet: 0,
  bst: 1,
  cet: 1,
  cest: 2,
  eet: 2,
  eest: 3,
  msk: 3,
  ist: 5.5,
  jst: 9,
  kst: 9,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
};

interface Pattern {
  /** What a text must have for the pattern to be worth trying. */
  readonly hint: RegExp;
  readonly pattern: RegExp;
  /** The places of year, month and day among the groups; 0 takes what the context says. The time follows. */
  readonly groups: readonly [year: number, month: number, day: number, time?: number];
}

const fourDigits = /\d{4}/;
const monthName = /jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec/i;

const fullDates: readonly Pattern[] = [
  {
    hint: fourDigits,
    pattern: rule(
      `${before}((?:19|20)\\d{2})\\s?[-/.年]\\s?(\\d{1,2})\\s?[-/.月]\\s?(\\d{1,2})\\s?[日号]?${time}${after}`,
    ),
    groups: [1, 2, 3, 4],
  },
  {
    hint: /\d{8}/,
    pattern: rule(`${before}((?:19|20)\\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])${after}`),
    groups: [1, 2, 3],
  },
  {
    hint: monthName,
    pattern: rule(`${before}\\b(\\d{1,2})${ordinal}[\\s-]${month},?[\\s-]((?:19|20)?\\d{2})${time}${after}`),
    groups: [3, 2, 1, 4],
  },
  {
    hint: monthName,
    pattern: rule(`\\b${month}\\s(\\d{1,2})${ordinal},?\\s?((?:19|20)\\d{2})${time}${after}`),
    groups: [3, 1, 2, 4],
  },
  {
    hint: /\/\d{4}/,
    pattern: rule(`${before}(\\d{1,2})/(\\d{1,2})/((?:19|20)\\d{2})${time}${after}`),
    groups: [3, 1, 2, 4],
  },
];

const yearlessDates: readonly Pattern[] = [
  {
    hint: /[-/.月]/,
    pattern: rule(`${before}(\\d{1,2})\\s?[-/.月]\\s?(\\d{1,2})\\s?[日号]?${after}`),
    groups: [0, 1, 2],
  },
  { hint: monthName, pattern: rule(`\\b${month}\\s(\\d{1,2})${ordinal}\\b${after}`), groups: [0, 1, 2] },
  { hint: monthName, pattern: rule(`${before}\\b(\\d{1,2})${ordinal}\\s${month}(?![a-z])`), groups: [0, 2, 1] },
];

const dayAlone: Pattern = {
  hint: /\d/,
  pattern: rule(`${before}(\\d{1,2})\\s?(?:日|号|st|nd|rd|th|(?=\\s*[-–—:：|.、]|\\s*$|\\s))${after}`),
  groups: [0, 0, 1],
};

function rule(source: string): RegExp {
  return new RegExp(source, 'giu');
}

/** All dates in the text, in no promised order; those that are no days of the calendar are left out. */
export function findDates(text: string, context: DateContext = {}): FoundDate[] {
  if (!/\d/.test(text)) return [];
  const patterns = [...fullDates];
  if (context.year !== undefined) patterns.push(...yearlessDates);
  if (context.year !== undefined && context.month !== undefined) patterns.push(dayAlone);
  const found: FoundDate[] = [];
  for (const one of patterns) {
    if (!one.hint.test(text)) continue;
    for (const match of text.matchAll(one.pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      if (found.some((other) => start < other.end && other.start < end)) continue;
      const date = dateOf(match, one, context);
      if (date !== undefined) found.push({ date, start, end });
    }
  }
  return found;
}

/**
 * Reads a text that is a date, as feeds and data files write it: ISO 8601, RFC 822 with its many faults, or
 * month/day/year.
 *
 * @returns undefined if no day can be made out: a post without a date is better than one with a wrong one
 */
export function parseDate(text: string): string | undefined {
  return findDates(text.slice(0, 100).trim().replace(/\s+/g, ' '))[0]?.date;
}

/** What a heading says of year and month: `2019`, `2019年11月`, `November 2019`, `八月`, `11`. */
export function dateContextOf(heading: string, outer: DateContext = {}): DateContext {
  if (heading.length > 30) return outer;
  const year = /(?<!\d)((?:19|20)\d{2})(?!\d)/.exec(heading)?.[1];
  const rest = heading
    .replace(year ?? '', ' ')
    .replace(/[年\s./()（）[\]-]+/g, ' ')
    .trim();
  const named = monthOf(rest);
  const context = year === undefined ? outer : { year: Number(year) };
  return named === undefined ? context : { ...context, month: named };
}

const monthAlone = new RegExp(`^${month}$`, 'i');
const chineseMonths = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];

function monthOf(text: string): number | undefined {
  const number = /^(\d{1,2})月?$/.exec(text)?.[1];
  if (number !== undefined) return Number(number) >= 1 && Number(number) <= 12 ? Number(number) : undefined;
  const chinese = chineseMonths.indexOf(/^([一二三四五六七八九十]+)月/.exec(text)?.[1] ?? '');
  if (chinese >= 0) return chinese + 1;
  const english = monthAlone.exec(text)?.[1];
  return english === undefined ? undefined : monthNames.indexOf(english.toLowerCase()) + 1;
}

function dateOf(match: RegExpMatchArray, { groups }: Pattern, context: DateContext): string | undefined {
  const [yearGroup, monthGroup, dayGroup, timeGroup] = groups;
  const year = yearGroup === 0 ? context.year : fullYear(match[yearGroup] ?? '');
  const monthText = match[monthGroup] ?? '';
  const monthNumber =
    monthGroup === 0
      ? context.month
      : /^\d/.test(monthText)
        ? Number(monthText)
        : monthNames.indexOf(monthText.toLowerCase()) + 1;
  const day = Number(match[dayGroup]);
  if (year === undefined || monthNumber === undefined || !isDay(year, monthNumber, day)) return undefined;
  const written = `${year}-${two(monthNumber)}-${two(day)}`;
  if (timeGroup === undefined || match[timeGroup] === undefined) return written;
  const [hours, minutes, seconds, half, zone] = match.slice(timeGroup, timeGroup + 5);
  return instantOf(written, { hours, minutes, seconds, half, zone });
}

interface TimeOfDay {
  readonly hours: string | undefined;
  readonly minutes: string | undefined;
  readonly seconds: string | undefined;
  readonly half: string | undefined;
  readonly zone: string | undefined;
}

function instantOf(day: string, { hours = '0', minutes = '0', seconds = '0', half, zone }: TimeOfDay): string {
  const morning = half === undefined ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  if (morning > 23 || Number(minutes) > 59 || Number(hours) > (half ? 12 : 23)) return day;
  const instant = Date.parse(`${day}T${two(morning)}:${minutes}:${two(Math.min(59, Number(seconds)))}Z`);
  return new Date(instant - offsetOf(zone) * 60_000).toISOString().replace('.000Z', 'Z');
}

/** In minutes. */
function offsetOf(zone = 'z'): number {
  const [, sign, hours, minutes] = /^(?:gmt|utc)?([+-])(\d{2}):?(\d{2})$/i.exec(zone) ?? [];
  if (sign) return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  return (zoneHours[zone.toLowerCase()] ?? 0) * 60;
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

function isDay(year: number, monthNumber: number, day: number): boolean {
  const date = new Date(Date.UTC(year, monthNumber - 1, day));
  return monthNumber >= 1 && monthNumber <= 12 && date.getUTCMonth() === monthNumber - 1 && day >= 1;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
