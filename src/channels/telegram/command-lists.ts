import type { Api } from 'grammy';
import type { BotCommand, BotCommandScope, LanguageCode } from 'grammy/types';
import type { CommandDescription } from '../../conversation/command-descriptions.ts';
import type { CommandName } from '../../message/command.ts';
import { type Language, languages } from '../../subscribers/subscriber.ts';
import type { ProfilePart } from './profile-part.ts';
import { grammySignal } from './telegram-api.ts';

export interface CommandListParts {
  readonly api: Api;
  /** For everyone. */
  readonly commands: readonly CommandDescription[];
  /** On top, for admins. */
  readonly adminCommands: readonly CommandDescription[];
  readonly defaultLanguage: Language;
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

/** Each text once for people of other languages, and once for each language that we speak. */
export const audiences: readonly (Language | undefined)[] = [undefined, ...languages];
export const languageCode = (audience: Language | undefined): { language_code?: LanguageCode } =>
  audience === undefined ? {} : { language_code: audience };

/** What everyone sees: in private chats, in groups, and in groups that one administers. */
export function commandLists(parts: CommandListParts): ProfilePart[] {
  const inGroups = parts.commands.filter(({ name }) => !personal.has(name));
  return [
    ...listIn({ type: 'default' }, parts.commands, parts),
    ...listIn(
      { type: 'all_group_chats' },
      inGroups.filter(({ name }) => !managing.has(name)),
      parts,
    ),
    ...listIn({ type: 'all_chat_administrators' }, inGroups, parts),
  ];
}

/** What an admin of ours sees in a chat where the admins' commands exist; in a group its administrators see it. */
export function adminCommandLists(chat: string, parts: CommandListParts): ProfilePart[] {
  const isGroup = chat.startsWith('-');
  const usual = isGroup ? parts.commands.filter(({ name }) => !personal.has(name)) : parts.commands;
  return listIn(adminScope(chat), [...usual, ...parts.adminCommands], parts);
}

/** Takes the list of a former admin away, so that they see what everyone does. */
export async function dropAdminCommandLists(chat: string, { api, signal }: CommandListParts): Promise<void> {
  for (const audience of audiences) {
    await api.deleteMyCommands({ scope: adminScope(chat), ...languageCode(audience) }, grammySignal(signal));
  }
}

function adminScope(chat: string): BotCommandScope {
  return { type: chat.startsWith('-') ? 'chat_administrators' : 'chat', chat_id: Number(chat) };
}

function listIn(
  scope: BotCommandScope,
  list: readonly CommandDescription[],
  { api, defaultLanguage, signal }: CommandListParts,
): ProfilePart[] {
  const stop = grammySignal(signal);
  return audiences.map((audience) => {
    const language = audience ?? defaultLanguage;
    const wanted = list.map(
      ({ name, description }): BotCommand => ({ command: name, description: description[language] }),
    );
    const where = { scope, ...languageCode(audience) };
    const register = async () => {
      if (!sameCommands(await api.getMyCommands(where, stop), wanted)) await api.setMyCommands(wanted, where, stop);
    };
    return { wanted: [where, wanted], register };
  });
}

function sameCommands(some: readonly BotCommand[], others: readonly BotCommand[]): boolean {
  return (
    some.length === others.length &&
    some.every(
      ({ command, description }, at) => command === others[at]?.command && description === others[at]?.description,
    )
  );
}
