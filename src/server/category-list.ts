import { type Catalog, categoryName } from '../posts/post.ts';

/** A category as `/api/categories` gives it. */
export interface CategoryDocument {
  readonly name: string;
  readonly path: readonly string[];
  /** Posts listed under exactly this path; a post listed under two counts in both. */
  readonly count: number;
}

/** The categories that hold posts, in the order in which the catalog names them. */
export function categoryList(catalog: Catalog): CategoryDocument[] {
  const categories = new Map<string, { name: string; path: readonly string[]; count: number }>();
  for (const post of catalog.posts) {
    for (const path of [post.category, ...(post.alsoIn ?? [])]) {
      if (path.length === 0) continue;
      const name = categoryName(path);
      const category = categories.get(name) ?? { name, path, count: 0 };
      category.count += 1;
      categories.set(name, category);
    }
  }
  return [...categories.values()];
}
