import { ApiRefusal } from './api-refusal.ts';

/** The limits that the server holds bots to; a missing one is not held. */
export interface Limits {
  readonly perSecond?: number;
  readonly perChatSecond?: number;
  readonly perGroupMinute?: number;
  /** How many times faster than the real one its clock runs: 60 makes a minute of a second. */
  readonly scale?: number;
}

interface Window {
  readonly allowed: number;
  readonly ms: number;
  readonly taken: number[];
}

/** Refuses sends that come faster than the limits; `refused` counts them. */
export interface RateLimits {
  /** @throws ApiRefusal 429 with `retry_after` in seconds */
  admit(chat: number, nowMs: number): void;
  readonly refused: () => number;
}

export function createRateLimits({ perSecond, perChatSecond, perGroupMinute, scale = 1 }: Limits): RateLimits {
  const window = (allowed: number, ms: number): Window => ({ allowed, ms: ms / scale, taken: [] });
  const overall = perSecond === undefined ? [] : [window(perSecond, 1000)];
  const chats = new Map<number, Window[]>();
  let refused = 0;

  const windowsOf = (chat: number) => {
    const known = chats.get(chat);
    if (known) return known;
    const made = [
      ...(perChatSecond === undefined ? [] : [window(perChatSecond, 1000)]),
      ...(perGroupMinute === undefined || chat > 0 ? [] : [window(perGroupMinute, 60_000)]),
    ];
    chats.set(chat, made);
    return made;
  };

  return {
    refused: () => refused,
    admit: (chat, now) => {
      const windows = [...windowsOf(chat), ...overall];
      for (const { allowed, ms, taken } of windows) {
        while (taken[0] !== undefined && taken[0] <= now - ms) taken.shift();
        const oldest = taken[0];
        if (taken.length < allowed || oldest === undefined) continue;
        refused += 1;
        const retryAfter = Math.max(1, Math.ceil((oldest + ms - now) / 1000));
        throw new ApiRefusal(429, `Too Many Requests: retry after ${retryAfter}`, { retry_after: retryAfter });
      }
      for (const { taken } of windows) taken.push(now);
    },
  };
}
