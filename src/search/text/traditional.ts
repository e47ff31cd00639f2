import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as OpenCc from 'opencc-js/t2cn';
import { hasCjk } from './char-class.ts';

/** Turns traditional characters and Taiwan's words into mainland ones; leaves simplified text as it is. */
export type Simplify = (text: string) => string;

/** Where `npm run build` leaves the characters that plain conversion changes; the data is OpenCC's, not ours to commit. */
export const CHARACTERS_FILE = new URL('./traditional-characters.txt', import.meta.url);

/**
 * Text that plain conversion leaves alone is simplified already, and is not touched: by phrases, simplified
 * words would be changed too. Otherwise it is converted by phrases, since Taiwan says 資料庫 where the mainland
 * says 数据库. The tables load when the first traditional character is met.
 */
export function createSimplify(): Simplify {
  let marks: Uint8Array | undefined;
  let converters: Converters | undefined;
  return (text) => {
    if (!hasCjk(text)) return text;
    marks ??= marksOf(builtCharacters() ?? changedCharacters());
    // Most text has no such character, and looking is far cheaper than converting.
    if (!hasMarked(text, marks)) return text;
    converters ??= loadConverters();
    return converters.byCharacter(text) === text ? text : converters.byPhrase(text);
  };
}

/** All characters that plain conversion changes; loads the tables. */
export function changedCharacters(): string {
  // Set apart by spaces, lest two make a phrase.
  const all = Array.from({ length: LAST_HAN - FIRST_HAN + 1 }, (_, at) => String.fromCharCode(FIRST_HAN + at));
  const converted = loadConverters().byCharacter(all.join(' ')).split(' ');
  return all.filter((character, at) => converted[at] !== character).join('');
}

const FIRST_HAN = 0x4e00;
const LAST_HAN = 0x9fff;

interface Converters {
  readonly byCharacter: Simplify;
  readonly byPhrase: Simplify;
}

function loadConverters(): Converters {
  const { Converter }: typeof OpenCc = createRequire(import.meta.url)('opencc-js/t2cn');
  return { byCharacter: Converter({ from: 't', to: 'cn' }), byPhrase: Converter({ from: 'twp', to: 'cn' }) };
}

/** Undefined where the app runs from its sources. */
function builtCharacters(): string | undefined {
  return existsSync(CHARACTERS_FILE) ? readFileSync(CHARACTERS_FILE, 'utf8') : undefined;
}

/** By code from the first Han character on: 1 for those given. */
function marksOf(characters: string): Uint8Array {
  const marks = new Uint8Array(LAST_HAN - FIRST_HAN + 1);
  for (let at = 0; at < characters.length; at++) marks[characters.charCodeAt(at) - FIRST_HAN] = 1;
  return marks;
}

function hasMarked(text: string, marks: Uint8Array): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // Rarer Han characters, outside of the table, are few: they are given to the converter.
    if (code > LAST_HAN ? code >= 0xd800 && code < 0xe000 : code >= 0x3400 && code < FIRST_HAN) return true;
    if (marks[code - FIRST_HAN] === 1) return true;
  }
  return false;
}
