import { firstNotBelow } from '../ascending.ts';
import { standsIn } from '../corpus/categories.ts';
import { documentOf, entryOf, fieldOf, SUMMARY, TITLE } from '../corpus/document.ts';
import type { View } from '../corpus/view.ts';
import { ordinalOfTitle } from '../query/ordinal.ts';
import type { Plan } from '../query/plan.ts';
import type { Term } from '../query/term.ts';
import type { Unit } from '../query/unit.ts';
import { frequencyOf } from './frequency.ts';
import { answersQuery } from './gate.ts';
import type { Match } from './match.ts';
import * as weights from './weights.ts';
import type { Workspace } from './workspace.ts';

export interface Scored {
  readonly document: number;
  readonly score: number;
  readonly coverage: number;
  readonly answers: boolean;
  /** The title is the query. */
  readonly exact: boolean;
  /** By unit of the plan; undefined where nothing is found. */
  readonly matches: readonly (Match | undefined)[];
  /** Each summand and factor, for explaining. */
  readonly parts: Readonly<Record<string, number>>;
}

/** Scores documents closely: with frequency, order and what the title says. */
export function scoreDocuments(plan: Plan, view: View, { slots }: Workspace, documents: readonly number[]): Scored[] {
  for (const [slot, document] of documents.entries()) slots[document] = slot;
  const columns = plan.units.map((unit) => matchUnit(unit, view, { slots, documents }));
  for (const document of documents) slots[document] = -1;
  const categories = view.categories.named(plan.key);
  const asked = plan.units.reduce((sum, unit) => sum + unit.weight, 0);
  const several = plan.units.filter(({ role }) => role === 'asked').length > 1;
  return documents.map((document, slot) => {
    const found = columns.map((column, at) => matchAt(plan.units[at], column, slot));
    const matches = several ? unshared(plan, found) : found;
    return scoreOne({ plan, view, document, asked, several, categories, matches });
  });
}

interface Scoring {
  readonly plan: Plan;
  readonly view: View;
  readonly document: number;
  /** The weight of all that is asked for. */
  readonly asked: number;
  /** More than one thing is asked for. */
  readonly several: boolean;
  readonly categories: ReadonlySet<string>;
  readonly matches: readonly (Match | undefined)[];
}

function scoreOne({ plan, view, document, asked, several, categories, matches }: Scoring): Scored {
  const { texts, compactTitle } = view.document(document);
  const title = texts[TITLE] ?? '';
  let found = 0;
  let covered = 0;
  let bonus = 0;
  for (const [at, unit] of plan.units.entries()) {
    const match = matches[at];
    if (!match) continue;
    if (unit.role === 'asked') {
      found += match.value;
      covered += unit.weight * match.covered;
    } else if (unit.role === 'filler' && match.inTitle) {
      bonus +=
        weights.FILLER_BONUS *
        Math.min(match.term?.idf ?? 0, weights.FILLER_IDF_LIMIT) *
        (weights.FIELD_WEIGHTS[TITLE] ?? 1);
    }
  }
  const coverage = asked > 0 ? Math.min(1, covered / asked) : 0;
  const isCovered = coverage > 0.9;
  const exact = isCovered && compactTitle !== '' && compactTitle === plan.compact;
  const whole = exact || (isCovered && plan.compact.length > 1 && compactTitle.includes(plan.compact));
  const order = exact
    ? weights.EXACT_TITLE
    : whole
      ? weights.WHOLE_IN_TITLE
      : several
        ? 1 + weights.TOUCHING * touchingShare(plan, matches, title)
        : 1;
  const ordinal = plan.units.find((unit) => unit.ordinal !== undefined)?.ordinal;
  const place = ordinal !== undefined && ordinalOfTitle(title) === ordinal ? weights.RIGHT_ORDINAL : 1;
  const inCategory = categories.size > 0 && standsIn(view.post(document), categories);
  const base = (found + bonus) * coverage ** weights.COVERAGE_EXPONENT * order * place;
  const score = inCategory ? base * weights.CATEGORY_FACTOR + weights.CATEGORY_BONUS : base;
  return {
    document,
    score,
    coverage,
    exact,
    answers: inCategory || answersQuery(plan, matches, coverage, texts[SUMMARY] ?? '', view),
    matches,
    parts: {
      found,
      fillers: bonus,
      coverage,
      order,
      ordinal: place,
      category: inCategory ? weights.CATEGORY_FACTOR : 1,
    },
  };
}

