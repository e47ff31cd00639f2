import { existsSync, readFileSync } from 'node:fs';
import type { Fold } from '../text/fold.ts';
import { keyOfText } from '../text/key.ts';
import { readDefaultGlossary } from './default-glossary.ts';
import type { Glossary } from './glossary.ts';

/** A name as comparing needs it. */
export interface SpeltName {
  /** Folded. */
  readonly text: string;
  /** See `keyOf`. */
  readonly key: string;
  /** Written with a capital and small letters, as products are. */
  readonly proper: boolean;
}

/** A concept of a glossary, all its names spelt. */
export interface SpeltConcept {
  readonly names: readonly SpeltName[];
  readonly related: readonly SpeltName[];
  readonly everyday: boolean;
}

/** Where `npm run build` leaves the default glossary spelt: to spell ten thousand names takes as long as a start. */
export const SPELT_FILE = new URL('./default-glossary.built.json', import.meta.url);

export function spellGlossary({ concepts }: Glossary, fold: Fold): readonly SpeltConcept[] {
  const spell = (name: string): SpeltName => {
    const folded = fold(name);
    return { text: folded.lower, key: keyOfText(folded), proper: /^[A-Z]+[a-z]/.test(name) };
  };
  return concepts.map(({ names, related, everyday = false }) => ({
    names: names.map(spell),
    related: related.map(spell),
    everyday,
  }));
}

/** The glossary that comes with Postbell: as it was built, or spelt anew where the app runs from its sources. */
export function readSpeltDefaultGlossary(fold: Fold): readonly SpeltConcept[] {
  if (existsSync(SPELT_FILE)) return JSON.parse(readFileSync(SPELT_FILE, 'utf8'));
  return spellGlossary(readDefaultGlossary(), fold);
}
