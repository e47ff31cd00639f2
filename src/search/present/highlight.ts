import type { Post } from '../../posts/post.ts';
import type { Plan } from '../query/plan.ts';
import type { Term } from '../query/term.ts';
import type { Match } from '../rank/match.ts';
import type { Highlight } from '../search-index.ts';
import { type Atom, readAtoms } from '../text/atoms.ts';
import { isCjk, isWordCode } from '../text/char-class.ts';
import type { Fold } from '../text/fold.ts';
import { mapFold } from '../text/fold-map.ts';
import { stem } from '../text/stem.ts';
import { joinOf } from '../text/tokens.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

/** A spelling to be marked; see `Term`. */
export type ShownTerm = Pick<Term, 'text' | 'literal'>;

const MOST_IN_FIELD = 60;

/** What of a post answers the query, by whatever spelling it was found: in order, without overlaps. */
export function highlightsOf(post: Post, terms: readonly ShownTerm[], fold: Fold): Highlight[] {
  return [
    ...rangesIn(post.title, terms, fold).map((range) => ({ field: 'title' as const, ...range })),
    ...post.category.flatMap((name, element) =>
      rangesIn(name, terms, fold).map((range) => ({ field: 'category' as const, element, ...range })),
    ),
    ...rangesIn(post.summary, terms, fold).map((range) => ({ field: 'summary' as const, ...range })),
  ];
}

/** The spellings by which a post was found, given its match for each unit; what was typed is shown wherever it stands. */
export function termsToShow(plan: Plan, matches: readonly (Match | undefined)[]): ShownTerm[] {
  const shown: ShownTerm[] = [];
  const put = ({ text, literal }: Term) => shown.push({ text, literal });
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

function rangesIn(text: string, terms: readonly ShownTerm[], fold: Fold): Range[] {
  if (text === '' || terms.length === 0) return [];
  const map = mapFold(text, fold);
  const found: Range[] = [];
  let atoms: readonly Atom[] | undefined;
  for (const term of terms) {
    const literal = isCjk(term.text) || term.literal;
    if (!literal) atoms ??= readAtoms(map.cased, map.lower);
    const ranges = literal ? literalRanges(map.lower, term.text) : wordRanges(map.lower, atoms ?? [], term);
    for (const { start, end } of ranges) found.push(map.original(start, end));
  }
  return merge(found).slice(0, MOST_IN_FIELD);
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

/** Words as the index knows them: whole, by their stem, as a part, or put together from neighbours. */
function wordRanges(lower: string, atoms: readonly Atom[], term: ShownTerm): Range[] {
  const wanted = readAtoms(term.text, term.text);
  const [first] = wanted;
  const found: Range[] = [];
  if (!first) return found;
  const join = joinOf(wanted.flatMap((atom) => atom.parts));
  const stems = new Set(wanted.length === 1 ? [stem(first.text)] : []);
  for (const [at, atom] of atoms.entries()) {
    if (found.length >= MOST_IN_FIELD) break;
    if (atom.cjk) continue;
    if (atom.text === term.text || stems.has(stem(atom.text))) found.push(atom);
    else found.push(...partRanges(lower, atom, term.text), ...joinRanges(atoms, at, join));
  }
  return found;
}

function partRanges(lower: string, atom: Range & { parts: readonly string[] }, text: string): Range[] {
  if (atom.parts.length < 2 || !atom.parts.includes(text)) return [];
  let start = atom.start;
  for (const part of atom.parts) {
    if (part === text && lower.startsWith(part, start)) return [{ start, end: start + part.length }];
    start += part.length;
  }
  return [];
}

/** Parts of this word and its neighbours that make the term when put together, as `GPT-4` makes `gpt4`. */
function joinRanges(atoms: readonly Atom[], from: number, join: string): Range[] {
  const parts: { text: string; start: number; end: number }[] = [];
  for (let at = from; at < atoms.length && at < from + 3; at++) {
    const atom = atoms[at];
    if (!atom || atom.cjk || (at > from && !atom.joined)) break;
    let start = atom.start;
    for (const text of atom.parts) {
      parts.push({ text, start, end: start + text.length });
      start += text.length;
    }
  }
  const own = atoms[from]?.parts.length ?? 0;
  for (let first = 0; first < own; first++) {
    for (let size = 2; size <= 3 && first + size <= parts.length; size++) {
      const row = parts.slice(first, first + size);
      if (joinOf(row.map(({ text }) => text)) === join)
        return [{ start: row[0]?.start ?? 0, end: row.at(-1)?.end ?? 0 }];
    }
  }
  return [];
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

/** Whether a position may begin or end a snippet without cutting a word of letters. */
export function isWordBorder(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return true;
  return !(isWordCode(text.charCodeAt(at - 1)) && isWordCode(text.charCodeAt(at)));
}
