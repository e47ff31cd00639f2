import type { Action, Message } from '../message/message.ts';
import type { Settings } from '../subscribers/settings.ts';
import type { Language, Subscriber } from '../subscribers/subscriber.ts';
import type { Asking } from './asking.ts';
import { usualCardsPerPage } from './paging.ts';
import type { Say } from './phrases/phrases.ts';
import { button, buttonInPlace, reply, rowsOf } from './reply.ts';

const atOnce: Settings = { when: { kind: 'at-once' } };

/** How and when whoever asks hears, with buttons that change the usual things in place; `happened` stands above. */
export function settingsView(asking: Asking, subscriber: Subscriber | undefined, happened?: string): Message {
  const { language, say, timezone } = asking;
  const settings = settingsOf(subscriber);
  const paused = pausedUntil(asking, settings);
  const lines = [
    say('settings-when', { when: whenWords(settings.when, say) }),
    settings.quiet
      ? say('settings-quiet', { from: clock(settings.quiet.from), to: clock(settings.quiet.to) })
      : say('settings-no-quiet'),
    say('settings-timezone', { timezone: settings.timezone ?? timezone }),
    say('settings-cards-per-page', { count: settings.cardsPerPage ?? usualCardsPerPage }),
    say('settings-language'),
    ...(paused ? [say('settings-paused', { until: paused })] : []),
  ];
  return reply([...(happened ? [happened, ''] : []), ...lines].join('\n'), {
    footer: say('settings-hint'),
    actions: [
      ...rowsOf(whenButtons(settings, say)),
      ...rowsOf([quietButton(settings, say), pauseButton(paused !== undefined, say)]),
      perPageButtons(settings, say),
      ...rowsOf([languageButton(language, say), button(say('button-subscriptions'), 'subscriptions')]),
    ],
  });
}

/** At once, where nothing was chosen. */
export function settingsOf(subscriber: Subscriber | undefined): Settings {
  return subscriber?.settings ?? atOnce;
}

/** In words and in the reader's own time; undefined if nothing is paused now. */
export function pausedUntil({ language, now, timezone }: Asking, settings: Settings): string | undefined {
  const until = settings.pausedUntil;
  if (!until || until <= now) return undefined;
  return new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: settings.timezone ?? timezone,
  }).format(until);
}

function whenWords(when: Settings['when'], say: Say): string {
  switch (when.kind) {
    case 'at-once':
      return say('when-at-once');
    case 'daily':
      return say('when-daily', { time: clock(when.minute) });
    case 'weekly':
      return say('when-weekly', { day: when.weekday, time: clock(when.minute) });
  }
}

/** The usual choices but for the one that is made already. */
function whenButtons({ when }: Settings, say: Say): Action[] {
  const choices: readonly { readonly when: Settings['when']; readonly words: string }[] = [
    { when: { kind: 'at-once' }, words: 'at once' },
    { when: { kind: 'daily', minute: 8 * 60 }, words: 'daily 8:00' },
    { when: { kind: 'daily', minute: 20 * 60 }, words: 'daily 20:00' },
    { when: { kind: 'weekly', weekday: 1, minute: 8 * 60 }, words: 'weekly mon 8:00' },
  ];
  return choices
    .filter((choice) => whenWords(choice.when, say) !== whenWords(when, say))
    .map((choice) => buttonInPlace(whenWords(choice.when, say), 'settings', choice.words));
}

/** The usual choices but for the one that holds. */
function perPageButtons({ cardsPerPage = usualCardsPerPage }: Settings, say: Say): Action[] {
  return [3, usualCardsPerPage, 10]
    .filter((count) => count !== cardsPerPage)
    .map((count) => buttonInPlace(say('button-cards-per-page', { count }), 'settings', `results ${count}`));
}

function quietButton({ quiet }: Settings, say: Say): Action {
  return quiet
    ? buttonInPlace(say('button-quiet-off'), 'settings', 'quiet off')
    : buttonInPlace(say('button-quiet-on'), 'settings', 'quiet 22:00-8:00');
}

function pauseButton(paused: boolean, say: Say): Action {
  return paused ? buttonInPlace(say('button-resume'), 'resume') : buttonInPlace(say('button-pause'), 'pause', '7d');
}

function languageButton(language: Language, say: Say): Action {
  return buttonInPlace(say('button-other-language'), 'settings', language === 'zh' ? 'language en' : 'language zh');
}

/** 510 is 8:30. */
function clock(minute: number): string {
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
}
