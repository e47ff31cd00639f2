import { writeFileSync } from 'node:fs';
import { COMPILED_FILE, compileInstalledCedict, DIRECTIONS_APART } from './dictionary.ts';

// A step of `npm run build`: leaves the compiled dictionary beside the compiled code.
const { toEnglish, toChinese } = compileInstalledCedict();
writeFileSync(COMPILED_FILE, toEnglish + DIRECTIONS_APART + toChinese);
