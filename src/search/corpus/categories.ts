import type { Post } from '../../posts/post.ts';
import type { Fold } from '../text/fold.ts';
import { keyOfText } from '../text/key.ts';

/** The names of the catalog's categories, by what people call them. */
export interface CategoryNames {
  /** Elements of paths that the key names: `llm` and `大语言模型` both name `大语言模型（LLM）`. */
  named(key: string): ReadonlySet<string>;
  /** Every element of a path, with the number of its posts, as in the catalog. */
  readonly counts: ReadonlyMap<string, number>;
}

const NONE: ReadonlySet<string> = new Set();

export function createCategoryNames(posts: readonly Post[], fold: Fold): CategoryNames {
  const counts = new Map<string, number>();
  for (const post of posts) {
    for (const element of new Set([post.category, ...(post.alsoIn ?? [])].flat())) {
      counts.set(element, (counts.get(element) ?? 0) + 1);
    }
  }
  const byKey = new Map<string, Set<string>>();
  for (const name of counts.keys()) {
    for (const part of [name, ...name.split(/[()（）/|｜、]/)]) {
      const key = keyOfText(fold(part));
      if (key === '') continue;
      const names = byKey.get(key) ?? new Set();
      names.add(name);
      byKey.set(key, names);
    }
  }
  return { named: (key) => byKey.get(key) ?? NONE, counts };
}

/** Whether a post stands in one of these categories. */
export function standsIn(post: Post, names: ReadonlySet<string>): boolean {
  return [post.category, ...(post.alsoIn ?? [])].some((path) => path.some((element) => names.has(element)));
}
