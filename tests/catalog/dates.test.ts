import fc from 'fast-check';
import { createCatalogFolder, readMarkdownFile, readOnce } from '../support/catalog-world.ts';

/** A day of the calendar, whose month and day tell themselves from each other where a form needs that. */
interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const anyDay = fc
  .date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('2069-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date): Day => ({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }));
const manyDays = fc.array(anyDay, { minLength: 1, maxLength: 12 });

const two = (number: number) => String(number).padStart(2, '0');
const iso = ({ year, month, day }: Day) => `${year}-${two(month)}-${two(day)}`;
const english = 'January February March April May June July August September October November December'.split(' ');
const chinese = '一 二 三 四 五 六 七 八 九 十 十一 十二'.split(' ');
const monthName = ({ month }: Day) => english[month - 1] ?? '';
const ordinal = ({ day }: Day) => `${day}${day === 1 ? 'st' : day === 2 ? 'nd' : day === 3 ? 'rd' : 'th'}`;

const forms: readonly [string, (day: Day) => string][] = [
  ['2024-03-05', iso],
  ['2024/3/5', ({ year, month, day }) => `${year}/${month}/${day}`],
  ['2024.03.05', ({ year, month, day }) => `${year}.${two(month)}.${two(day)}`],
  ['2024年3月5日', ({ year, month, day }) => `${year}年${month}月${day}日`],
  ['2024 年 3 月 5 号', ({ year, month, day }) => `${year} 年 ${month} 月 ${day} 号`],
  ['20240305', ({ year, month, day }) => `${year}${two(month)}${two(day)}`],
  ['5 March 2024', (day) => `${day.day} ${monthName(day)} ${day.year}`],
  ['5th March, 2024', (day) => `${ordinal(day)} ${monthName(day)}, ${day.year}`],
  ['05-Mar-24', (day) => `${two(day.day)}-${monthName(day).slice(0, 3)}-${two(day.year % 100)}`],
  ['March 5, 2024', (day) => `${monthName(day)} ${day.day}, ${day.year}`],
  ['Mar. 5th 2024', (day) => `${monthName(day).slice(0, 3)}. ${ordinal(day)} ${day.year}`],
  ['3/5/2024', ({ year, month, day }) => `${month}/${day}/${year}`],
];

async function datesOf(markdown: string): Promise<readonly (string | undefined)[]> {
  return (await readMarkdownFile(markdown)).posts.map(({ date }) => date);
}

/** The dates that a data file's records have, in their order. */
async function readDates(written: readonly string[]): Promise<readonly (string | undefined)[]> {
  const records = written.map((date, at) => ({ title: `Post ${at}`, url: `https://ex.org/${at}`, date }));
  const folder = createCatalogFolder({ 'posts.json': JSON.stringify(records) });
  try {
    return (await readOnce('posts.json', { folder: folder.path })).posts.map(({ date }) => date);
  } finally {
    folder.remove();
  }
}

describe('the date of an item of a list', () => {
  test.each(forms)('is understood as %s, before and behind the link', async (_form, write) => {
    await fc.assert(
      fc.asyncProperty(manyDays, async (days) => {
        const before = days.map((day, at) => `- ${write(day)} [Post ${at}](https://ex.org/${at})`);
        const behind = days.map((day, at) => `- [Post ${at}](https://ex.org/${at}) (${write(day)})`);
        expect(await datesOf(`# Posts\n\n${before.join('\n')}\n`)).toEqual(days.map(iso));
        expect(await datesOf(`# Posts\n\n${behind.join('\n')}\n`)).toEqual(days.map(iso));
      }),
      { numRuns: 20 },
    );
  });

  test.each<[string, (day: Day) => string, (day: Day) => string]>([
    ['a year, 03-05', ({ year }) => `## ${year}`, ({ month, day }) => `${two(month)}-${two(day)}`],
    ['a year, 3月5日', ({ year }) => `## ${year}年`, ({ month, day }) => `${month}月${day}日`],
    ['a year, March 5', ({ year }) => `## ${year}`, (day) => `${monthName(day)} ${day.day}`],
    ['a year, 5th March', ({ year }) => `## ${year}`, (day) => `${ordinal(day)} ${monthName(day)}`],
    ['2024年3月, 5日', ({ year, month }) => `## ${year}年${month}月`, ({ day }) => `${day}日`],
    ['March 2024, 5th', (day) => `## ${monthName(day)} ${day.year}`, ordinal],
    ['2024, then 三月, 5日', (day) => `## ${day.year}\n\n### ${chinese[day.month - 1]}月`, ({ day }) => `${day}日`],
    ['2024, then Mar, 5', (day) => `## ${day.year}\n\n### ${monthName(day).slice(0, 3)}`, ({ day }) => `${day}`],
    ['2024/03, 5日', ({ year, month }) => `## ${year}/${two(month)}`, ({ day }) => `${day}日`],
  ])('takes what it leaves out from the headings above: %s', async (_form, heading, write) => {
    await fc.assert(
      fc.asyncProperty(manyDays, async (days) => {
        const lines = days.map((day, at) => `${heading(day)}\n\n- ${write(day)} [Post ${at}](https://ex.org/${at})\n`);
        expect(await datesOf(`# Posts\n\n${lines.join('\n')}`)).toEqual(days.map(iso));
      }),
      { numRuns: 20 },
    );
  });

  test.each(['2023-02-29', '2024-04-31', '2024-13-01', '2024-00-10', '2024年6月0日', '31 June 2024', 'v1.2024.03.05'])(
    'is not made of %s, which is no day',
    async (written) => {
      expect(await datesOf(`- ${written} [Post](https://ex.org/1)\n`)).toEqual([undefined]);
    },
  );
});

describe('the instant in a data file or feed', () => {
  const anyInstant = fc
    .date({ min: new Date('1970-01-02T00:00:00Z'), max: new Date('2069-12-30T00:00:00Z'), noInvalidDate: true })
    .map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000));
  const at = (instant: Date, hours: number) => new Date(instant.getTime() + hours * 3_600_000).toISOString();
  const written = (instant: Date) => instant.toISOString().replace('.000Z', 'Z');
  const inWords = (shifted: string, zone: string) => {
    const [year = '', month = '', day = ''] = shifted.slice(0, 10).split('-');
    return `${Number(day)} ${english[Number(month) - 1]?.slice(0, 3)} ${year} ${shifted.slice(11, 19)} ${zone}`;
  };

  test.each<[string, (instant: Date) => string]>([
    ['ISO 8601 in UTC', (instant) => instant.toISOString()],
    ['ISO 8601 with an offset', (instant) => `${at(instant, 8).slice(0, 19)}+08:00`],
    ['ISO 8601 with an offset of half an hour', (instant) => `${at(instant, -3.5).slice(0, 19)}-0330`],
    ['RFC 822 with an offset', (instant) => inWords(at(instant, 5.75), '+0545')],
    ['RFC 822 in GMT', (instant) => instant.toUTCString()],
    ['RFC 822 in EST', (instant) => inWords(at(instant, -5), 'EST')],
    ['RFC 822 in PDT', (instant) => inWords(at(instant, -7), 'PDT')],
    ['RFC 822 in JST', (instant) => inWords(at(instant, 9), 'JST')],
    ['UTC+offset, as some write it', (instant) => inWords(at(instant, 8), 'UTC+08:00')],
  ])('is understood as %s', async (_form, write) => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyInstant, { minLength: 1, maxLength: 12 }), async (instants) => {
        expect(await readDates(instants.map(write))).toEqual(instants.map(written));
      }),
      { numRuns: 20 },
    );
  });

  test.each([
    ['2024-03-05 12:30 AM', '2024-03-05T00:30:00Z'],
    ['2024-03-05 12:30 pm', '2024-03-05T12:30:00Z'],
    ['2024-03-05 1:05 PM', '2024-03-05T13:05:00Z'],
    // A leap second, which computers' calendars lack.
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59Z'],
    // The hour is none, the day is one.
    ['2024-03-05 25:00', '2024-03-05'],
    ['2024-03-05 13:00 PM', '2024-03-05'],
    ['2024-03-05 10:75', '2024-03-05'],
  ])('of %s is %s', async (text, date) => {
    expect(await readDates([text])).toEqual([date]);
  });
});
