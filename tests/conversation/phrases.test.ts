import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { definitions } from '../../src/conversation/definitions.ts';
import { loadPhrases, readPhraseFile } from '../../src/conversation/phrases/phrases.ts';
import { languages } from '../../src/subscribers/subscriber.ts';

const src = fileURLToPath(new URL('../../src', import.meta.url));

describe('the phrases', () => {
  it('hold the same keys in every language', () => {
    const [first, ...others] = languages.map((language) => [...variablesOf(language).keys()].toSorted());
    for (const keys of others) expect(keys).toEqual(first);
  });

  it('use the same values in every language', () => {
    const zh = variablesOf('zh');
    for (const [key, variables] of variablesOf('en')) {
      expect({ key, variables: zh.get(key) }).toEqual({ key, variables });
    }
  });

  it('are all said somewhere', () => {
    const sources = sourcesThatSpeak().join('\n');
    const made = new Set(keysOfCommands());
    const unsaid = [...variablesOf('en').keys()].filter((key) => !made.has(key) && !sources.includes(`'${key}'`));
    expect(unsaid).toEqual([]);
  });

  it('are all there when they are said', () => {
    const there = new Set(variablesOf('en').keys());
    const said = sourcesThatSpeak().flatMap((source) =>
      // The first argument, or both sides of a choice in it.
      [...source.matchAll(/(?:\bsay|phrases(?:\.\w+|\[\w+\]))\(([^)]*)/g)].flatMap(([, call = '']) =>
        [...call.matchAll(/'([a-z]+(?:-[a-z0-9]+)*)'/g)].map(([, key = '']) => key),
      ),
    );
    expect(said.length).toBeGreaterThan(50);
    expect([...said, ...keysOfCommands()].filter((key) => !there.has(key))).toEqual([]);
  });

  it('read as whole sentences for every number', () => {
    const phrases = loadPhrases();
    for (const language of languages) {
      for (const [key, variables] of variablesOf(language)) {
        for (const count of [0, 1, 2, 1234]) {
          const values = Object.fromEntries(
            [...variables, 'slash'].map((name) => [name, /count|number|more|page/.test(name) ? count : 'x']),
          );
          expect(phrases[language](key, values)).not.toMatch(/[{}]|undefined|^\s*$/);
        }
      }
    }
  });

  it('refuse a missing value rather than show a gap', () => {
    expect(() => loadPhrases().en('search-nothing')).toThrow('query');
    expect(() => loadPhrases().zh('no-such-phrase')).toThrow('no-such-phrase');
  });
});

/** Each key of a language with the variables that its phrase names. */
function variablesOf(language: 'zh' | 'en'): Map<string, string[]> {
  const entries = readPhraseFile(language).split(/^(?=[a-z][a-z0-9-]* =)/m);
  return new Map(
    entries.slice(1).map((entry) => {
      const phrase = entry.replace(/^#.*$/gm, '');
      // Only Chinese commands go without a slash in some chats.
      const variables = [...phrase.matchAll(/\$(?!slash)([a-z]+)/g)].map(([, name = '']) => name);
      return [entry.slice(0, entry.indexOf(' =')), [...new Set(variables)].toSorted()];
    }),
  );
}

function sourcesThatSpeak(): string[] {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return files.map((file) => readFileSync(join(src, file), 'utf8')).filter((source) => /\bsay\b|phrases/.test(source));
}

/** The keys that are made of a command's name. */
function keysOfCommands(): string[] {
  return definitions.flatMap(({ audience, listed, name }) => [
    ...(listed || audience ? [`usage-${name}`, `describe-${name}`] : []),
  ]);
}
