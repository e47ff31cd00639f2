import { createRequire } from 'node:module';
import type * as OpenCc from 'opencc-js/t2cn';
import { hasCjk } from './char-class.ts';

/** Turns traditional characters and Taiwan's words into mainland ones; leaves simplified text as it is. */
export type Simplify = (text: string) => string;

/**
 * Text that plain conversion leaves alone is simplified already, and is not touched: by phrases, simplified
 * words would be changed too. Otherwise it is converted by phrases, since Taiwan says 資料庫 where the mainland
 * says 数据库. The tables load when the first Chinese text is met.
 */
export function createSimplify(): Simplify {
  let loaded: Converters | undefined;
  return (text) => {
    if (!hasCjk(text)) return text;
    loaded ??= loadConverters();
    // Most text has no such character, and looking is far cheaper than converting.
    if (!hasMarked(text, loaded.changed)) return text;
    return loaded.byCharacter(text) === text ? text : loaded.byPhrase(text);
  };
}

const FIRST_HAN = 0x4e00;
const LAST_HAN = 0x9fff;

interface Converters {
  /** By code from the first Han character on: 1 where plain conversion changes the character. */
  readonly changed: Uint8Array;
  readonly byCharacter: Simplify;
  readonly byPhrase: Simplify;
}

function loadConverters(): Converters {
  const { Converter }: typeof OpenCc = createRequire(import.meta.url)('opencc-js/t2cn');
  const byCharacter = Converter({ from: 't', to: 'cn' });
  const changed = new Uint8Array(LAST_HAN - FIRST_HAN + 1);
  // Characters are set apart by spaces, lest two make a phrase.
  const all = Array.from(changed, (_, at) => String.fromCharCode(FIRST_HAN + at));
  const converted = byCharacter(all.join(' ')).split(' ');
  for (const [at, character] of all.entries()) changed[at] = converted[at] === character ? 0 : 1;
  return { changed, byCharacter, byPhrase: Converter({ from: 'twp', to: 'cn' }) };
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
