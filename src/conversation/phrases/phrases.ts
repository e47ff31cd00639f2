import { readFileSync } from 'node:fs';
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import type { Language } from '../../subscribers/subscriber.ts';

/** Says one phrase in one language. @throws Error if the phrase or one of its values is missing: a defect of ours. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** Every word of the bot, in every language. */
export type Phrases = Readonly<Record<Language, Say>>;

/** Reads the phrases that lie beside this module, one Fluent file a language. */
export function loadPhrases(): Phrases {
  return { zh: createSay('zh', readPhraseFile('zh')), en: createSay('en', readPhraseFile('en')) };
}

/** The source text of one language's phrases. */
export function readPhraseFile(language: Language): string {
  return readFileSync(new URL(`./${language}.ftl`, import.meta.url), 'utf8');
}

/**
 * Numbers and plurals follow the language. Fluent's isolation marks are off: the values are cleaned of
 * characters that turn the writing direction, and some terminals and chats show the marks as boxes.
 */
function createSay(language: Language, source: string): Say {
  const bundle = new FluentBundle(language, { useIsolating: false });
  const problems = bundle.addResource(new FluentResource(source));
  if (problems[0]) throw problems[0];

  return (key, values) => {
    const pattern = bundle.getMessage(key)?.value;
    if (!pattern) throw new Error(`no phrase "${key}" in ${language}`);
    return bundle.formatPattern(pattern, values as Record<string, FluentVariable> | undefined);
  };
}
