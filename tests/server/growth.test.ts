import { growthOf } from '../../src/server/admin/growth.ts';

const at = (...instants: string[]) => instants.map((instant) => new Date(instant));

describe('the growth over the last days', () => {
  it('has today as the author’s calendar has it, not the server’s', () => {
    // 03:40 in Shanghai is the evening before in UTC.
    const now = new Date('2026-03-02T19:40:00Z');
    const since = at('2026-03-02T15:59:00Z', '2026-03-02T19:30:00Z');
    expect(growthOf(since, { now, timezone: 'Asia/Shanghai', days: 3 })).toEqual([
      { day: '2026-03-01', count: 0 },
      { day: '2026-03-02', count: 1 },
      { day: '2026-03-03', count: 2 },
    ]);
  });

  it.each([
    ['spring, when a day has 23 hours', '2026-03-31T10:00:00Z', '2026-03-29'],
    ['autumn, when a day has 25', '2026-10-27T10:00:00Z', '2026-10-25'],
  ])('has each day once over the change of clocks in %s', (_name, now, changed) => {
    const growth = growthOf([], { now: new Date(now), timezone: 'Europe/Stockholm', days: 30 });
    expect(new Set(growth.map(({ day }) => day)).size).toBe(30);
    expect(growth.filter(({ day }) => day === changed)).toHaveLength(1);
  });

  it('counts whoever came within an hour that there is twice', () => {
    const since = at('2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2026-10-25T22:30:00Z', '2026-10-25T23:30:00Z');
    const growth = growthOf(since, { now: new Date('2026-10-26T12:00:00Z'), timezone: 'Europe/Stockholm', days: 2 });
    expect(growth.map(({ count }) => count)).toEqual([3, 4]);
  });

  it('begins with those who were there before', () => {
    const growth = growthOf(at('2020-01-01T00:00:00Z'), {
      now: new Date('2026-01-02T00:00:00Z'),
      timezone: 'UTC',
      days: 2,
    });
    expect(growth.map(({ count }) => count)).toEqual([1, 1]);
  });
});
