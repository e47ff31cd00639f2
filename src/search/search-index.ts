import type { Post } from '../posts/post.ts';

/** What is asked of the index. */
export interface SearchQuery {
  /**
   * Free text; beside words it understands `"an exact phrase"`, `-without`, `category:NAME` and
   * `year:2024` (also `分类:`, `年份:` and, where posts are dated, `2024年`).
   */
  readonly text: string;
  /** Only posts of this category path or below it, by `categoryName`; any name that a path holds will do. */
  readonly category?: string;
  /** Only posts dated in this year. */
  readonly year?: number;
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

/** A post that answers a query. Its marks are made when they are first read. */
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

/** One way in which a unit of the query can be found: a spelling, how much it counts, and where it came from. */
export interface ExplainedTerm {
  readonly text: string;
  readonly origin: string;
  /** From 0 to 1: 1 is what was typed. */
  readonly weight: number;
  /** How many posts hold it. */
  readonly posts: number;
  readonly idf: number;
}

/** How one query came to its answer: for `search QUERY --explain`. */
export interface SearchExplanation {
  readonly query: string;
  readonly filters: Readonly<Record<string, readonly string[] | string | number>>;
  readonly units: readonly {
    readonly text: string;
    /** `filler` units and `ordinal` units are not asked of a post. */
    readonly role: 'asked' | 'filler' | 'ordinal';
    /** Its share in the coverage. */
    readonly weight: number;
    readonly terms: readonly ExplainedTerm[];
  }[];
  /** How many posts hold anything of the query. */
  readonly candidates: number;
  readonly total: number;
  readonly nearest: boolean;
  /** Best first: each factor and summand of the score. */
  readonly scores: readonly {
    readonly id: string;
    readonly title: string;
    readonly score: number;
    readonly coverage: number;
    readonly answers: boolean;
    readonly parts: Readonly<Record<string, number>>;
  }[];
}

/** An immutable index of one catalog. The same query gets the same order on every process. */
export interface SearchIndex {
  /** The revision of the catalog that it was built from. */
  readonly revision: string;
  /** Never throws on any text; work is bounded whatever is asked. */
  search(query: SearchQuery): SearchPage;
  /** Posts like this one, best first; empty for an unknown id. */
  related(postId: string, limit: number): readonly Hit[];
  /** The same search with all that led to its order. */
  explain(query: SearchQuery): SearchExplanation;
}

/** An index that can also tell whether given posts answer, for saved queries and news. */
export interface MatchingIndex extends SearchIndex {
  /** Which of these posts of the catalog answer a query, each by itself: what a search brings for them, without bringing it. */
  matching(text: string, postIds: ReadonlySet<string>): ReadonlySet<string>;
}
