import { documentOf } from '../corpus/document.ts';
import type { Unit } from './unit.ts';

/** What is surely meant by a unit: as typed, or under another of its names. */
const SURE = 0.75;

/**
 * Whether a query asks for two things that the catalog has as typed, but never in one post: then a post about one
 * of them is not what was asked. Where some post has both, those with one may follow it.
 */
export function isPairApart(units: readonly Unit[]): boolean {
  const [first, second, ...more] = units.filter(({ role }) => role === 'asked');
  if (!first || !second || more.length > 0 || !isTyped(first) || !isTyped(second)) return false;
  const sure = ({ terms }: Unit) => terms.filter(({ weight }) => weight >= SURE);
  return !sure(first).some((a) => sure(second).some((b) => meet(a.entries, b.entries)));
}

function isTyped({ terms }: Unit): boolean {
  return terms.some(({ origin }) => origin === 'typed');
}

/** Whether two ascending lists of entries have a document in common. */
function meet(a: readonly number[], b: readonly number[]): boolean {
  let at = 0;
  for (const entry of a) {
    const document = documentOf(entry);
    while (at < b.length && documentOf(b[at] ?? 0) < document) at++;
    if (at === b.length) return false;
    if (documentOf(b[at] ?? 0) === document) return true;
  }
  return false;
}
