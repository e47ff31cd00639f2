import fc from 'fast-check';
import { scheduleFor } from '../../src/announce/timing.ts';
import { readSettingsWish } from '../../src/conversation/settings-words.ts';
import { timezoneNamed } from '../../src/conversation/timezone-named.ts';
import type { Message } from '../../src/message/message.ts';
import { createConversationWorld, reader } from '../support/conversation-world.ts';

const labels = ({ actions }: Message) => actions.flat().map(({ label }) => label);
const at = (hours: number, minutes = 0) => hours * 60 + minutes;

async function settingsOf({ book }: ReturnType<typeof createConversationWorld>) {
  return (await book.find(reader))?.settings;
}

describe('/settings', () => {
  it('shows how things are before anything was chosen, and stores nothing', async () => {
    const world = createConversationWorld();
    expect((await world.ask('/settings')).text).toBe(
      'New posts: at once\nQuiet hours: none\nTimezone: Asia/Shanghai\nResults per page: 5\nLanguage: English',
    );
    expect(await world.book.find(reader)).toBeUndefined();
  });

  it('changes the usual things by buttons, in place, and offers what is not chosen', async () => {
    const world = createConversationWorld();
    const weekly = await world.press(await world.ask('/settings'), 'Mondays at 8:00');
    const quiet = await world.press(weekly, 'Quiet from 22:00');
    const paused = await world.press(quiet, 'Pause for 7 days');

    expect(await settingsOf(world)).toEqual({
      when: { kind: 'weekly', weekday: 1, minute: at(8) },
      quiet: { from: at(22), to: at(8) },
      pausedUntil: new Date('2026-12-02T08:00:00Z'),
    });
    expect(paused.text).toContain('Paused until 2 Dec 2026, 16:00');
    expect(labels(paused)).toEqual(expect.arrayContaining(['at once', 'No quiet hours', 'End the pause']));
    expect(labels(paused)).not.toContain('Mondays at 8:00');

    const resumed = await world.press(await world.press(paused, 'End the pause'), 'No quiet hours');
    await world.press(resumed, 'at once');
    expect(await settingsOf(world)).toEqual({ when: { kind: 'at-once' } });
  });

  it.each([
    ['daily', { kind: 'daily', minute: at(8) }],
    ['daily 20:30', { kind: 'daily', minute: at(20, 30) }],
    ['every day at 8pm', { kind: 'daily', minute: at(20) }],
    ['每天 8点半', { kind: 'daily', minute: at(8, 30) }],
    ['每天８：０５', { kind: 'daily', minute: at(8, 5) }],
    ['weekly', { kind: 'weekly', weekday: 1, minute: at(8) }],
    ['every Friday at 18:00', { kind: 'weekly', weekday: 5, minute: at(18) }],
    ['每周日 21点', { kind: 'weekly', weekday: 7, minute: at(21) }],
    ['每周天', { kind: 'weekly', weekday: 7, minute: at(8) }],
    ['at once', { kind: 'at-once' }],
    ['马上', { kind: 'at-once' }],
  ])('understands “%s”', (words, when) => {
    expect(readSettingsWish(words)).toEqual({ kind: 'when', when });
  });

  it.each([
    ['quiet 22:00-8:00', { from: at(22), to: at(8) }],
    ['免打扰 23点到7点半', { from: at(23), to: at(7, 30) }],
    ['quiet off', undefined],
    ['免打扰 关', undefined],
    ['quiet 8:00-8:00', undefined],
  ])('understands “%s”', (words, quiet) => {
    expect(readSettingsWish(words)).toEqual({ kind: 'quiet', quiet });
  });

  it.each([
    ['results 8', 8],
    ['3 per page', 3],
    ['10 results a page', 10],
    ['每页 8 篇', 8],
    ['每页１０条', 10],
  ])('understands “%s”', (words, count) => {
    expect(readSettingsWish(words)).toEqual({ kind: 'cards-per-page', count });
  });

  it('shows as many results on a page as were chosen, in every list and over all pages', async () => {
    const world = createConversationWorld();
    const larger = await world.press(await world.ask('/settings'), '10 per page');
    expect(larger.text).toContain('Results per page: 10');
    expect(labels(larger)).toEqual(expect.arrayContaining(['3 per page', '5 per page']));

    const first = await world.ask('LoRA');
    const second = await world.turn(first, 'next');
    expect([first, second].map(({ cards, page }) => [cards.length, page?.index, page?.count])).toEqual([
      [10, 0, 2],
      [2, 1, 2],
    ]);
    expect(second.firstRank).toBe(11);

    await world.ask('/settings results 3');
    for (const text of ['/latest', '/category LLM', 'LoRA']) {
      const { cards, page } = await world.ask(text);
      expect([text, cards.length, page?.count]).toEqual([text, 3, text === '/latest' ? 6 : 4]);
    }
  });

  it('leads to the last page by a button of a time when pages were smaller', async () => {
    const world = createConversationWorld();
    const second = await world.turn(await world.ask('LoRA'), 'next');
    await world.ask('/settings results 10');
    expect((await world.turn(second, 'next')).page).toMatchObject({ index: 1, count: 2 });
  });

  it('lets a place say how much it shows, whatever the reader chose', async () => {
    const world = createConversationWorld();
    await world.ask('/settings results 3');
    expect((await world.ask('LoRA', { cardsPerPage: 12 })).cards).toHaveLength(12);
  });

  it.each([
    'daily 25:00',
    'daily 8:75',
    'quiet 22',
    'weekly someday',
    'results 0',
    'results 11',
    'timezone Nowhere',
    'louder',
    '每天 中午',
  ])('says that it does not know “%s” and changes nothing', async (words) => {
    const world = createConversationWorld();
    expect((await world.ask(`/settings ${words}`)).text).toContain(`“${words}”`);
    expect(await world.book.find(reader)).toBeUndefined();
  });

  it('reckons in the chosen timezone', async () => {
    const world = createConversationWorld();
    expect((await world.ask('/settings timezone new york')).text).toContain('Timezone: America/New_York');
    expect((await world.ask('/pause 1d')).text).toContain('Paused until 26 Nov 2026, 03:00');
  });

  it('speaks the chosen language from that very answer on, and after the last subscription is gone', async () => {
    const world = createConversationWorld();
    expect((await world.press(await world.ask('/settings'), '中文')).text).toContain('改好了');
    await world.ask('/subscribe');
    await world.ask('/unsubscribe');
    expect((await world.ask('/latest', { language: 'en' })).text).toContain('最新文章');
  });

  it('keeps a group’s settings for its admins', async () => {
    const world = createConversationWorld();
    const member = { place: 'group', mayManage: false } as const;
    for (const text of ['/settings daily', '/pause', '/resume'])
      expect((await world.ask(text, member)).aside).toBe(true);
    expect(await world.book.find(reader)).toBeUndefined();
  });

  it('stores nothing that the schedule cannot keep, whatever is asked', () => {
    const words = fc.constantFrom(
      'daily',
      'weekly',
      'fri',
      '每周',
      '8',
      ':',
      '30',
      'pm',
      'quiet',
      '-',
      '22:00',
      '时区',
      'utc+8',
      '东京',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 6 }), (parts) => {
        const wish = readSettingsWish(parts.join(''));
        if (wish?.kind !== 'when' && wish?.kind !== 'quiet') return;
        const settings = {
          when: { kind: 'at-once' } as const,
          ...(wish.kind === 'when' ? { when: wish.when } : wish.quiet && { quiet: wish.quiet }),
        };
        const now = new Date('2026-11-25T08:00:00Z');
        const due = scheduleFor(settings, now, 'Asia/Shanghai');
        expect(due === undefined || due > now).toBe(true);
      }),
    );
  });
});

