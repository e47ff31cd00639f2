import type { View } from '../corpus/view.ts';
import type { Plan } from '../query/plan.ts';
import type { Term } from '../query/term.ts';
import type { Unit } from '../query/unit.ts';
import type { Match } from './match.ts';
import {
  ANSWERS,
  ANSWERS_ANYHOW,
  ANSWERS_BY_NAME,
  ANSWERS_BY_SUMMARY,
  ANSWERS_BY_TWO,
  ANSWERS_BY_WORD,
  ANSWERS_DESPITE_UNKNOWN,
  ANY_WEIGHT,
  NAME_WEIGHT,
  RARE_SHARE,
  SOLID,
} from './weights.ts';

/** In longer queries any Chinese word may be the thing that is asked about. */
const LONG = 4;
/** A summary of so few characters says what the post is about, as a title does. */
const BRIEF = 120;
/** Too unsure to carry an answer by themselves. */
const UNSURE: ReadonlySet<string> = new Set(['typo', 'compound', 'dictionary', 'prefix', 'part', 'related']);

/**
 * Whether a post answers, or is only near: it covers enough of what was asked, with something solid; or it has two
 * of the things asked for in its title, or the named thing that was asked about, and nothing asked is an unknown name.
 */
export function answersQuery(
  plan: Plan,
  matches: readonly (Match | undefined)[],
  coverage: number,
  summary: string,
  view: View,
): boolean {
  if (plan.foreignName && coverage < ANSWERS_DESPITE_UNKNOWN) return false;
  const brief = summary.length <= BRIEF;
  const shown = matches.some((match, at) => plan.units[at]?.role === 'asked' && match && (brief || match.inHead));
  if (coverage >= (shown ? ANSWERS_ANYHOW : ANSWERS_BY_SUMMARY)) return true;
  if (plan.missing === 'most') return false;
  if (shown && coverage >= ANSWERS && matches.some((match, at) => plan.units[at]?.role === 'asked' && isSolid(match)))
    return true;
  if (coverage < ANSWERS_BY_NAME || plan.unknownName || plan.apart || isAlone(plan, matches)) return false;
  if (coverage >= ANSWERS_BY_TWO && matches.filter((match, at) => isInTitle(plan.units[at], match)).length > 1)
    return true;
  return plan.units.some((unit, at) => {
    const match = matches[at];
    if (unit.role !== 'asked' || !match?.inTitle) return false;
    if (unit.named || (isLikeName(unit, plan) && coverage >= ANSWERS_BY_WORD)) return isSureName(match.term, view);
    return unit.head && match.term?.origin === 'typed';
  });
}

/**
 * Of three keywords and more the post holds one only, and another stands nowhere: then that one is not what was asked.
 * Keywords are each chosen; a question has words to spare.
 */
function isAlone(plan: Plan, matches: readonly (Match | undefined)[]): boolean {
  if (plan.missing === 'none' || plan.units.length < 3 || plan.units.some(({ role }) => role !== 'asked')) return false;
  return matches.filter((match) => match !== undefined).length === 1;
}

function isSolid(match: Match | undefined): boolean {
  return match?.term !== undefined && match.term.weight >= SOLID;
}

function isInTitle(unit: Unit | undefined, match: Match | undefined): boolean {
  return unit?.role === 'asked' && match?.term !== undefined && match.inTitle && match.term.weight >= ANY_WEIGHT;
}

function isLikeName(unit: Unit, plan: Plan): boolean {
  return plan.tokens >= LONG && !unit.latin && unit.text.length >= 2;
}

function isSureName(term: Term | undefined, view: View): boolean {
  if (!term || UNSURE.has(term.origin) || term.weight < NAME_WEIGHT) return false;
  return term.posts <= Math.max(3, view.posts.length * RARE_SHARE);
}
