import { renameSync, writeFileSync } from 'node:fs';
import { COMPILED_FILE, compileInstalledCedict, DIRECTIONS_APART } from './dictionary.ts';

// A step of `npm run build`: leaves the compiled dictionary beside the compiled code.
const { toEnglish, toChinese } = compileInstalledCedict();
// Renamed into its place when it is whole, so that nobody reads half of it.
const unfinished = new URL(`${COMPILED_FILE.href}.${process.pid}`);
writeFileSync(unfinished, toEnglish + DIRECTIONS_APART + toChinese);
renameSync(unfinished, COMPILED_FILE);
