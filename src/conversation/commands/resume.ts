import type { CommandDefinition } from '../asking.ts';
import { changeSettings } from '../change-subscriber.ts';
import { refusalOf } from '../refusal-of.ts';
import { settingsOf, settingsView } from '../settings-view.ts';

/** Ends a pause. */
export const resume: CommandDefinition = {
  name: 'resume',
  chinese: ['恢复'],
  listed: true,

  async answer(asking) {
    const { now, say, subscriber } = asking;
    const refusal = refusalOf(asking);
    if (refusal) return refusal;
    const { pausedUntil } = settingsOf(subscriber);
    if (!pausedUntil || pausedUntil <= now) return settingsView(asking, subscriber, say('resume-nothing'));

    const changed = await changeSettings(asking, (current) => {
      const { pausedUntil: _, ...settings } = settingsOf(current);
      return { ...current, settings };
    });
    return settingsView(asking, changed, say('resume-done'));
  },
};
