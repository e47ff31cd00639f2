/** How much of a source a reading may lose before it is held back: both limits must be passed. */
export interface GuardLimits {
  /** Part of the source's posts, from 0 to 1. */
  readonly lostShare: number;
  readonly lostPosts: number;
}

export const defaultGuardLimits: GuardLimits = { lostShare: 0.3, lostPosts: 3 };
