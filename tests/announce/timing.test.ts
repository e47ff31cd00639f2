import fc from 'fast-check';
import { scheduleFor } from '../../src/announce/timing.ts';
import type { Settings } from '../../src/subscribers/settings.ts';

const at = (text: string) => new Date(text);
const clock = (text: string) => {
  const [hour, minute] = text.split(':').map(Number);
  return (hour ?? 0) * 60 + (minute ?? 0);
};
const daily = (time: string, timezone: string): Settings => ({
  when: { kind: 'daily', minute: clock(time) },
  timezone,
});
const quiet = (from: string, to: string, timezone: string): Settings => ({
  when: { kind: 'at-once' },
  quiet: { from: clock(from), to: clock(to) },
  timezone,
});

function due(settings: Settings | undefined, now: string, timezone = 'UTC'): string {
  return scheduleFor(settings, at(now), timezone)?.toISOString() ?? 'at once';
}

describe('a reader who has chosen nothing', () => {
  it('hears at once', () => {
    expect(due(undefined, '2026-03-02T09:00:00Z')).toBe('at once');
    expect(due({ when: { kind: 'at-once' } }, '2026-03-02T09:00:00Z')).toBe('at once');
  });
});

describe('a daily digest', () => {
  it('comes at the chosen time of the reader’s own day', () => {
    expect(due(daily('20:00', 'Asia/Shanghai'), '2026-03-02T09:00:00Z')).toBe('2026-03-02T12:00:00.000Z');
    expect(due(daily('20:00', 'Asia/Shanghai'), '2026-03-02T12:00:01Z')).toBe('2026-03-03T12:00:00.000Z');
    expect(due(daily('20:00', 'Asia/Shanghai'), '2026-03-02T12:00:00Z')).toBe('at once');
  });

  it('is right in zones with half and quarter hours', () => {
    expect(due(daily('08:00', 'Asia/Kolkata'), '2026-03-02T00:00:00Z')).toBe('2026-03-02T02:30:00.000Z');
    expect(due(daily('08:00', 'Asia/Kathmandu'), '2026-03-02T00:00:00Z')).toBe('2026-03-02T02:15:00.000Z');
    // Lord Howe moves its clocks by half an hour.
    expect(due(daily('08:00', 'Australia/Lord_Howe'), '2026-04-03T23:00:00Z')).toBe('2026-04-04T21:30:00.000Z');
  });

  it('uses the configured timezone for readers who chose none, or one that does not exist', () => {
    const settings: Settings = { when: { kind: 'daily', minute: clock('20:00') } };
    expect(due(settings, '2026-03-02T09:00:00Z', 'Asia/Shanghai')).toBe('2026-03-02T12:00:00.000Z');
    const wrong = { ...settings, timezone: 'Mars/Olympus' };
    expect(due(wrong, '2026-03-02T09:00:00Z', 'Asia/Shanghai')).toBe('2026-03-02T12:00:00.000Z');
  });

  it('at 02:30 comes once on the day when that time does not exist', () => {
    // In Berlin clocks went from 02:00 to 03:00 on 29 March 2026.
    const berlin = daily('02:30', 'Europe/Berlin');
    expect(due(berlin, '2026-03-28T12:00:00Z')).toBe('2026-03-29T01:30:00.000Z');
    expect(due(berlin, '2026-03-29T01:30:01Z')).toBe('2026-03-30T00:30:00.000Z');
  });

  it('at 02:30 comes once on the day when that time exists twice', () => {
    // And from 03:00 back to 02:00 on 25 October.
    const berlin = daily('02:30', 'Europe/Berlin');
    expect(due(berlin, '2026-10-24T12:00:00Z')).toBe('2026-10-25T00:30:00.000Z');
    expect(due(berlin, '2026-10-25T00:30:01Z')).toBe('2026-10-26T01:30:00.000Z');
    expect(due(berlin, '2026-10-25T01:29:59Z')).toBe('2026-10-26T01:30:00.000Z');
  });

  it('comes exactly once a day, whatever the zone, the hour and the year’s changes of the clock', () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Chatham'];
    const start = at('2026-01-01T00:00:00Z').getTime();
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.nat(1439), fc.nat(700), (timezone, minute, day) => {
        const settings: Settings = { when: { kind: 'daily', minute }, timezone };
        const from = new Date(start + day * 86_400_000);
        const first = scheduleFor(settings, from, 'UTC') ?? from;
        const second = scheduleFor(settings, new Date(first.getTime() + 1), 'UTC') ?? first;
        const localDay = (date: Date) => date.toLocaleDateString('en-CA', { timeZone: timezone });
        const nextDay = new Date(`${localDay(first)}T00:00:00Z`).getTime() + 86_400_000;
        expect(localDay(second)).toBe(new Date(nextDay).toISOString().slice(0, 10));
      }),
    );
  });
});

describe('a weekly digest', () => {
  it('comes on the chosen day', () => {
    const friday: Settings = { when: { kind: 'weekly', weekday: 5, minute: clock('18:00') }, timezone: 'UTC' };
    // 2 March 2026 is a Monday.
    expect(due(friday, '2026-03-02T09:00:00Z')).toBe('2026-03-06T18:00:00.000Z');
    expect(due(friday, '2026-03-06T17:59:00Z')).toBe('2026-03-06T18:00:00.000Z');
    expect(due(friday, '2026-03-06T18:00:01Z')).toBe('2026-03-13T18:00:00.000Z');
    expect(due(friday, '2026-03-07T09:00:00Z')).toBe('2026-03-13T18:00:00.000Z');
  });
});

