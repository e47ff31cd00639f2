import { writeFileSync } from 'node:fs';
import { CHARACTERS_FILE, changedCharacters } from './traditional.ts';

// A step of `npm run build`: leaves the characters beside the compiled code.
writeFileSync(CHARACTERS_FILE, changedCharacters());
