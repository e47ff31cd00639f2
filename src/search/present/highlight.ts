import type { Post } from '../../posts/post.ts';
import { fillers } from '../query/fillers.ts';
import type { Plan } from '../query/plan.ts';
import { isLoose, type Term } from '../query/term.ts';
import type { Match } from '../rank/match.ts';
import type { Highlight } from '../search-index.ts';
import { readAtoms } from '../text/atoms.ts';
import { isCjk } from '../text/char-class.ts';
import type { Fold } from '../text/fold.ts';
import { mapFold } from '../text/fold-map.ts';
import { type Range, type WantedWords, wantedWords, wordRanges } from './wanted-words.ts';

/** A spelling to be marked; see `Term`. */
export type ShownTerm = Pick<Term, 'text' | 'literal'>;

const MOST_IN_FIELD = 60;

/** What of a post answers the query, by whatever spelling it was found: in order, without overlaps. */
export function highlightsOf(post: Post, terms: readonly ShownTerm[], fold: Fold): Highlight[] {
  if (terms.length === 0) return [];
  const wanted = wantedOf(terms);
  return [
    ...rangesIn(post.title, wanted, fold).map((range) => ({ field: 'title' as const, ...range })),
    ...post.category.flatMap((name, element) =>
      rangesIn(name, wanted, fold).map((range) => ({ field: 'category' as const, element, ...range })),
    ),
    ...rangesIn(post.summary, wanted, fold).map((range) => ({ field: 'summary' as const, ...range })),
  ];
}

/** The spellings by which a post was found, given its match for each unit; what was typed is shown wherever it stands. */
export function termsToShow(plan: Plan, matches: readonly (Match | undefined)[]): ShownTerm[] {
  const shown: ShownTerm[] = [];
  const put = (term: Term) => shown.push(...(isLoose(term) ? wordsOf(term) : [term]));
  for (const [at, unit] of plan.units.entries()) {
    const match = matches[at];
    if (unit.role === 'filler' || !match) continue;
    const least = (match.term?.weight ?? 0) - 0.1;
    for (const term of unit.terms) {
      if (term.origin === 'typed' || term.origin === 'stem' || term.weight >= least) put(term);
    }
    if (!match.term) for (const { term } of unit.parts) put(term);
  }
  return shown;
}

/** The words of a term that stand apart. */
function wordsOf({ text }: Term): ShownTerm[] {
  const words = readAtoms(text, text).map((atom) => atom.text);
  return words.filter((word) => !fillers.isEnglish(word, true)).map((word) => ({ text: word, literal: false }));
}

/** What is looked for in each field of a post, read once for all of them. */
interface Wanted {
  readonly literals: readonly string[];
  readonly words: WantedWords;
}

function wantedOf(terms: readonly ShownTerm[]): Wanted {
  const literals = new Set<string>();
  const words = new Set<string>();
  for (const { text, literal } of terms) (literal || isCjk(text) ? literals : words).add(text);
  return { literals: [...literals], words: wantedWords(words) };
}

function rangesIn(text: string, { literals, words }: Wanted, fold: Fold): Range[] {
  if (text === '') return [];
  const map = mapFold(text, fold);
  const folded = literals.flatMap((literal) => literalRanges(map.lower, literal));
  if (words.whole.size > 0) {
    folded.push(...wordRanges(map.lower, readAtoms(map.cased, map.lower), words, MOST_IN_FIELD));
  }
  return merge(folded.map(({ start, end }) => map.original(start, end))).slice(0, MOST_IN_FIELD);
}

function literalRanges(text: string, term: string): Range[] {
  const found: Range[] = [];
  for (
    let at = text.indexOf(term);
    at >= 0 && found.length < MOST_IN_FIELD;
    at = text.indexOf(term, at + term.length)
  ) {
    found.push({ start: at, end: at + term.length });
  }
  return found;
}

/** In order; what overlaps or touches becomes one. */
function merge(ranges: readonly Range[]): Range[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = merged.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else if (end > start) merged.push({ start, end });
  }
  return merged;
}
