import { fold } from './clean-text.ts';

/** What a reader's words for something with a name come to. */
export type NameSearch<Item> =
  | { readonly kind: 'found'; readonly item: Item }
  | { readonly kind: 'several'; readonly items: readonly Item[] }
  | { readonly kind: 'none' };

/** Things that readers call by name. */
export interface Named<Item> {
  readonly items: readonly Item[];
  readonly nameOf: (item: Item) => string;
  /** The list that numbers count in, from 1. */
  readonly numbered: readonly Item[];
}

/** The one that is meant: as in `itemNamed`, else the only one whose name holds the words. */
export function findByName<Item>(named: Named<Item>, words: string): NameSearch<Item> {
  const exact = itemNamed(named, words);
  if (exact !== undefined) return { kind: 'found', item: exact };

  const part = lettersOf(words);
  const near = named.items.filter((item) => part !== '' && lettersOf(named.nameOf(item)).includes(part));
  const [only, ...others] = near;
  if (only === undefined) return { kind: 'none' };
  return others.length === 0 ? { kind: 'found', item: only } : { kind: 'several', items: near };
}

/** The one of that very name, of that number, or the only one with that short form; no guess at parts of names. */
export function itemNamed<Item>({ items, nameOf, numbered }: Named<Item>, words: string): Item | undefined {
  const folded = fold(words);
  const exact = items.find((item) => nameOf(item) === words) ?? items.find((item) => fold(nameOf(item)) === folded);
  if (exact !== undefined) return exact;
  if (/^\d{1,4}$/.test(folded)) return numbered[Number(folded) - 1];
  const letters = lettersOf(words);
  const fitting = items.filter((item) => letters !== '' && shortForms(nameOf(item)).includes(letters));
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** Of `A / 大语言模型（LLM）`: the last element, the same without its brackets, and what stands in the brackets. */
function shortForms(name: string): string[] {
  const element = name.slice(name.lastIndexOf(' / ') + 1).normalize('NFKC');
  const bracket = /\(([^()]*)\)/.exec(element);
  const forms = bracket ? [element, element.replace(bracket[0], ''), bracket[1] ?? ''] : [element];
  return forms.map(lettersOf).filter((form) => form !== '');
}

/** Letters and digits only, folded: emoji and punctuation of headings are seldom typed. */
function lettersOf(text: string): string {
  return fold(text).replace(/[^\p{Letter}\p{Mark}\p{Number}+#]/gu, '');
}