/** The best match of one unit in each slot, held in columns: a search makes thousands of them. */
interface Column {
  readonly value: Float64Array;
  readonly covered: Float64Array;
  /** The place of the best term in the unit, or -1 where only parts are found. */
  readonly term: Int16Array;
  /** Bits: IN_TITLE, IN_HEAD. */
  readonly where: Uint8Array;
}

/** The documents that are scored, and the place of each in the list by its number, or -1. */
interface Chosen {
  readonly documents: readonly number[];
  readonly slots: Int32Array;
}

const IN_TITLE = 1;
const IN_HEAD = 2;

function matchUnit(unit: Unit, view: View, chosen: Chosen): Column {
  const count = chosen.documents.length;
  const column: Column = {
    value: new Float64Array(count),
    covered: new Float64Array(count),
    term: new Int16Array(count).fill(-1),
    where: new Uint8Array(count),
  };
  for (const [at, term] of unit.terms.entries()) {
    const covered = weights.coveredBy(term);
    const worth = term.weight * term.idf;
    forEachPost(term, view, chosen, (slot, sum, where) => keep(column, slot, worth * sum, covered, at, where));
  }
  if (unit.parts.length === 0) return column;
  const shares = new Float64Array(count);
  const values = new Float64Array(count);
  const places = new Uint8Array(count);
  for (const { term, share } of unit.parts) {
    forEachPost(term, view, chosen, (slot, sum, where) => {
      // All of the parts must be in the title for the compound to be.
      const inTitle = shares[slot] === 0 ? where & IN_TITLE : where & (places[slot] ?? 0) & IN_TITLE;
      places[slot] = inTitle | (((places[slot] ?? 0) | where) & IN_HEAD);
      shares[slot] = (shares[slot] ?? 0) + share;
      values[slot] = (values[slot] ?? 0) + term.weight * term.idf * sum * share;
    });
  }
  for (let slot = 0; slot < count; slot++) {
    const share = shares[slot] ?? 0;
    if (share > 0) keep(column, slot, values[slot] ?? 0, weights.COMPOUND_COVERAGE * share, -1, places[slot] ?? 0);
  }
  return column;
}

function keep(column: Column, slot: number, value: number, covered: number, term: number, where: number): void {
  column.where[slot] = (column.where[slot] ?? 0) | where;
  if (covered > (column.covered[slot] ?? 0)) column.covered[slot] = covered;
  if (value <= (column.value[slot] ?? 0)) return;
  column.value[slot] = value;
  column.term[slot] = term;
}

function matchAt(unit: Unit | undefined, column: Column, slot: number): Match | undefined {
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

/** One surface word serves one unit: a synonym does not count where the word itself is asked for too. */
function unshared(plan: Plan, matches: readonly (Match | undefined)[]): (Match | undefined)[] {
  const typed = new Set<string>();
  for (const [at, unit] of plan.units.entries()) {
    const term = matches[at]?.term;
    if (unit.role === 'asked' && term?.origin === 'typed') typed.add(term.text);
  }
  const used = new Set(typed);
  return matches.map((match) => {
    const term = match?.term;
    if (!match || !term || term.origin === 'typed') return match;
    if (used.has(term.text)) return undefined;
    used.add(term.text);
    return match;
  });
}

/** The share of neighbouring units that touch in the title, in their order. */
function touchingShare(plan: Plan, matches: readonly (Match | undefined)[], title: string): number {
  const asked = plan.units
    .map((unit, at) => ({ unit, match: matches[at] }))
    .filter(({ unit }) => unit.role === 'asked');
  if (asked.length < 2) return 0;
  let touching = 0;
  for (let at = 1; at < asked.length; at++) {
    const [before, here] = [asked[at - 1]?.match, asked[at]?.match];
    if (!before?.term || !here?.term || !before.inTitle || !here.inTitle) continue;
    const [a, b] = [before.term.text, here.term.text];
    if (title.includes(`${a}${b}`) || title.includes(`${a} ${b}`) || title.includes(`${a}-${b}`)) touching++;
  }
  return touching / (asked.length - 1);
}
