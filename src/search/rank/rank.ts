import { documentOf, fieldOf, TITLE } from '../corpus/document.ts';
import type { View } from '../corpus/view.ts';
import type { Plan } from '../query/plan.ts';
import type { Term } from '../query/term.ts';
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

/** Ranks what holds anything of the query, of the documents that `allows` lets pass. */
export function rank(plan: Plan, view: View, workspace: Workspace, allows: (document: number) => boolean): Ranking {
  const touched = view.documents <= CLOSELY ? gather(plan, workspace) : lookOver(plan, workspace);
  const ranking = rankTouched(plan, view, workspace, touched.filter(allows));
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
  const { value, coverage } = workspace;
  const asked = plan.units.reduce((sum, unit) => sum + unit.weight, 0);
  if (asked <= 0) return { answers: [], near: [], more: 0, rest: () => [] };
  const coverageOf = (document: number) => Math.min(1, (coverage[document] ?? 0) / asked);
  const few = touched.length <= CLOSELY;
  const candidates = few ? touched : touched.filter((document) => coverageOf(document) >= LEAST_COVERAGE);
  for (const document of few ? [] : candidates)
    value[document] = (value[document] ?? 0) * coverageOf(document) ** COVERAGE_EXPONENT;
  const roughly = (document: number) => value[document] ?? 0;
  const close = few ? candidates : topOf(candidates, CLOSELY, roughly);
  const scored = scoreDocuments(plan, view, workspace, close).sort((a, b) => better(view, a, b));
  const least = (scored[0]?.score ?? 0) * LEAST_SHARE;
  const kept = scored.filter(({ score, coverage: covered }) => score >= least && covered >= LEAST_COVERAGE);
  const best = kept.find(({ answers }) => answers)?.score ?? Number.POSITIVE_INFINITY;
  // Where something answers, what is better still does too.
  const isAnswer = ({ answers, score }: Scored) => answers || score > best;
  const rest =
    candidates.length > close.length && plan.smallTalk === undefined
      ? restOf(candidates, close, coverageOf, roughly)
      : [];
  return {
    answers: kept.filter(isAnswer),
    near: plan.smallTalk === undefined ? kept.filter((each) => !isAnswer(each)) : [],
    more: rest.length,
    rest: () => {
      const best = rest.sort((a, b) => b.rough - a.rough || view.place(a.document) - view.place(b.document));
      return best.map(({ document }) => document);
    },
  };
}

/** What answers beside the `close` ones, with its rough value: the workspace is someone else's when it is asked for. */
function restOf(
  candidates: readonly number[],
  close: readonly number[],
  coverageOf: (document: number) => number,
  roughly: (document: number) => number,
): { document: number; rough: number }[] {
  const closeSet = new Set(close);
  return candidates
    .filter((document) => coverageOf(document) >= ANSWERS && !closeSet.has(document))
    .map((document) => ({ document, rough: roughly(document) }));
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
      seen[document] = 1;
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
        seen[document] = 1;
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
