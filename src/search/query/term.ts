import { intersect, unite } from '../ascending.ts';
import { documentOf, fieldOf } from '../corpus/document.ts';
import { countPosts, type View } from '../corpus/view.ts';
import { readAtoms } from '../text/atoms.ts';
import { isCjk } from '../text/char-class.ts';
import { stem } from '../text/stem.ts';
import { joinOf, PART, pairsOf, STEM } from '../text/tokens.ts';
import { fillers } from './fillers.ts';

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
  /** All tokens that must stand together in a field. */
  readonly tokens: readonly string[];
  /** The text itself must stand in the field; else the tokens are proof enough. */
  readonly literal: boolean;
}

/** What a phrase counts whose words stand apart. */
const LOOSE = 0.85;
const VERIFY_AT_MOST = 2000;

/** The term for tokens that all stand in one field; undefined if no post holds it. */
export function findTerm(
  view: View,
  spelling: { readonly text: string; readonly tokens: readonly string[]; readonly literal: boolean },
  weight: number,
  origin: Origin,
): Term | undefined {
  const entries = entriesOf(view, spelling);
  if (entries.length === 0) return undefined;
  const [token] = spelling.tokens;
  const posts =
    spelling.tokens.length === 1 && token !== undefined ? view.postsWith(token, entries) : countPosts(entries);
  return { ...spelling, weight, origin, entries, posts, idf: view.idf(posts) };
}

/** The terms for a word: itself, its stem, and as part of camel-case words. */
export function wordTerms(view: View, word: string, weight: number, origin: Origin): Term[] {
  const cut = stem(word);
  const spelled = (token: string, factor: number, as: Origin): Term | undefined =>
    findTerm(view, { text: word, tokens: [token], literal: false }, weight * factor, origin === 'typed' ? as : origin);
  const found = [spelled(word, 1, 'typed'), spelled(STEM + cut, 0.95, 'stem'), spelled(PART + word, 0.9, 'part')];
  if (cut !== word) found.push(spelled(cut, 0.95, 'stem'));
  return found.filter((term) => term !== undefined);
}

/** The terms for a name of any script: a word, a phrase, a CJK word, or a mixture. */
export function nameTerms(view: View, name: string, weight: number, origin: Origin): Term[] {
  if (isCjk(name)) {
    const found = findTerm(view, { text: name, tokens: pairsOf(name), literal: name.length > 2 }, weight, origin);
    return found ? [found] : [];
  }
  const atoms = readAtoms(name, name);
  const [first] = atoms;
  if (!first) return [];
  if (atoms.length === 1) return wordTerms(view, first.text, weight, origin);
  if (atoms.every((atom) => !atom.cjk) && atoms.length <= 3) {
    const token = joinOf(atoms.flatMap((atom) => atom.parts));
    const found = findTerm(view, { text: name, tokens: [token], literal: false }, weight, origin);
    const words = atoms.map((atom) => atom.text);
    const loose = looseTerm(view, name, words, weight * LOOSE, origin);
    return [found, loose].filter((term) => term !== undefined);
  }
  // A lone character is the beginning of some token, but not a token that can be looked up.
  const sure = atoms.filter((atom) => !atom.cjk || atom.text.length > 1);
  const tokens = sure.flatMap((atom) => (atom.cjk ? pairsOf(atom.text) : [atom.text]));
  const found = findTerm(view, { text: name, tokens, literal: false }, weight, origin);
  return found ? [found] : [];
}

/** Words that all stand in one field in any form and order. */
function looseTerm(
  view: View,
  name: string,
  words: readonly string[],
  weight: number,
  origin: Origin,
): Term | undefined {
  const lists: (readonly number[])[] = [];
  for (const word of words) {
    if (fillers.isEnglish(word, true)) continue;
    const list = formsOf(view, word);
    if (list.length === 0) return undefined;
    lists.push(list);
  }
  // Of `log in` the word that is left says something else.
  if (lists.length < 2) return undefined;
  lists.sort((a, b) => a.length - b.length);
  let entries = lists[0] ?? [];
  for (let at = 1; at < lists.length && entries.length > 0; at++) entries = intersect(entries, lists[at] ?? []);
  if (entries.length === 0) return undefined;
  const posts = countPosts(entries);
  return { text: name, tokens: [], literal: false, weight, origin, entries, posts, idf: view.idf(posts) };
}

/** Whether a term was found by words that stand apart. */
export function isLoose({ tokens, literal }: Term): boolean {
  return tokens.length === 0 && !literal;
}

/** Where a word stands in any of its forms. */
function formsOf(view: View, word: string): readonly number[] {
  const cut = stem(word);
  const lists = [word, cut, STEM + cut].map((token) => view.find(token)).filter((list) => list.length > 0);
  return lists.reduce(unite, []);
}

/** Any place where a single CJK character stands: each token of postings begins with one. */
export function characterTerm(view: View, character: string, weight: number): Term | undefined {
  const tokens = [character, ...view.vocabulary.pairsFrom(character)];
  const entries = [...new Set(tokens.flatMap((token) => view.find(token)))].sort((a, b) => a - b);
  if (entries.length === 0) return undefined;
  const posts = countPosts(entries);
  return { text: character, origin: 'typed', weight, entries, posts, idf: view.idf(posts), tokens: [], literal: true };
}

function entriesOf(view: View, spelling: { text: string; tokens: readonly string[]; literal: boolean }) {
  const [only] = spelling.tokens;
  if (only === undefined) return [];
  if (spelling.tokens.length === 1) return view.find(only);
  const lists: (readonly number[])[] = [];
  for (const token of spelling.tokens) {
    const list = view.find(token);
    if (list.length === 0) return list;
    lists.push(list);
  }
  lists.sort((a, b) => a.length - b.length);
  let common = lists[0] ?? [];
  for (let at = 1; at < lists.length && common.length > 0; at++) common = intersect(common, lists[at] ?? []);
  if (!spelling.literal || common.length > VERIFY_AT_MOST) return common;
  return common.filter((entry) => textAt(view, entry).includes(spelling.text));
}

function textAt(view: View, entry: number): string {
  return view.document(documentOf(entry)).texts[fieldOf(entry)] ?? '';
}
