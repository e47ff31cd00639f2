import type { Settings, Weekday } from '../subscribers/settings.ts';
import type { Language } from '../subscribers/subscriber.ts';
import { fold } from './clean-text.ts';
import { mostCardsPerPage } from './paging.ts';
import { timezoneNamed } from './timezone-named.ts';

/** One change that a reader asks for after `/settings`. */
export type SettingsWish =
  | { readonly kind: 'when'; readonly when: Settings['when'] }
  | { readonly kind: 'quiet'; readonly quiet: Settings['quiet'] }
  | { readonly kind: 'timezone'; readonly timezone: string }
  | { readonly kind: 'cards-per-page'; readonly count: number }
  | { readonly kind: 'language'; readonly language: Language };

/** Digests come at eight in the morning unless a time is given. */
const usualMinute = 8 * 60;

const languageWords: ReadonlyMap<string, Language> = new Map([
  ['zh', 'zh'],
  ['中文', 'zh'],
  ['汉语', 'zh'],
  ['chinese', 'zh'],
  ['en', 'en'],
  ['英文', 'en'],
  ['英语', 'en'],
  ['english', 'en'],
]);

const englishDays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const chineseDays = ['一', '二', '三', '四', '五', '六', '日'];

const time = String.raw`(\d{1,2})(?:[:.点](\d{2})?(半)?)?\s*(am|pm)?`;
const atOnce = /^(?:at once|now|immediately|立刻|马上|立即|即时|实时)$/;
const daily = new RegExp(`^(?:daily|every day|每天|每日)(?:\\s*(?:at\\s+)?${time})?$`);
const weekly = new RegExp(
  `^(?:weekly|every week|every|每周|每星期)\\s*(?:on\\s+)?((?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|[一二三四五六日天])?(?:\\s*(?:at\\s+)?${time})?$`,
);
const quietHours = new RegExp(`^(?:quiet|免打扰|静音)\\s*${time}\\s*(?:-|–|~|to|到|至)\\s*${time}$`);
const quietOff = /^(?:quiet|免打扰|静音)\s*(?:off|none|no|关|关闭|取消|无)$/;
const timezone = /^(?:timezone|time zone|时区)\s*(\S.*)$/;
const perPage =
  /^(?:(?:results|cards|page)\s*(\d{1,2})|(\d{1,2})\s*(?:results\s*|cards\s*)?(?:per|a) page|每页\s*(\d{1,2})\s*[篇条]?)$/;
const language = /^(?:language|语言)?\s*(\S+)$/;

/**
 * Reads what follows `/settings`: `daily 8:30`, `weekly mon 20:00`, `at once`, `quiet 22:00-8:00`, `quiet off`,
 * `timezone Tokyo`, `results 10`, `language en`, and the same in Chinese. Undefined for anything else.
 */
export function readSettingsWish(words: string): SettingsWish | undefined {
  const typed = fold(words);
  return readWhen(typed) ?? readQuiet(typed) ?? readZone(typed) ?? readPerPage(typed) ?? readLanguage(typed);
}

function readWhen(typed: string): SettingsWish | undefined {
  if (atOnce.test(typed)) return { kind: 'when', when: { kind: 'at-once' } };
  const everyDay = daily.exec(typed);
  if (everyDay) {
    const minute = minuteOf(everyDay.slice(1), usualMinute);
    return minute === undefined ? undefined : { kind: 'when', when: { kind: 'daily', minute } };
  }
  const everyWeek = weekly.exec(typed);
  if (!everyWeek) return undefined;
  const weekday = weekdayOf(everyWeek[1]);
  const minute = minuteOf(everyWeek.slice(2), usualMinute);
  return weekday && minute !== undefined ? { kind: 'when', when: { kind: 'weekly', weekday, minute } } : undefined;
}

function readQuiet(typed: string): SettingsWish | undefined {
  if (quietOff.test(typed)) return { kind: 'quiet', quiet: undefined };
  const hours = quietHours.exec(typed);
  const from = hours && minuteOf(hours.slice(1, 5));
  const to = hours && minuteOf(hours.slice(5, 9));
  if (typeof from !== 'number' || typeof to !== 'number') return undefined;
  return { kind: 'quiet', quiet: from === to ? undefined : { from, to } };
}

function readZone(typed: string): SettingsWish | undefined {
  const [, name] = timezone.exec(typed) ?? [];
  const zone = name === undefined ? undefined : timezoneNamed(name);
  return zone === undefined ? undefined : { kind: 'timezone', timezone: zone };
}

function readPerPage(typed: string): SettingsWish | undefined {
  const count = Number(perPage.exec(typed)?.slice(1).find(Boolean) ?? 0);
  return count >= 1 && count <= mostCardsPerPage ? { kind: 'cards-per-page', count } : undefined;
}

function readLanguage(typed: string): SettingsWish | undefined {
  const [, name = ''] = language.exec(typed) ?? [];
  const known = languageWords.get(name);
  return known && { kind: 'language', language: known };
}

/** Of hour, minutes, `半` and `am` or `pm` as `time` catches them; undefined for no time of day. */
function minuteOf(parts: readonly (string | undefined)[], usual?: number): number | undefined {
  const [hours, minutes, half, noon] = parts;
  if (hours === undefined) return usual;
  const hour = noon ? (Number(hours) % 12) + (noon === 'pm' ? 12 : 0) : Number(hours);
  const minute = half ? 30 : Number(minutes ?? 0);
  return hour < 24 && minute < 60 ? hour * 60 + minute : undefined;
}

/** Monday where no day is given. */
function weekdayOf(day: string | undefined): Weekday | undefined {
  if (day === undefined) return 1;
  const place = Math.max(englishDays.indexOf(day.slice(0, 3)), chineseDays.indexOf(day === '天' ? '日' : day)) + 1;
  return place >= 1 && place <= 7 ? (place as Weekday) : undefined;
}
