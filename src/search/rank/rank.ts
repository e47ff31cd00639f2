import { documentOf, fieldOf, TITLE } from '../corpus/document.ts';
import type { View } from '../corpus/view.ts';
import type { Plan } from '../query/plan.ts';
import type { Term } from '../query/term.ts';
import type { Allows } from './filters.ts';
import { type Scored, scoreDocuments } from './score.ts';
import { topOf } from './top.ts';
import {
  ANSWERS,
  COMPOUND_COVERAGE,
  COVERAGE_EXPONENT,
  coveredBy,
  FIELD_WEIGHTS,
  LEAST_COVERAGE,
  LEAST_SHARE,
} from './weights.ts';
import type { Workspace } from './workspace.ts';

/** The posts that answer a query, and those that are only near. */
export interface Ranking {
  /** Best first; all of one score in the order of the catalog. */
  readonly answers: readonly Scored[];
  readonly near: readonly Scored[];
  /** How many further documents answer, less good than all of `answers`: they were not looked at closely. */
  readonly more: number;
  /** Those documents, best first. */
  rest(): readonly number[];
  /** How many posts hold anything of the query. */
  readonly candidates: number;
}

/** So many candidates are scored closely; the others follow in the order of the first look. */
const CLOSELY = 160;
/** Marks in the workspace: anything of the query was seen in the document, and it is scored closely. */
const TOUCHED = 1;
const CLOSE = 2;

/** Ranks what holds anything of the query, of the documents that `allows` lets pass; without it all pass. */
export function rank(plan: Plan, view: View, workspace: Workspace, allows: Allows | undefined): Ranking {
  const touched = view.documents <= CLOSELY ? gather(plan, workspace) : lookOver(plan, workspace);
  const ranking = rankTouched(plan, view, workspace, allows ? touched.filter(allows) : touched);
  for (const document of touched) {
    workspace.value[document] = 0;
    workspace.coverage[document] = 0;
    workspace.seen[document] = 0;
  }
  return { ...ranking, candidates: touched.length };
}

function rankTouched(
  plan: Plan,
  view: View,
  workspace: Workspace,
  touched: readonly number[],
): Omit<Ranking, 'candidates'> {
  const { value } = workspace;
  const asked = plan.units.reduce((sum, unit) => sum + unit.weight, 0);
  if (asked <= 0) return { answers: [], near: [], more: 0, rest: () => [] };
  const few = touched.length <= CLOSELY;
  const candidates = few ? touched : likely(touched, workspace, asked);
  const close = few ? candidates : topOf(candidates, CLOSELY, (document) => value[document] ?? 0);
  const scored = scoreDocuments(plan, view, workspace, close).sort((a, b) => better(view, a, b));
  const least = (scored[0]?.score ?? 0) * LEAST_SHARE;
  const kept = scored.filter(({ score, coverage: covered }) => score >= least && covered >= LEAST_COVERAGE);
  const best = kept.find(({ answers }) => answers)?.score ?? Number.POSITIVE_INFINITY;
  // Where something answers, what is better still does too.
  const isAnswer = ({ answers, score }: Scored) => answers || score > best;
  const further = candidates.length > close.length && plan.smallTalk === undefined ? candidates : [];
  const rest = restOf(further, close, workspace, asked);
  return {
    answers: kept.filter(isAnswer),
    near: plan.smallTalk === undefined ? kept.filter((each) => !isAnswer(each)) : [],
    more: rest.documents.length,
    rest: () => inOrder(rest, view),
  };
}

/** Those that cover enough to be near; of them the rough value is weighed by how much they cover. */
function likely(touched: readonly number[], { value, coverage }: Workspace, asked: number): number[] {
  const found: number[] = [];
  for (const document of touched) {
    const covered = Math.min(1, (coverage[document] ?? 0) / asked);
    if (covered < LEAST_COVERAGE) continue;
    value[document] = (value[document] ?? 0) * covered ** COVERAGE_EXPONENT;
    found.push(document);
  }
  return found;
}

