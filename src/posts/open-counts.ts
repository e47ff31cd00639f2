/** How often posts were opened by links that count: a number a day and post, and nothing of who or when. */
export interface OpenCounts {
  /** @param day in UTC, `YYYY-MM-DD` */
  add(postId: string, day: string): Promise<void>;
  /** The most opened ones from that day on. */
  most(since: string, limit: number): Promise<readonly { readonly postId: string; readonly count: number }[]>;
}
