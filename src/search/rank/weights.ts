import { CATEGORY, SLUG, SUMMARY, TITLE } from '../corpus/document.ts';

/**
 * The numbers of the ranking. They were chosen on judged queries over several catalogs of different fields; the
 * shape of the formula matters more than any of them: most may be changed by a tenth without effect.
 */
export const FIELD_WEIGHTS: readonly number[] = weightsOf({
  [TITLE]: 2.6,
  [CATEGORY]: 1.3,
  [SLUG]: 0.9,
  [SUMMARY]: 0.8,
});

/** Term frequency saturates: `tf × (1 + K) / (tf + K)`. */
export const SATURATION = 0.8;
/** A title's weight falls with its length: `÷ (BASE + SLOPE × length / mean)`. */
export const TITLE_BASE = 0.55;
export const TITLE_SLOPE = 0.45;
/** What a variant lacks to the typed word is forgiven by so much when coverage is counted. */
const FORGIVEN = 0.22;
/** What is only related is not the thing itself. */
const RELATED_FORGIVEN = 0.05;

/** How much of a unit a spelling covers. */
export function coveredBy(term: { readonly weight: number; readonly origin: string }): number {
  return Math.min(1, term.weight + (term.origin === 'related' ? RELATED_FORGIVEN : FORGIVEN));
}

/** For parts of a compound only: this, times the share of its characters that were found. */
export const COMPOUND_COVERAGE = 0.85;
export const COVERAGE_EXPONENT = 1.6;
export const WHOLE_IN_TITLE = 1.9;
export const TOUCHING = 0.4;
export const RIGHT_ORDINAL = 1.84;
export const CATEGORY_FACTOR = 1.5;
export const CATEGORY_BONUS = 5;
/** An exact title comes first whatever else is said. */
export const EXACT_TITLE = 3;
export const FILLER_BONUS = 0.28;
export const FILLER_IDF_LIMIT = 2.5;

/** Below this coverage a post is not even near. */
export const LEAST_COVERAGE = 0.22;
/** Below this share of the best score a post is noise. */
export const LEAST_SHARE = 0.012;
/** From this coverage on a post answers, if a whole variant of at least `SOLID` is found in it. */
export const ANSWERS = 0.55;
export const SOLID = 0.5;
/** From this coverage on it answers in any case. */
export const ANSWERS_ANYHOW = 0.6;
/** With nothing of the query in title, category or slug, more must be covered. */
export const ANSWERS_BY_SUMMARY = 0.75;
/** With a named thing of the query in its title less will do. */
export const ANSWERS_BY_NAME = 0.29;
/** With a name asked for that nothing knows, as much of the rest. */
export const ANSWERS_DESPITE_UNKNOWN = 0.65;
/** With two of the things asked for in its title, each by a spelling of at least `ANY_WEIGHT`. */
export const ANSWERS_BY_TWO = 0.4;
export const ANY_WEIGHT = 0.4;
/** In long queries a Chinese word in its title counts like a name, but more must be covered. */
export const ANSWERS_BY_WORD = 0.45;
export const NAME_WEIGHT = 0.7;
/** A name is rare if at most this share of the posts has it. */
export const RARE_SHARE = 0.2;

function weightsOf(weights: Record<number, number>): readonly number[] {
  return Object.values(weights);
}
