import type { Subscriber } from '../../subscribers/subscriber.ts';
import type { CommandDefinition } from '../asking.ts';
import { changeSettings } from '../change-subscriber.ts';
import { refusalOf } from '../refusal-of.ts';
import { settingsOf, settingsView } from '../settings-view.ts';
import { readSettingsWish, type SettingsWish } from '../settings-words.ts';

/** When one hears of new posts, how much of a list one sees at a time, and in which language; with words behind it, changes that. */
export const settings: CommandDefinition = {
  name: 'settings',
  chinese: ['设置'],
  listed: true,

  async answer(asking, { argument }) {
    const { say, sayIn, subscriber } = asking;
    if (!argument) return settingsView(asking, subscriber);
    const refusal = refusalOf(asking);
    if (refusal) return refusal;

    const wish = readSettingsWish(argument);
    if (!wish) return settingsView(asking, subscriber, say('settings-unknown', { words: argument }));
    const changed = await changeSettings(asking, (current) => granted(current, wish));
    const language = wish.kind === 'language' ? wish.language : asking.language;
    const spoken = { ...asking, language, say: sayIn(language) };
    return settingsView(spoken, changed, spoken.say('settings-done'));
  },
};

function granted(current: Subscriber, wish: SettingsWish): Subscriber {
  const { quiet, ...rest } = settingsOf(current);
  const kept = { ...rest, ...(quiet && { quiet }) };
  switch (wish.kind) {
    case 'when':
      return { ...current, settings: { ...kept, when: wish.when } };
    case 'quiet':
      return { ...current, settings: { ...rest, ...(wish.quiet && { quiet: wish.quiet }) } };
    case 'timezone':
      return { ...current, settings: { ...kept, timezone: wish.timezone } };
    case 'cards-per-page':
      return { ...current, settings: { ...kept, cardsPerPage: wish.count } };
    case 'language':
      return { ...current, language: wish.language, settings: { ...kept, keepLanguage: true } };
  }
}
