import { intersect, unite } from '../ascending.ts';
import { documentOf, fieldOf } from '../corpus/document.ts';
import { countPosts, type View } from '../corpus/view.ts';
import { type Spelling, spellingsOf, spellingsOfWord } from './spelling.ts';

export type Origin =
  | 'typed'
  | 'stem'
  | 'part'
  | 'glossary'
  | 'related'
  | 'catalog'
  | 'dictionary'
  | 'numeronym'
  | 'initials'
  | 'prefix'
  | 'typo'
  | 'pinyin'
  | 'homophone'
  | 'look-alike'
  | 'compound';

/** One spelling by which a unit can be found. */
export interface Term {
  /** Folded. */
  readonly text: string;
  readonly origin: Origin;
  /** From 0 to 1: 1 is what was typed. */
  readonly weight: number;
  /** Where it stands: `document × FIELDS + field`, ascending. */
  readonly entries: readonly number[];
  readonly posts: number;
  readonly idf: number;
  /** See `Spelling`. */
  readonly tokens: readonly string[];
  readonly literal: boolean;
}

const VERIFY_AT_MOST = 2000;

/** The term for tokens that all stand in one field; undefined if no post holds it. */
export function findTerm(
  view: View,
  spelling: Pick<Spelling, 'text' | 'tokens' | 'literal'>,
  weight: number,
  origin: Origin,
): Term | undefined {
  const { text, tokens, literal } = spelling;
  const entries = entriesOf(view, text, tokens, literal);
  if (entries.length === 0) return undefined;
  const [token] = tokens;
  const posts = tokens.length === 1 && token !== undefined ? view.postsWith(token, entries) : countPosts(entries);
  return { text, origin, weight, entries, posts, idf: view.idf(posts), tokens, literal };
}

/** The terms for a name of which the spellings are known. */
export function spelledTerms(view: View, spellings: readonly Spelling[], weight: number, origin: Origin): Term[] {
  const found: Term[] = [];
  for (const spelling of spellings) {
    const as = origin === 'typed' ? spelling.form : origin;
    const { apart } = spelling;
    const term = apart
      ? looseTerm(view, spelling.text, apart, weight * spelling.factor, as)
      : findTerm(view, spelling, weight * spelling.factor, as);
    if (term) found.push(term);
  }
  return found;
}

/** The terms for a word: itself, its stem, and as part of camel-case words. */
export function wordTerms(view: View, word: string, weight: number, origin: Origin): Term[] {
  return spelledTerms(view, spellingsOfWord(word), weight, origin);
}

/** The terms for a name of any script: a word, a phrase, a CJK word, or a mixture. */
export function nameTerms(view: View, name: string, weight: number, origin: Origin): Term[] {
  return spelledTerms(view, spellingsOf(name), weight, origin);
}

/** Words that all stand in one field in any form and order. */
function looseTerm(
  view: View,
  text: string,
  words: readonly (readonly string[])[],
  weight: number,
  origin: Origin,
): Term | undefined {
  // Most names have a word that stands nowhere: no list is made before that is known.
  const found = words.map((forms) => forms.map((token) => view.find(token)).filter((list) => list.length > 0));
  if (found.some((lists) => lists.length === 0)) return undefined;
  const lists = found.map((forms) => forms.reduce(unite, []));
  const entries = intersectAll(lists);
  if (entries.length === 0) return undefined;
  const posts = countPosts(entries);
  return { text, origin, weight, entries, posts, idf: view.idf(posts), tokens: [], literal: false };
}

/** Whether a term was found by words that stand apart. */
export function isLoose({ tokens, literal }: Term): boolean {
  return tokens.length === 0 && !literal;
}

/** Any place where a single CJK character stands: each token of postings begins with one. */
export function characterTerm(view: View, character: string, weight: number): Term | undefined {
  const tokens = [character, ...view.vocabulary.pairsFrom(character)];
  const entries = [...new Set(tokens.flatMap((token) => view.find(token)))].sort((a, b) => a - b);
  if (entries.length === 0) return undefined;
  const posts = countPosts(entries);
  return { text: character, origin: 'typed', weight, entries, posts, idf: view.idf(posts), tokens: [], literal: true };
}

function entriesOf(view: View, text: string, tokens: readonly string[], literal: boolean): readonly number[] {
  const [only] = tokens;
  if (only === undefined) return [];
  if (tokens.length === 1) return view.find(only);
  const lists: (readonly number[])[] = [];
  for (const token of tokens) {
    const list = view.find(token);
    if (list.length === 0) return list;
    lists.push(list);
  }
  const common = intersectAll(lists);
  if (!literal || common.length > VERIFY_AT_MOST) return common;
  return common.filter((entry) => textAt(view, entry).includes(text));
}

/** What all of the ascending lists hold. */
function intersectAll(lists: (readonly number[])[]): readonly number[] {
  lists.sort((a, b) => a.length - b.length);
  let common = lists[0] ?? [];
  for (let at = 1; at < lists.length && common.length > 0; at++) common = intersect(common, lists[at] ?? []);
  return common;
}

function textAt(view: View, entry: number): string {
  return view.document(documentOf(entry)).texts[fieldOf(entry)] ?? '';
}
