import { categoryName, type Post } from '../posts/post.ts';
import { cleanLine, fold } from './clean-text.ts';

/** A category with all posts that stand in it or below it, in the catalog's order. */
export interface Category {
  /** The `categoryName` of the path: what subscriptions and queries name. */
  readonly name: string;
  /** The same without hidden characters, fit to be shown. */
  readonly title: string;
  readonly posts: readonly Post[];
  readonly children: readonly Category[];
}

export interface CategoryTree {
  readonly top: readonly Category[];
  readonly all: ReadonlyMap<string, Category>;
}

/** What a reader's words for a category come to. */
export type CategorySearch =
  | { readonly kind: 'found'; readonly category: Category }
  | { readonly kind: 'several'; readonly categories: readonly Category[] }
  | { readonly kind: 'none' };

interface GrowingCategory extends Category {
  readonly posts: Post[];
  readonly children: GrowingCategory[];
  readonly seen: Set<Post>;
}

/** The categories in the order in which the catalog first names them. */
export function categoryTreeOf(posts: readonly Post[]): CategoryTree {
  const top: GrowingCategory[] = [];
  const all = new Map<string, GrowingCategory>();

  for (const post of posts) {
    for (const path of [post.category, ...(post.alsoIn ?? [])]) {
      let siblings = top;
      for (const depth of path.keys()) {
        const name = categoryName(path.slice(0, depth + 1));
        let category = all.get(name);
        if (!category) {
          category = { name, title: cleanLine(name), posts: [], children: [], seen: new Set() };
          all.set(name, category);
          siblings.push(category);
        }
        if (!category.seen.has(post)) category.posts.push(post);
        category.seen.add(post);
        siblings = category.children;
      }
    }
  }
  return { top, all };
}

/**
 * The category that is meant: by full name, by its number in the list of top categories, by a shorter form of
 * the name (see `shortForms`), else by a part of the name.
 */
export function findCategory(tree: CategoryTree, words: string): CategorySearch {
  const named = categoryNamed(tree, words);
  if (named) return { kind: 'found', category: named };

  const part = lettersOf(words);
  const near = [...tree.all.values()].filter(({ name }) => part !== '' && lettersOf(name).includes(part));
  const [only, ...others] = near;
  if (!only) return { kind: 'none' };
  return others.length === 0 ? { kind: 'found', category: only } : { kind: 'several', categories: near };
}

/** The one category of that very name, number or short form; no guess at parts of names. */
export function categoryNamed(tree: CategoryTree, words: string): Category | undefined {
  const exact = tree.all.get(words) ?? [...tree.all.values()].find(({ name }) => fold(name) === fold(words));
  if (exact) return exact;
  if (/^\d{1,4}$/.test(words.normalize('NFKC'))) return tree.top[Number(words.normalize('NFKC')) - 1];
  const letters = lettersOf(words);
  const fitting = [...tree.all.values()].filter(({ name }) => letters !== '' && shortForms(name).includes(letters));
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
