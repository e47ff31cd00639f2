import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { licencesDocumentNow } from './licences.ts';

// `npm run licences`: writes docs/licences.md anew.
writeFileSync(fileURLToPath(new URL('../docs/licences.md', import.meta.url)), licencesDocumentNow());
