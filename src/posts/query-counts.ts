/** A query, how often it was asked, and how many posts answered it the last time. */
export interface CountedQuery {
  readonly query: string;
  readonly count: number;
  readonly total: number;
}

/** A query that was asked so many times more; spellings with the same key are the same query. */
export interface AskedQuery extends CountedQuery {
  readonly key: string;
}

/** What readers look for, kept over restarts: a number a day and query, and nothing of who or when. */
export interface QueryCounts {
  /** @param day in UTC, `YYYY-MM-DD` */
  add(asked: readonly AskedQuery[], day: string): Promise<void>;
  /** The most frequent ones from that day on. */
  most(since: string, limit: number): Promise<readonly AskedQuery[]>;
  /** Drops the counts of the days before. */
  forgetBefore(day: string): Promise<void>;
}
