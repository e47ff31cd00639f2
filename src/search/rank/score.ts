import { standsIn } from '../corpus/categories.ts';
import { SUMMARY, TITLE } from '../corpus/document.ts';
import type { View } from '../corpus/view.ts';
import { ordinalOfTitle } from '../query/ordinal.ts';
import { nameOf } from '../query/other-names.ts';
import type { Plan } from '../query/plan.ts';
import { answersQuery } from './gate.ts';
import type { Match } from './match.ts';
import { matchAt, matchUnits } from './match-units.ts';
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
export function scoreDocuments(plan: Plan, view: View, workspace: Workspace, documents: readonly number[]): Scored[] {
  const columns = matchUnits(plan.units, view, workspace, documents);
  const categories = view.categories.named(plan.key);
  const asked = plan.units.reduce((sum, unit) => sum + unit.weight, 0);
  const several = plan.units.filter(({ role }) => role === 'asked').length > 1;
  return documents.map((document, slot) => {
    const found = columns.map((column, at) => matchAt(plan.units[at], column, slot));
    const matches = plan.ambiguous ? unshared(plan, found) : found;
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
  const named = isCovered && plan.otherNames.size > 0 && plan.otherNames.has(nameOf(compactTitle));
  const order =
    exact || named
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
    answers:
      inCategory ||
      (plan.smallTalk === undefined
        ? answersQuery(plan, matches, coverage, texts[SUMMARY] ?? '', view)
        : exact || (whole && plan.smallTalk === 'chatter')),
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
