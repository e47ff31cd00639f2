import type { Unit } from './unit.ts';

const SHORTEST_FOREIGN = 4;

/** A name that is only known by what it has to do with, such as the language of a framework, is not known. */
export function isUnknownName(unit: Unit): boolean {
  return unit.role === 'asked' && unit.proper && unit.terms.every(({ origin }) => origin === 'related');
}

/** A name for which not even something related is found; of two or three letters it may be an abbreviation of anything. */
export function isForeignName(unit: Unit): boolean {
  return isMissing(unit) && unit.proper && unit.text.length >= SHORTEST_FOREIGN;
}

/** How much of what is asked for is nowhere in the catalog, under any name. */
export type Missing = 'none' | 'some' | 'most';

/**
 * Of two things one is most of them: the name of a product, a name in Chinese that says what the second is of, the
 * name of what is asked of a product, or the last of two words in letters, of which the first only says of what kind
 * it is.
 */
export function missingOf(units: readonly Unit[]): Missing {
  const asked = units.filter(({ role }) => role === 'asked');
  const missing = asked.filter(isMissing);
  if (missing.length === 0) return 'none';
  if (missing.length > asked.length / 2) return 'most';
  return asked.length === 2 && isHalfMost(asked, missing[0]) ? 'most' : 'some';
}

function isHalfMost([first, last]: readonly Unit[], missing: Unit | undefined): boolean {
  if (!first || !last || !missing) return false;
  if (missing === first) return first.proper || (first.named && !first.latin);
  return last.proper || (last.named && first.proper) || (first.latin && last.latin);
}

function isMissing({ role, terms, parts }: Unit): boolean {
  return role === 'asked' && terms.length === 0 && parts.length === 0;
}
