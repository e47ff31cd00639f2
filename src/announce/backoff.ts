const FIRST_MS = 250;
const LONGEST_MS = 30_000;

/** How long to leave a store alone that fails: twice as long each time, up to half a minute. */
export interface Backoff {
  /** In milliseconds. */
  next(): number;
  /** After a success. */
  reset(): void;
}

export function createBackoff(): Backoff {
  let ms = FIRST_MS;
  return {
    next() {
      const now = ms;
      ms = Math.min(ms * 2, LONGEST_MS);
      return now;
    },
    reset() {
      ms = FIRST_MS;
    },
  };
}
