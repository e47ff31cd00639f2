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
  NAME_WEIGHT,
  RARE_SHARE,
  SOLID,
} from './weights.ts';

/** In longer queries any Chinese word may be the thing that is asked about. */
const LONG = 4;
/** Too unsure to carry an answer by themselves. */
const UNSURE: ReadonlySet<string> = new Set(['typo', 'compound', 'dictionary', 'prefix', 'part', 'related']);

/**
 * Whether a post answers, or is only near: it covers enough of what was asked, with something solid; or it has the
 * named thing that was asked about in its title, and nothing asked is an unknown name.
 */
export function answersQuery(
  plan: Plan,
  matches: readonly (Match | undefined)[],
  coverage: number,
  view: View,
): boolean {
  const shown = matches.some((match, at) => plan.units[at]?.role === 'asked' && match?.inHead);
  if (coverage >= (shown ? ANSWERS_ANYHOW : ANSWERS_BY_SUMMARY)) return true;
  if (shown && coverage >= ANSWERS && matches.some((match, at) => plan.units[at]?.role === 'asked' && isSolid(match)))
    return true;
  if (coverage < ANSWERS_BY_NAME || plan.unknownName || plan.apart) return false;
  return plan.units.some((unit, at) => {
    const match = matches[at];
    return (
      unit.role === 'asked' &&
      match !== undefined &&
      match.inTitle &&
      (isNamed(unit, plan) ? isSureName(match.term, view) : unit.head && match.term?.origin === 'typed')
    );
  });
}

function isSolid(match: Match | undefined): boolean {
  return match?.term !== undefined && match.term.weight >= SOLID;
}

function isNamed(unit: Unit, plan: Plan): boolean {
  return unit.named || (plan.tokens >= LONG && !unit.latin && unit.text.length >= 2);
}

function isSureName(term: Term | undefined, view: View): boolean {
  if (!term || UNSURE.has(term.origin) || term.weight < NAME_WEIGHT) return false;
  return term.posts <= Math.max(3, view.posts.length * RARE_SHARE);
}
