/** The days of a week as ISO 8601 counts them: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** When a subscriber wants to hear, and what else they chose. All times of day are the reader's own, in `timezone`. */
export interface Settings {
  readonly when:
    | { readonly kind: 'at-once' }
    /** One message a day at this minute of the day, 0 to 1439. */
    | { readonly kind: 'daily'; readonly minute: number }
    | { readonly kind: 'weekly'; readonly weekday: Weekday; readonly minute: number };
  /** Half-open; minutes of the day. `from` later than `to` crosses midnight; equal means never quiet. */
  readonly quiet?: { readonly from: number; readonly to: number };
  /** Nothing is sent before this instant. */
  readonly pausedUntil?: Date;
  /** An IANA name such as `Asia/Shanghai`; the configured timezone where absent. */
  readonly timezone?: string;
  /** The reader chose `Subscriber.language`; else it follows what the platform tells of them. */
  readonly keepLanguage?: true;
  /** Cards on one page of a list, 1 to 10. */
  readonly cardsPerPage?: number;
}
