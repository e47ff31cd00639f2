import type { Post } from '../../posts/post.ts';
import type { Plan } from '../query/plan.ts';
import type { Term } from '../query/term.ts';
import type { Scored } from '../rank/score.ts';
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

const MOST_IN_FIELD = 60;

/** What of a post answers the query, by whatever spelling it was found: in order, without overlaps. */
export function highlightsOf(post: Post, plan: Plan, scored: Scored, fold: Fold): Highlight[] {
  const terms = termsToShow(plan, scored);
  return [
    ...rangesIn(post.title, terms, fold).map((range) => ({ field: 'title' as const, ...range })),
    ...post.category.flatMap((name, element) =>
      rangesIn(name, terms, fold).map((range) => ({ field: 'category' as const, element, ...range })),
    ),
    ...rangesIn(post.summary, terms, fold).map((range) => ({ field: 'summary' as const, ...range })),
  ];
}

/** The spellings by which this post was found; what was typed is shown wherever it stands. */
function termsToShow(plan: Plan, scored: Scored): Term[] {
  return plan.units.flatMap((unit, at) => {
    const match = scored.matches[at];
    if (unit.role === 'filler' || !match) return [];
    const parts = match.term ? [] : unit.parts.map((part) => part.term);
    const weight = match.term?.weight ?? 0;
    const near = unit.terms.filter(
      (term) => term.origin === 'typed' || term.origin === 'stem' || term.weight >= weight - 0.1,
    );
    return [...near, ...parts];
  });
}

function rangesIn(text: string, terms: readonly Term[], fold: Fold): Range[] {
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
function wordRanges(lower: string, atoms: readonly Atom[], term: Term): Range[] {
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
