import type { Api } from 'grammy';
import type { BotCommand, LanguageCode } from 'grammy/types';
import type { CommandDescription } from '../../conversation/command-descriptions.ts';
import type { Phrases } from '../../conversation/phrases/phrases.ts';
import { messageOf } from '../../kernel/errors.ts';
import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import type { Log } from '../../kernel/log.ts';
import type { CommandName } from '../../message/command.ts';
import { type Language, languages } from '../../subscribers/subscriber.ts';
import { failureOf } from './failure-of.ts';
import { grammySignal } from './telegram-api.ts';
import type { Self } from './to-incoming.ts';

interface ProfileParts {
  readonly api: Api;
  readonly self: Self;
  readonly commands: readonly CommandDescription[];
  readonly phrases: Phrases;
  readonly defaultLanguage: Language;
  readonly values: KeyValueStore;
  readonly log: Log;
  /** Cuts it off: what is missing is made good at the next start. */
  readonly signal: AbortSignal;
}

/** In groups these are of no use: what is stored of a person is a matter of the private chat. */
const personal: ReadonlySet<CommandName> = new Set(['privacy', 'forget']);
/** In groups only administrators may do these. */
const managing: ReadonlySet<CommandName> = new Set([
  'subscribe',
  'unsubscribe',
  'subscriptions',
  'settings',
  'pause',
  'resume',
]);

/** A part of the bot's profile, in one language or (undefined) for people of all others. */
interface ProfilePart {
  readonly wanted: unknown;
  /** Sets it if that is called for. */
  readonly register: () => Promise<void>;
}

/**
 * Tells Telegram which commands there are, in each language and for people of others in the default one, and what
 * the bot is good for. Telegram limits these calls hard: a list is set only if it differs from the one that is there,
 * a description only where there is none, and once all is known to be right nothing is asked until it changes. A
 * failure is logged, and made good at the next start.
 */
export async function registerProfile(parts: ProfileParts): Promise<void> {
  await registerOnce('commands', commandLists(parts), parts);
  await registerOnce('descriptions', descriptions(parts), parts);
}

async function registerOnce(
  what: string,
  profile: readonly ProfilePart[],
  { self, values, log, signal }: ProfileParts,
): Promise<void> {
  const key = `telegram.${what}.${self.id}`;
  const wanted = JSON.stringify(profile.map((part) => part.wanted));
  try {
    if ((await values.get(key)) === wanted) return;
    for (const part of profile) await part.register();
    await values.put(key, wanted);
  } catch (thrown) {
    if (signal.aborted) return;
    const reason = failureOf(thrown)?.reason ?? messageOf(thrown);
    log.warn({ what, reason }, 'a part of the profile could not be registered; the next start tries again');
  }
}

/** Each text once for people of other languages, and once for each language that we speak. */
const audiences: readonly (Language | undefined)[] = [undefined, ...languages];
const languageCode = (audience: Language | undefined): { language_code?: LanguageCode } =>
  audience === undefined ? {} : { language_code: audience };

function commandLists({ api, commands, defaultLanguage, signal }: ProfileParts): ProfilePart[] {
  const inGroups = commands.filter(({ name }) => !personal.has(name));
  const scopes = [
    { type: 'default', list: commands },
    { type: 'all_group_chats', list: inGroups.filter(({ name }) => !managing.has(name)) },
    { type: 'all_chat_administrators', list: inGroups },
  ] as const;
  const stop = grammySignal(signal);
  return scopes.flatMap(({ type, list }) =>
    audiences.map((audience): ProfilePart => {
      const wanted = listOf(list, audience ?? defaultLanguage);
      const where = { scope: { type }, ...languageCode(audience) };
      const register = async () => {
        if (!sameCommands(await api.getMyCommands(where, stop), wanted)) await api.setMyCommands(wanted, where, stop);
      };
      return { wanted: [where, wanted], register };
    }),
  );
}

/** The default text comes last: Telegram may show it for languages that have none of their own. */
function descriptions({ api, self: { username }, phrases, defaultLanguage, signal }: ProfileParts): ProfilePart[] {
  const stop = grammySignal(signal);
  return audiences.toReversed().flatMap((audience): ProfilePart[] => {
    const say = phrases[audience ?? defaultLanguage];
    const [long, short] = [say('telegram-about', { username }), say('telegram-about-short')];
    const where = languageCode(audience);
    const registerLong = async () => {
      const { description } = await api.getMyDescription(where, stop);
      if (description === '') await api.setMyDescription(long, where, stop);
    };
    const registerShort = async () => {
      const present = await api.getMyShortDescription(where, stop);
      if (present.short_description === '') await api.setMyShortDescription(short, where, stop);
    };
    return [
      { wanted: [where, long], register: registerLong },
      { wanted: [where, short], register: registerShort },
    ];
  });
}

function listOf(commands: readonly CommandDescription[], language: Language): BotCommand[] {
  return commands.map(({ name, description }) => ({ command: name, description: description[language] }));
}

function sameCommands(some: readonly BotCommand[], others: readonly BotCommand[]): boolean {
  return (
    some.length === others.length &&
    some.every(
      ({ command, description }, at) => command === others[at]?.command && description === others[at]?.description,
    )
  );
}
