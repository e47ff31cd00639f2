import { parseDate } from '../dates.ts';

/**
 * Fills a url pattern such as `https://ex.org/{year}/{month}/{slug}/` from a record's fields; `:year` is understood
 * as well, as static site generators write it. Dates give `year`, `month`, `day`; every other name is a field.
 *
 * @returns undefined if the record lacks a field that the pattern names
 */
export function fillPattern(pattern: string, record: Readonly<Record<string, unknown>>): string | undefined {
  const date = parseDate(String(record.date ?? '')) ?? '';
  const dates: Readonly<Record<string, string>> = {
    year: date.slice(0, 4),
    month: date.slice(5, 7),
    day: date.slice(8, 10),
    i_month: String(Number(date.slice(5, 7))),
    i_day: String(Number(date.slice(8, 10))),
  };
  let complete = true;
  const filled = pattern.replace(
    /\{([\w-]+)\}|(?<=\/|^):([a-z_]+)(?=\/|\.|-|$)/g,
    (_, braced?: string, colon?: string) => {
      const name = braced ?? colon ?? '';
      const value = dates[name] ?? record[name];
      const text = Array.isArray(value)
        ? value.map((one) => encodeURIComponent(String(one))).join('/')
        : typeof value === 'string' || typeof value === 'number'
          ? String(value).split('/').map(encodeURIComponent).join('/')
          : '';
      if (text === '' && !/categor/.test(name)) complete = false;
      return text;
    },
  );
  return complete ? filled.replace(/(?<!:)\/{2,}/g, '/') : undefined;
}
