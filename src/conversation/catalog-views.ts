import type { Catalog, Post } from '../posts/post.ts';
import { type CategoryTree, categoryTreeOf } from './category-tree.ts';
import { type Arrivals, newestFirst } from './newest-first.ts';
import { type Series, seriesListOf } from './series-list.ts';

/** What answers need of one catalog, worked out when first asked for. */
export interface CatalogView {
  readonly catalog: Catalog;
  categories(): CategoryTree;
  series(): readonly Series[];
  /** The same arrivals on the same UTC day are sorted once. */
  latest(arrivals: Arrivals, now: Date): readonly Post[];
}

/** Gives the view of a catalog; a catalog that nobody holds any more takes its view with it. */
export function createCatalogViews(): (catalog: Catalog) => CatalogView {
  const views = new WeakMap<Catalog, CatalogView>();
  return (catalog) => {
    const view = views.get(catalog) ?? createView(catalog);
    views.set(catalog, view);
    return view;
  };
}

function createView(catalog: Catalog): CatalogView {
  let tree: CategoryTree | undefined;
  let series: readonly Series[] | undefined;
  let sorted: { readonly posts: readonly Post[]; readonly arrivals: Arrivals; readonly day: string } | undefined;

  return {
    catalog,
    categories() {
      tree ??= categoryTreeOf(catalog.posts);
      return tree;
    },
    series() {
      series ??= seriesListOf(catalog.posts);
      return series;
    },
    latest(arrivals, now) {
      const day = now.toISOString().slice(0, 10);
      if (sorted?.arrivals !== arrivals || sorted.day !== day) {
        sorted = { posts: newestFirst(catalog.posts, arrivals, now), arrivals, day };
      }
      return sorted.posts;
    },
  };
}
