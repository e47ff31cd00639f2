import type { CommandName } from '../message/command.ts';
import type { Language } from '../subscribers/subscriber.ts';
import { definitions } from './definitions.ts';
import type { Phrases } from './phrases/phrases.ts';

/** One line of a platform's command menu. */
export interface CommandDescription {
  readonly name: CommandName;
  /** 3 to 100 characters in each language. */
  readonly description: Readonly<Record<Language, string>>;
}

/** The commands that a platform's menu should list for everyone, in order. */
export function commandDescriptions(phrases: Phrases): readonly CommandDescription[] {
  return definitions.filter(({ listed }) => listed).map(({ name }) => describe(name, phrases));
}

/** Those that it should list for admins on top. */
export function adminCommandDescriptions(phrases: Phrases): readonly CommandDescription[] {
  return definitions.filter(({ audience }) => audience === 'admins').map(({ name }) => describe(name, phrases));
}

function describe(name: CommandName, phrases: Phrases): CommandDescription {
  const key = `describe-${name}`;
  return { name, description: { zh: phrases.zh(key), en: phrases.en(key) } };
}
