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

/**
 * Whether most of what is asked for is nowhere in the catalog, under any name. Of two things one is enough: the name
 * of a product, a name in Chinese that says what the second is of, or the last of two words in letters, of which the
 * first only says of what kind it is.
 */
export function isMostlyMissing(units: readonly Unit[]): boolean {
  const asked = units.filter(({ role }) => role === 'asked');
  const missing = asked.filter(isMissing);
  const [first, last] = asked;
  const [unit] = missing;
  if (!unit || !first || !last) return false;
  if (asked.length !== 2 || missing.length === 2) return missing.length > asked.length / 2;
  if (unit === first) return unit.proper || (unit.named && !unit.latin);
  return unit.proper || (first.latin && last.latin);
}

function isMissing({ role, terms, parts }: Unit): boolean {
  return role === 'asked' && terms.length === 0 && parts.length === 0;
}
