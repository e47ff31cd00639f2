import { categoryName, type Post } from '../posts/post.ts';
import { cleanLine } from './clean-text.ts';
import type { Named } from './find-by-name.ts';

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
          const title = cleanLine(name);
          // A name of hidden characters alone is nothing that anybody could pick.
          if (!title) break;
          category = { name, title, posts: [], children: [], seen: new Set() };
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

/** How readers call the categories; the list of top categories is numbered. */
export function namedCategories({ all, top }: CategoryTree): Named<Category> {
  return { items: [...all.values()], nameOf: ({ name }) => name, numbered: top };
}
