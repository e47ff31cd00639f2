/** A series as `/api/series` gives it. */
export interface SeriesDocument {
  /** What `/api/posts?series=` takes. */
  readonly name: string;
  readonly title: string;
  readonly count: number;
}
