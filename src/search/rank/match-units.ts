import { firstNotBelow } from '../ascending.ts';
import { documentOf, entryOf, fieldOf, SUMMARY, TITLE } from '../corpus/document.ts';
import type { View } from '../corpus/view.ts';
import type { Term } from '../query/term.ts';
import type { Unit } from '../query/unit.ts';
import { type Column, IN_HEAD, IN_TITLE } from './columns.ts';
import { frequencyOf } from './frequency.ts';
import type { Match } from './match.ts';
import * as weights from './weights.ts';
import type { Workspace } from './workspace.ts';

/** The documents that are scored, and the place of each in the list by its number, or -1. */
interface Chosen {
  readonly documents: readonly number[];
  readonly slots: Int32Array;
}

/** How each unit is found in each of the documents: a column for a unit, good until the next search. */
export function matchUnits(
  units: readonly Unit[],
  view: View,
  { slots, column }: Workspace,
  documents: readonly number[],
): readonly Column[] {
  for (let slot = 0; slot < documents.length; slot++) slots[documents[slot] ?? 0] = slot;
  const chosen = { slots, documents };
  const found = units.map((unit, at) => {
    const best = column(2 * at, documents.length);
    matchTerms(unit, best, view, chosen);
    if (unit.parts.length > 0) matchParts(unit, best, column(2 * at + 1, documents.length), view, chosen);
    return best;
  });
  for (const document of documents) slots[document] = -1;
  return found;
}

/** One cell of a column; undefined where the unit is not found. */
export function matchAt(unit: Unit | undefined, column: Column, slot: number): Match | undefined {
  const covered = column.covered[slot] ?? 0;
  if (covered === 0) return undefined;
  const where = column.where[slot] ?? 0;
  return {
    term: unit?.terms[column.term[slot] ?? -1],
    covered,
    value: column.value[slot] ?? 0,
    inTitle: (where & IN_TITLE) !== 0,
    inHead: (where & IN_HEAD) !== 0,
  };
}

function matchTerms({ terms }: Unit, best: Column, view: View, chosen: Chosen): void {
  for (let at = 0; at < terms.length; at++) {
    const term = terms[at];
    if (!term) continue;
    const covered = weights.coveredBy(term);
    const worth = term.weight * term.idf;
    forEachPost(term, view, chosen, (slot, sum, where) => keep(best, slot, worth * sum, covered, at, where));
  }
}

/** The parts of a compound together; `sums` gathers their values, their shares, and where they stand. */
function matchParts({ parts }: Unit, best: Column, sums: Column, view: View, chosen: Chosen): void {
  const { value: values, covered: shares, where: places } = sums;
  for (const { term, share } of parts) {
    forEachPost(term, view, chosen, (slot, sum, where) => {
      // All of the parts must be in the title for the compound to be.
      const inTitle = shares[slot] === 0 ? where & IN_TITLE : where & (places[slot] ?? 0) & IN_TITLE;
      places[slot] = inTitle | (((places[slot] ?? 0) | where) & IN_HEAD);
      shares[slot] = (shares[slot] ?? 0) + share;
      values[slot] = (values[slot] ?? 0) + term.weight * term.idf * sum * share;
    });
  }
  for (let slot = 0; slot < chosen.documents.length; slot++) {
    const share = shares[slot] ?? 0;
    if (share > 0) keep(best, slot, values[slot] ?? 0, weights.COMPOUND_COVERAGE * share, -1, places[slot] ?? 0);
  }
}

function keep(column: Column, slot: number, value: number, covered: number, term: number, where: number): void {
  column.where[slot] = (column.where[slot] ?? 0) | where;
  if (covered > (column.covered[slot] ?? 0)) column.covered[slot] = covered;
  if (value <= (column.value[slot] ?? 0)) return;
  column.value[slot] = value;
  column.term[slot] = term;
}

type Each = (slot: number, sum: number, where: number) => void;

/** From this many entries for each document on, looking each document up is cheaper than walking all entries. */
const SPARSE = 24;

/** Calls back once for each of the documents that holds the term, with the sum over its fields and where it stands. */
function forEachPost(term: Term, view: View, { slots, documents }: Chosen, each: Each): void {
  const { entries } = term;
  if (entries.length > documents.length * SPARSE) {
    for (const [slot, document] of documents.entries()) {
      callBack(term, view, firstNotBelow(entries, entryOf(document, 0), 0), slot, document, each);
    }
    return;
  }
  for (let at = 0; at < entries.length; ) {
    const document = documentOf(entries[at] ?? 0);
    const slot = slots[document] ?? -1;
    if (slot < 0) at++;
    else at = callBack(term, view, at, slot, document, each);
  }
}

/** Sums up the fields of one document, whose entries begin at `from`; returns where the next document begins. */
function callBack(term: Term, view: View, from: number, slot: number, document: number, each: Each): number {
  let sum = 0;
  let where = 0;
  let at = from;
  for (; at < term.entries.length; at++) {
    const entry = term.entries[at] ?? 0;
    if (documentOf(entry) !== document) break;
    const field = fieldOf(entry);
    const text = view.document(document).texts[field] ?? '';
    const frequency = field === TITLE || field === SUMMARY ? frequencyOf(term, text) : 1;
    const saturated = (frequency * (1 + weights.SATURATION)) / (frequency + weights.SATURATION);
    const shrunk = field === TITLE ? weights.TITLE_BASE + (weights.TITLE_SLOPE * text.length) / view.meanTitle : 1;
    sum += ((weights.FIELD_WEIGHTS[field] ?? 1) * saturated) / shrunk;
    if (field === TITLE) where |= IN_TITLE;
    if (field !== SUMMARY) where |= IN_HEAD;
  }
  if (at > from) each(slot, sum, where);
  return at;
}