describe('quiet hours', () => {
  it('that cross midnight hold messages until morning', () => {
    const nights = quiet('22:00', '08:00', 'Asia/Shanghai');
    expect(due(nights, '2026-03-02T13:59:00Z')).toBe('at once');
    expect(due(nights, '2026-03-02T14:00:00Z')).toBe('2026-03-03T00:00:00.000Z');
    expect(due(nights, '2026-03-02T20:00:00Z')).toBe('2026-03-03T00:00:00.000Z');
    expect(due(nights, '2026-03-03T00:00:00Z')).toBe('at once');
  });

  it('within one day hold messages until they end', () => {
    const noon = quiet('12:00', '14:00', 'UTC');
    expect(due(noon, '2026-03-02T11:59:59Z')).toBe('at once');
    expect(due(noon, '2026-03-02T12:00:00Z')).toBe('2026-03-02T14:00:00.000Z');
    expect(due(noon, '2026-03-02T14:00:00Z')).toBe('at once');
  });

  it('begin and end at any minute', () => {
    const nights = quiet('22:30', '07:45', 'UTC');
    expect(due(nights, '2026-03-02T22:29:00Z')).toBe('at once');
    expect(due(nights, '2026-03-02T22:30:00Z')).toBe('2026-03-03T07:45:00.000Z');
    expect(due(nights, '2026-03-03T07:44:00Z')).toBe('2026-03-03T07:45:00.000Z');
    expect(due(nights, '2026-03-03T07:45:00Z')).toBe('at once');
  });

  it('that begin when they end never hold anything', () => {
    expect(due(quiet('08:00', '08:00', 'UTC'), '2026-03-02T08:00:00Z')).toBe('at once');
  });

  it('end in the later of two hours of the same name, so that nothing is due in the past', () => {
    // 02:10 for the second time in Berlin, quiet until 02:30.
    expect(due(quiet('22:00', '02:30', 'Europe/Berlin'), '2026-10-25T01:10:00Z')).toBe('2026-10-25T01:30:00.000Z');
  });

  it('hold a digest too', () => {
    const settings = { ...daily('07:00', 'UTC'), quiet: { from: clock('22:00'), to: clock('08:00') } };
    expect(due(settings, '2026-03-02T05:00:00Z')).toBe('2026-03-02T08:00:00.000Z');
    const evening = { ...settings, when: daily('20:00', 'UTC').when };
    expect(due(evening, '2026-03-02T05:00:00Z')).toBe('2026-03-02T20:00:00.000Z');
    const afterNoon = { ...evening, quiet: { from: clock('12:00'), to: clock('14:00') } };
    expect(due(afterNoon, '2026-03-02T05:00:00Z')).toBe('2026-03-02T20:00:00.000Z');
  });
});

describe('a pause', () => {
  it('holds everything until it ends, and then the other settings count', () => {
    const paused = { when: { kind: 'at-once' }, pausedUntil: at('2026-03-09T10:00:00Z') } as const;
    expect(due(paused, '2026-03-02T09:00:00Z')).toBe('2026-03-09T10:00:00.000Z');
    expect(due(paused, '2026-03-09T10:00:00Z')).toBe('at once');
    const digest = { ...daily('08:00', 'UTC'), pausedUntil: at('2026-03-09T10:00:00Z') };
    expect(due(digest, '2026-03-02T09:00:00Z')).toBe('2026-03-10T08:00:00.000Z');
    // One that is over changes nothing.
    expect(due(digest, '2026-03-12T09:00:00Z')).toBe('2026-03-13T08:00:00.000Z');
  });
});

it('never names a time in the past, nor one that is not right to send at', () => {
  const minute = fc.nat(1439);
  const when = fc.oneof(
    fc.constant({ kind: 'at-once' as const }),
    fc.record({ kind: fc.constant('daily' as const), minute }),
    fc.record({ kind: fc.constant('weekly' as const), weekday: fc.constantFrom(1, 4, 7), minute }),
  );
  const instant = fc.date({ min: at('2026-01-01'), max: at('2027-12-31'), noInvalidDate: true });
  const zone = fc.constantFrom('Europe/Berlin', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'Asia/Shanghai');
  fc.assert(
    fc.property(
      when,
      fc.option(fc.record({ from: minute, to: minute })),
      fc.option(instant),
      zone,
      instant,
      (...args) => {
        const [kind, hush, pause, timezone, now] = args;
        const settings = {
          when: kind,
          ...(hush && { quiet: hush }),
          ...(pause && { pausedUntil: pause }),
          timezone,
        } as Settings;
        const found = scheduleFor(settings, now, 'UTC');
        if (found) expect(found.getTime()).toBeGreaterThan(now.getTime());
        // When the time has come, a message that is due goes: quiet hours and pauses are over.
        const then = found ?? now;
        expect(scheduleFor({ ...settings, when: { kind: 'at-once' } }, then, 'UTC')).toBeUndefined();
      },
    ),
  );
});
