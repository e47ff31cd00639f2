import { renameSync, writeFileSync } from 'node:fs';
import { COMPILED_FILE, compileInstalledCedict, DIRECTIONS_APART } from './dictionary/dictionary.ts';
import { readDefaultGlossary } from './glossary/default-glossary.ts';
import { SPELT_FILE, spellGlossary } from './glossary/spelt-glossary.ts';
import { commonReadings, READINGS_FILE } from './query/readings.ts';
import { createFold } from './text/fold.ts';
import { CHARACTERS_FILE, changedCharacters } from './text/traditional.ts';

// A step of `npm run build`: leaves beside the compiled code what each process would otherwise make of its packages'
// data before the first query that needs it.
const { toEnglish, toChinese } = compileInstalledCedict();
write(COMPILED_FILE, toEnglish + DIRECTIONS_APART + toChinese);
write(CHARACTERS_FILE, changedCharacters());
write(READINGS_FILE, commonReadings());
write(SPELT_FILE, JSON.stringify(spellGlossary(readDefaultGlossary(), createFold())));

/** Renamed into its place when it is whole, so that nobody reads half of it. */
function write(file: URL, text: string): void {
  const unfinished = new URL(`${file.href}.${process.pid}`);
  writeFileSync(unfinished, text);
  renameSync(unfinished, file);
}
