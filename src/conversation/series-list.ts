import { categoryName, type Post } from '../posts/post.ts';
import { cleanLine } from './clean-text.ts';
import type { Named } from './find-by-name.ts';

/** Posts that belong together in an order of their own. */
export interface Series {
  /** Unlike that of any other series: with its category before it where the same name stands in several. */
  readonly name: string;
  /** The name without hidden characters, fit to be shown. */
  readonly title: string;
  /** In the order of their places; equal places in the catalog's order. */
  readonly posts: readonly Post[];
}

/** The series in the order in which the catalog first names them. The same name in two categories is two series. */
export function seriesListOf(posts: readonly Post[]): readonly Series[] {
  const byName = new Map<string, Map<string, Post[]>>();
  for (const post of posts) {
    if (!post.series) continue;
    const byCategory = byName.get(post.series.name) ?? new Map<string, Post[]>();
    byName.set(post.series.name, byCategory);
    const category = categoryName(post.category);
    const group = byCategory.get(category) ?? [];
    byCategory.set(category, group);
    group.push(post);
  }
  return [...byName].flatMap(([own, byCategory]) =>
    [...byCategory].map(([category, group]) => {
      const name = byCategory.size > 1 ? categoryName([category, own]) : own;
      return { name, title: cleanLine(name), posts: group.toSorted((one, other) => placeOf(one) - placeOf(other)) };
    }),
  );
}

/** How readers call the series. */
export function namedSeries(list: readonly Series[]): Named<Series> {
  return { items: list, nameOf: ({ name }) => name, numbered: list };
}

/** The series that a post stands in. */
export function seriesOf(list: readonly Series[], post: Post): Series | undefined {
  return post.series && list.find(({ posts }) => posts.includes(post));
}

function placeOf({ series }: Post): number {
  return series?.place ?? 0;
}
