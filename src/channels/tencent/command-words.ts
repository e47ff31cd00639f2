import { definitions } from '../../conversation/definitions.ts';
import type { Command, CommandName } from '../../message/command.ts';
import type { Language } from '../../subscribers/subscriber.ts';

/**
 * The words by which a reader gives this command: the Chinese word alone, where there is one, or the name
 * with a slash.
 */
export function wordsOf({ name, argument }: Command, language: Language): string {
  const word = (language === 'zh' && chineseWordOf(name)) || `/${name}`;
  return argument ? `${word} ${argument}` : word;
}

/** A category is asked for with the word for all of them. */
function chineseWordOf(name: CommandName): string | undefined {
  const asked = name === 'category' ? 'categories' : name;
  return definitions.find((definition) => definition.name === asked)?.chinese[0];
}
