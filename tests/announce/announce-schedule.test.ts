import { createAnnounceSchedule } from '../../src/announce/announce-schedule.ts';
import { ConfigError } from '../../src/kernel/errors.ts';
import { silentLog } from '../../src/kernel/log.ts';

const options = { variable: 'ANNOUNCE_CRON', timezone: 'UTC', run: async () => {}, log: silentLog };

describe('a schedule', () => {
  it.each(['* * * * *', '*/5 * * * *', '0 9 * * 1-5', '*/10 * * * * *'])('takes %s', (cron) => {
    expect(() => createAnnounceSchedule({ ...options, cron })).not.toThrow();
  });

  it.each(['', 'every minute', '* * * *', '61 * * * *', '* * * * * * *'])(
    'refuses "%s" and names the variable',
    (cron) => {
      const create = () => createAnnounceSchedule({ ...options, cron });
      expect(create).toThrow(ConfigError);
      expect(create).toThrow(/^ANNOUNCE_CRON: /);
    },
  );

  it('refuses a timezone that does not exist', () => {
    expect(() => createAnnounceSchedule({ ...options, cron: '* * * * *', timezone: 'Mars/Olympus' })).toThrow(
      /TIMEZONE/,
    );
  });

  it('passes over ticks while a run lasts, survives one that fails, and lets the last one finish', async () => {
    const end = new AbortController();
    const events: string[] = [];
    let release = () => {};
    const schedule = createAnnounceSchedule({
      ...options,
      cron: '* * * * * *',
      run: async () => {
        events.push('begun');
        if (events.length === 1) throw new Error('the first run fails');
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        events.push('finished');
      },
    });
    const ended = schedule.run(end.signal);
    await until(() => events.length === 2);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(events).toEqual(['begun', 'begun']);
    end.abort();
    release();
    await ended;
    expect(events).toEqual(['begun', 'begun', 'finished']);
  });

  it('does not begin once it has been told to stop', async () => {
    let runs = 0;
    const run = async () => {
      runs += 1;
    };
    await createAnnounceSchedule({ ...options, cron: '* * * * * *', run }).run(AbortSignal.abort());
    expect(runs).toBe(0);
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}