describe('a timezone', () => {
  it.each([
    ['Asia/Tokyo', 'Asia/Tokyo'],
    ['asia/tokyo', 'Asia/Tokyo'],
    ['Tokyo', 'Asia/Tokyo'],
    ['new york', 'America/New_York'],
    ['北京', 'Asia/Shanghai'],
    ['UTC', 'UTC'],
    ['utc+8', 'Etc/GMT-8'],
    ['GMT-3', 'Etc/GMT+3'],
  ])('is known as %s', (words, zone) => {
    expect(timezoneNamed(words)).toBe(zone);
  });

  it.each(['', 'Atlantis', 'UTC+99', '../etc/passwd', '['.repeat(50)])('is not known as %j', (words) => {
    expect(timezoneNamed(words)).toBeUndefined();
  });
});

describe('/pause and /resume', () => {
  it.each([
    ['/pause', '2026-12-02T08:00:00Z'],
    ['/pause 7d', '2026-12-02T08:00:00Z'],
    ['/pause 12 hours', '2026-11-25T20:00:00Z'],
    ['/pause 2w', '2026-12-09T08:00:00Z'],
    ['/暂停 3天', '2026-11-28T08:00:00Z'],
    ['/暂停12小时', '2026-11-25T20:00:00Z'],
  ])('%s holds news back until %s', async (text, until) => {
    const world = createConversationWorld();
    await world.ask(text);
    expect((await settingsOf(world))?.pausedUntil).toEqual(new Date(until));
  });

  it.each(['forever', '0d', '400d', '-3d', '9999w'])('asks again for “%s”', async (words) => {
    const world = createConversationWorld();
    expect((await world.ask(`/pause ${words}`)).text).toContain('For how long?');
    expect(await settingsOf(world)).toBeUndefined();
  });

  it('ends a pause, and says so when there is none', async () => {
    const world = createConversationWorld();
    await world.ask('/pause');
    expect((await world.ask('/resume')).text).toContain('Welcome back');
    expect((await settingsOf(world))?.pausedUntil).toBeUndefined();
    expect((await world.ask('/resume')).text).toContain('Nothing is paused');
  });
});
