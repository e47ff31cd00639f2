import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as PinyinPro from 'pinyin-pro';

/** How a Chinese character may be read, commonest first: pinyin without tones, `lü` written `lv`; three at most. */
export type Readings = (character: string) => readonly string[];

/** Where `npm run build` leaves how the common characters are read, a line each; the data is pinyin-pro's. */
export const READINGS_FILE = new URL('./readings.built.txt', import.meta.url);

/** Reads what was built when it is made; for rare characters, or where nothing was built, pinyin-pro is loaded. */
export function createReadings(): Readings {
  const built = existsSync(READINGS_FILE) ? readFileSync(READINGS_FILE, 'utf8').split('\n') : [];
  let rare: Readings | undefined;
  return (character) => {
    const line = built[character.charCodeAt(0) - FIRST_HAN];
    if (line !== undefined) return line === '' ? [] : line.split(' ');
    rare ??= createPackageReadings();
    return rare(character);
  };
}

/** How each common character is read, a line each. */
export function commonReadings(): string {
  const read = createPackageReadings();
  const characters = Array.from({ length: LAST_HAN - FIRST_HAN + 1 }, (_, at) => String.fromCharCode(FIRST_HAN + at));
  return characters.map((character) => read(character).join(' ')).join('\n');
}

const FIRST_HAN = 0x4e00;
const LAST_HAN = 0x9fff;

function createPackageReadings(): Readings {
  const { pinyin }: typeof PinyinPro = createRequire(import.meta.url)('pinyin-pro');
  return (character) => {
    const all = pinyin(character, { multiple: true, toneType: 'none', type: 'array', v: true });
    // The first readings are the common ones; `lue` and `nue` are typed for `lve` and `nve`.
    return [...new Set(all.map((syllable) => syllable.replace(/ü/g, 'v')))]
      .filter((syllable) => /^[a-z]+$/.test(syllable))
      .slice(0, 3);
  };
}
