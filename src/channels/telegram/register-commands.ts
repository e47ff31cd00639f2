import type { Api } from 'grammy';
import type { BotCommand } from 'grammy/types';
import type { CommandDescription } from '../../conversation/command-descriptions.ts';
import { messageOf } from '../../kernel/errors.ts';
import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import type { Log } from '../../kernel/log.ts';
import { type Language, languages } from '../../subscribers/subscriber.ts';
import { failureOf } from './failure-of.ts';
import { grammySignal } from './telegram-api.ts';

interface CommandsToRegister {
  readonly api: Api;
  readonly botId: number;
  readonly descriptions: readonly CommandDescription[];
  readonly defaultLanguage: Language;
  readonly values: KeyValueStore;
  readonly log: Log;
  /** Cuts it off: what is missing is made good at the next start. */
  readonly signal: AbortSignal;
}

/**
 * Tells Telegram which commands there are, in each language and for everybody else in the default one. Telegram
 * limits these calls hard, so each list is set only if it differs from the one that is there, and once all are
 * known to be right nothing is asked until they change. A failure is logged, and made good at the next start.
 */
export async function registerCommands(parts: CommandsToRegister): Promise<void> {
  const { api, botId, descriptions, defaultLanguage, values, log } = parts;
  const signal = grammySignal(parts.signal);
  const key = `telegram.commands.${botId}`;
  const lists = [
    { commands: listOf(descriptions, defaultLanguage), of: {} },
    ...languages.map((language) => ({ commands: listOf(descriptions, language), of: { language_code: language } })),
  ];
  const wanted = JSON.stringify(lists);
  try {
    if ((await values.get(key)) === wanted) return;
    for (const { commands, of } of lists) {
      const present = await api.getMyCommands(of, signal);
      if (sameCommands(present, commands)) continue;
      await api.setMyCommands(commands, of, signal);
    }
    await values.put(key, wanted);
  } catch (thrown) {
    if (parts.signal.aborted) return;
    const reason = failureOf(thrown)?.reason ?? messageOf(thrown);
    log.warn({ reason }, 'the commands could not be registered; the next start tries again');
  }
}

function listOf(descriptions: readonly CommandDescription[], language: Language): BotCommand[] {
  return descriptions.map(({ name, description }) => ({ command: name, description: description[language] }));
}

function sameCommands(some: readonly BotCommand[], others: readonly BotCommand[]): boolean {
  return (
    some.length === others.length &&
    some.every(
      ({ command, description }, at) => command === others[at]?.command && description === others[at]?.description,
    )
  );
}
