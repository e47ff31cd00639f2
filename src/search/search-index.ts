import type { Post } from '../posts/post.ts';

/** What is asked of the index. */
export interface SearchQuery {
  readonly text: string;
  /** Only posts of this category path or below it, by `categoryName`. */
  readonly category?: string;
  /** How many hits to bring, and how many to pass over. */
  readonly limit: number;
  readonly offset: number;
}

/** What of a post answers the query: half-open UTF-16 range in the field's own text. */
export interface Highlight {
  readonly field: 'title' | 'category' | 'summary';
  /** Which element of the category path; absent elsewhere. */
  readonly element?: number;
  readonly start: number;
  readonly end: number;
}

/** A post that answers a query. */
export interface Hit {
  readonly post: Post;
  /** Comparable within one page only; higher is better. */
  readonly score: number;
  readonly highlights: readonly Highlight[];
  /** The part of the summary that answers best: a half-open range cut at sentence or word borders. */
  readonly snippet: { readonly start: number; readonly end: number };
}

/** What to offer where nothing was found. */
export type Suggestion =
  | { readonly kind: 'query'; readonly query: string }
  | { readonly kind: 'category'; readonly category: string };

export interface SearchPage {
  /** How many posts answer the query, over all pages. */
  readonly total: number;
  readonly hits: readonly Hit[];
  /** True where nothing answers the query and the hits are only near. */
  readonly nearest: boolean;
  readonly suggestions: readonly Suggestion[];
}

/** An immutable index of one catalog. The same query gets the same order on every process. */
export interface SearchIndex {
  /** The revision of the catalog that it was built from. */
  readonly revision: string;
  /** Never throws on any text; work is bounded whatever is asked. */
  search(query: SearchQuery): SearchPage;
  /** Posts like this one, best first; empty for an unknown id. */
  related(postId: string, limit: number): readonly Hit[];
}
