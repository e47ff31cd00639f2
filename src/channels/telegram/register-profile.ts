import type { Phrases } from '../../conversation/phrases/phrases.ts';
import { messageOf } from '../../kernel/errors.ts';
import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import type { Log } from '../../kernel/log.ts';
import type { Address } from '../../subscribers/address.ts';
import {
  adminCommandLists,
  audiences,
  type CommandListParts,
  commandLists,
  dropAdminCommandLists,
  languageCode,
} from './command-lists.ts';
import { failureOf } from './failure-of.ts';
import { menuButtonOf, menuButtonPart } from './menu-button.ts';
import type { ProfilePart } from './profile-part.ts';
import { grammySignal } from './telegram-api.ts';
import type { Self } from './to-incoming.ts';

interface ProfileParts extends CommandListParts {
  readonly self: Self;
  readonly phrases: Phrases;
  readonly admins: readonly Address[];
  /** Of the server, for what Telegram opens there. */
  readonly publicUrl?: string | undefined;
  readonly values: KeyValueStore;
  readonly log: Log;
  /** Cuts it off: what is missing is made good at the next start. */
  readonly signal: AbortSignal;
}

/**
 * Tells Telegram which commands there are, for whom and in each language, what the bot is good for, and what its menu
 * button opens. Telegram limits these calls hard: a list is set only if it differs from the one that is there, a
 * description only where there is none, and once all is known to be right nothing is asked until it changes. A
 * failure is logged, and made good at the next start.
 */
export async function registerProfile(parts: ProfileParts): Promise<void> {
  const { api, phrases, defaultLanguage, publicUrl, signal } = parts;
  const menuButton = menuButtonOf(publicUrl, phrases[defaultLanguage]('telegram-menu'));
  await registerOnce('commands', commandLists(parts), parts);
  await registerOnce('menu-button', [menuButtonPart(api, menuButton, signal)], parts);
  await registerOnce('descriptions', descriptions(parts), parts);
  await registerAdmins(parts);
}

async function registerOnce(what: string, profile: readonly ProfilePart[], parts: ProfileParts): Promise<void> {
  const { self, values } = parts;
  const key = `telegram.${what}.${self.id}`;
  const wanted = JSON.stringify(profile.map((part) => part.wanted));
  await forgiving(what, parts, async () => {
    const former = await values.get(key);
    if (former === wanted) return;
    for (const part of profile) await part.register(former);
    await values.put(key, wanted);
  });
}

/** Each chat for itself: one whose admin has never written to the bot does not keep the others from their lists. */
async function registerAdmins(parts: ProfileParts): Promise<void> {
  const { admins, self, values } = parts;
  const chats = admins.filter(({ channel }) => channel === 'telegram').map(({ chat }) => chat);
  const key = `telegram.admin-chats.${self.id}`;
  const what = (chat: string) => `admin-commands.${chat}`;
  await forgiving('admin-commands', parts, async () => {
    const known = new Set<string>(JSON.parse((await values.get(key)) ?? '[]'));
    const keep = () => values.put(key, JSON.stringify([...known]));
    const newcomers = chats.filter((chat) => !known.has(chat));
    for (const chat of newcomers) known.add(chat);
    if (newcomers.length > 0) await keep();
    for (const chat of known) {
      if (chats.includes(chat)) continue;
      await dropAdminCommandLists(chat, parts);
      await values.remove(`telegram.${what(chat)}.${self.id}`);
      known.delete(chat);
      await keep();
    }
  });
  for (const chat of chats) await registerOnce(what(chat), adminCommandLists(chat, parts), parts);
}

async function forgiving(what: string, { log, signal }: ProfileParts, register: () => Promise<void>): Promise<void> {
  try {
    await register();
  } catch (thrown) {
    if (signal.aborted) return;
    const reason = failureOf(thrown)?.reason ?? messageOf(thrown);
    log.warn({ what, reason }, 'a part of the profile could not be registered; the next start tries again');
  }
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
