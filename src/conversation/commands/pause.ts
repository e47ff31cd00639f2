import type { CommandDefinition } from '../asking.ts';
import { changeSettings } from '../change-subscriber.ts';
import { fold } from '../clean-text.ts';
import { refusalOf } from '../refusal-of.ts';
import { pausedUntil, settingsOf, settingsView } from '../settings-view.ts';

const hour = 3_600_000;
const unitsInMs: ReadonlyMap<string, number> = new Map([
  ['h', hour],
  ['d', 24 * hour],
  ['w', 7 * 24 * hour],
]);
const usualPause = 7 * 24 * hour;
const longestPause = 366 * 24 * hour;

/** Nothing new for a while: `/pause 7d`, `/暂停 12小时`; a week where nothing is said. */
export const pause: CommandDefinition = {
  name: 'pause',
  chinese: ['暂停'],
  listed: true,

  async answer(asking, { argument }) {
    const { now, say, subscriber } = asking;
    const refusal = refusalOf(asking);
    if (refusal) return refusal;
    const length = readLength(argument);
    if (length === undefined) return settingsView(asking, subscriber, say('pause-unknown', { words: argument }));

    const until = new Date(now.getTime() + length);
    const changed = await changeSettings(asking, (current) => ({
      ...current,
      settings: { ...settingsOf(current), pausedUntil: until },
    }));
    return settingsView(asking, changed, say('pause-done', { until: pausedUntil(asking, settingsOf(changed)) ?? '' }));
  },
};

/** In milliseconds; undefined for no length, or one of more than a year. */
function readLength(words: string): number | undefined {
  if (!words) return usualPause;
  const [, count, unit = ''] = /^(\d{1,4})\s*(h|d|w|小时|天|周)/.exec(fold(words)) ?? [];
  const english = { 小时: 'h', 天: 'd', 周: 'w' }[unit] ?? unit;
  const length = Number(count) * (unitsInMs.get(english) ?? Number.NaN);
  return length > 0 && length <= longestPause ? length : undefined;
}
