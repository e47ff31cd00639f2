import type { Command, CommandName } from '../message/command.ts';
import type { CommandDefinition } from './asking.ts';
import { cleanLine, cut, fold } from './clean-text.ts';

/** Characters of a query, a name or a saved query that are looked at. */
export const longestArgument = 200;

/** What a reader's words come to. */
export type Request =
  | {
      readonly kind: 'command';
      readonly command: Command;
      /** Whether the argument is only the beginning of what was sent. */
      readonly shortened: boolean;
    }
  /** A slash, then a word that is no command. */
  | { readonly kind: 'unknown'; readonly word: string; readonly line: string }
  /** Nothing that could be read. */
  | { readonly kind: 'empty' };

/** Which command each word means. */
export interface Vocabulary {
  /** English names and Chinese words, as `fold` leaves them. */
  readonly commands: ReadonlyMap<string, CommandName>;
  /** The Chinese words, longer ones first. */
  readonly chinese: readonly string[];
}

export function createVocabulary(definitions: readonly CommandDefinition[]): Vocabulary {
  const commands = new Map<string, CommandName>();
  for (const { name, chinese } of definitions) {
    for (const word of [name, ...chinese]) commands.set(word, name);
  }
  const chinese = definitions.flatMap((definition) => definition.chinese);
  return { commands, chinese: chinese.toSorted((one, other) => other.length - one.length) };
}

/**
 * Reads typed words: a slash command in English or Chinese, with `bareWords` also a Chinese word alone;
 * anything else is searched for. Full-width slashes, spaces and letters and any case are read too, and so is
 * `、`, which a Chinese keyboard types on the slash key.
 */
export function readRequest(text: string, vocabulary: Vocabulary, options: { readonly bareWords: boolean }): Request {
  const line = cleanLine(text);
  if (!line) return { kind: 'empty' };

  const [, slash, typed] = /^([/／、])\s*(.*)$/u.exec(line) ?? [];
  if (slash === undefined || typed === undefined) {
    return (options.bareWords && readBareWord(line, vocabulary)) || commandRequest('search', line);
  }
  if (typed === '') return commandRequest('help', '');
  const command = readCommand(typed, vocabulary);
  if (command) return command;
  const [word = ''] = typed.split(' ', 1);
  // A path such as /etc/hosts, or a list such as 、一 : words to search for.
  if (slash === '、' || !/^[\p{Letter}\p{Mark}\p{Number}_-]{1,40}$/u.test(word)) return commandRequest('search', line);
  return { kind: 'unknown', word, line: cut(typed, longestArgument) };
}

/** A pressed button's command, held to the same bounds as typed words: its token may have been forged. */
export function commandRequest(name: CommandName, argument: string, page = 0): Request {
  const cleaned = cleanLine(argument);
  const kept = [...cleaned].slice(0, longestArgument).join('').trimEnd();
  const command = { name, argument: kept, page: Number.isSafeInteger(page) ? Math.max(page, 0) : 0 };
  return { kind: 'command', command, shortened: kept.length < cleaned.length };
}

function readCommand(typed: string, { commands, chinese }: Vocabulary): Request | undefined {
  const [word = ''] = typed.split(' ', 1);
  const name = commands.get(fold(word));
  if (name) return commandRequest(name, typed.slice(word.length));
  // Chinese is written without spaces: /订阅微调
  const start = chinese.find((one) => typed.startsWith(one));
  const begun = start && commands.get(start);
  return begun ? commandRequest(begun, typed.slice(start.length)) : undefined;
}

function readBareWord(line: string, { commands, chinese }: Vocabulary): Request | undefined {
  const [word = ''] = line.split(' ', 1);
  const name = chinese.includes(word) ? commands.get(word) : undefined;
  return name && commandRequest(name, line.slice(word.length));
}