/** Documents with their rough values, in lists side by side: of common words there are as many as posts. */
interface Rest {
  readonly documents: readonly number[];
  readonly rough: Float32Array;
}

/** What answers beside the `close` ones, with its rough value: the workspace is someone else's when it is asked for. */
function restOf(candidates: readonly number[], close: readonly number[], workspace: Workspace, asked: number): Rest {
  const { value, coverage, seen } = workspace;
  for (const document of close) seen[document] = CLOSE;
  const documents = candidates.filter((document) => {
    return Math.min(1, (coverage[document] ?? 0) / asked) >= ANSWERS && seen[document] !== CLOSE;
  });
  const rough = new Float32Array(documents.length);
  for (let at = 0; at < documents.length; at++) rough[at] = value[documents[at] ?? 0] ?? 0;
  return { documents, rough };
}

function inOrder({ documents, rough }: Rest, view: View): number[] {
  const placeOf = (at: number) => view.place(documents[at] ?? 0);
  const order = Array.from(documents.keys()).sort(
    (a, b) => (rough[b] ?? 0) - (rough[a] ?? 0) || placeOf(a) - placeOf(b),
  );
  return order.map((at) => documents[at] ?? 0);
}

function better(view: View, a: Scored, b: Scored): number {
  return Number(b.exact) - Number(a.exact) || b.score - a.score || view.place(a.document) - view.place(b.document);
}

/** All documents that hold anything of the query, where there are so few that each is scored closely anyway. */
function gather(plan: Plan, { seen }: Workspace): number[] {
  const touched: number[] = [];
  const put = ({ entries }: Term) => {
    for (let at = 0; at < entries.length; at++) {
      const document = documentOf(entries[at] ?? 0);
      if (seen[document] !== 0) continue;
      seen[document] = TOUCHED;
      touched.push(document);
    }
  };
  for (const unit of plan.units) {
    if (unit.role !== 'asked') continue;
    for (const term of unit.terms) put(term);
    for (const { term } of unit.parts) put(term);
  }
  return touched;
}

/**
 * The first look at all that the postings hold: coverage, and a rough value that knows no frequency and no order.
 * Returns the documents that hold anything, for which both stand in the workspace.
 */
function lookOver(plan: Plan, { value, coverage, unitValue, unitCoverage, seen }: Workspace): number[] {
  const touched: number[] = [];
  const title = FIELD_WEIGHTS[TITLE] ?? 1;
  for (const unit of plan.units) {
    if (unit.role !== 'asked') continue;
    const here: number[] = [];
    const note = (document: number) => {
      if (unitValue[document] === 0 && unitCoverage[document] === 0) here.push(document);
    };
    for (const term of unit.terms) {
      const worth = term.weight * term.idf;
      const covered = coveredBy(term);
      for (const entry of term.entries) {
        const document = documentOf(entry);
        const gain = worth * (FIELD_WEIGHTS[fieldOf(entry)] ?? title);
        note(document);
        if (gain > (unitValue[document] ?? 0)) unitValue[document] = gain;
        if (covered > (unitCoverage[document] ?? 0)) unitCoverage[document] = covered;
      }
    }
    for (const { term, share } of unit.parts) {
      let last = -1;
      for (const entry of term.entries) {
        const document = documentOf(entry);
        note(document);
        unitValue[document] = (unitValue[document] ?? 0) + term.weight * term.idf * share;
        if (document !== last) {
          const covered = (unitCoverage[document] ?? 0) + COMPOUND_COVERAGE * share;
          unitCoverage[document] = Math.min(1, covered);
        }
        last = document;
      }
    }
    for (const document of here) {
      if (seen[document] === 0) {
        seen[document] = TOUCHED;
        touched.push(document);
      }
      value[document] = (value[document] ?? 0) + (unitValue[document] ?? 0);
      coverage[document] = (coverage[document] ?? 0) + unit.weight * (unitCoverage[document] ?? 0);
      unitValue[document] = 0;
      unitCoverage[document] = 0;
    }
  }
  return touched;
}
