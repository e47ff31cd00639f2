import { compactOf } from '../text/key.ts';
import { singular } from '../text/stem.ts';
import type { Origin } from './term.ts';
import type { Unit } from './unit.ts';

/** Where names for the very thing come from. */
const NAMING: ReadonlySet<Origin> = new Set(['glossary', 'catalog', 'numeronym']);

/**
 * What the only thing that is asked for is called too; none where more is asked for. A title that is such a name is
 * about nothing else, as one that is the query.
 */
export function otherNamesOf(units: readonly Unit[]): ReadonlySet<string> {
  const [only, ...more] = units.filter(({ role }) => role !== 'filler');
  if (!only || more.length > 0 || only.role !== 'asked') return new Set();
  return new Set(only.terms.filter(({ origin }) => NAMING.has(origin)).map(({ text }) => nameOf(compactOf(text))));
}

/** A compact text as a name: the same in the plural. */
export function nameOf(compact: string): string {
  return singular(compact);
}
