import { readdirSync, readFileSync } from 'node:fs';
import { type Glossary, loadGlossary } from './glossary.ts';

/** Files of words that say little of a subject. */
const EVERYDAY = new Set(['everyday.yaml', 'verbs.yaml']);

/**
 * The glossary that comes with Postbell: the YAML files beside this module, by field. Reads files; throws on a
 * fault in them, which can only be ours.
 */
export function readDefaultGlossary(): Glossary {
  const folder = new URL('.', import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const concepts = files.sort().flatMap((name) => {
    const { glossary, problems } = loadGlossary(readFileSync(new URL(name, folder), 'utf8'), name);
    const first = problems[0];
    if (first) throw new Error(`Glossary ${name}, line ${first.line}: ${first.message}`);
    return EVERYDAY.has(name)
      ? glossary.concepts.map((concept) => ({ ...concept, everyday: true }))
      : glossary.concepts;
  });
  return { concepts };
}
