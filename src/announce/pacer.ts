import type { Pace } from './deliverer.ts';

/**
 * Says how much may be sent to one platform now. Keeps no clock: each question brings the time, in
 * milliseconds. A clock that jumps back stops nothing: the longest wait is that of one rate interval.
 */
export interface Pacer {
  /** How many messages may go now, over all chats; may be Infinity. */
  room(now: number): number;
  /** Milliseconds until `count` may go at once, or as many as ever may. */
  waitFor(count: number, now: number): number;
  /** Chats that have had their share for now. */
  busyChats(now: number): readonly string[];
  /** Milliseconds until a busy chat is free again; Infinity if none is busy. */
  nextFreeMs(now: number): number;
  /** Notes that a message goes to a chat now. */
  spend(chat: string, group: boolean, now: number): void;
}

/**
 * How early a message may go against an even beat, so that a timer which fires late costs no rate. Together
 * with `SLACK` it keeps any second, as the platform counts them, within the limit: at most
 * (1000 + EARLY_MS) / (1000 * SLACK) of it.
 */
const EARLY_MS = 20;
/** Each interval is stretched so much: messages do not all take the same time to arrive. */
const SLACK = 1.03;
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

interface ChatPace {
  /** Starts within the last minute, of groups only. */
  readonly starts: number[];
  freeAt: number;
}

/** A pacer for one platform; a limit that is missing or 0 is none. */
export function createPacer(pace: Pace): Pacer {
  const interval = pace.perSecond ? (SECOND_MS * SLACK) / pace.perSecond : 0;
  const chatInterval = pace.perChatSecond ? (SECOND_MS * SLACK) / pace.perChatSecond : 0;
  const perGroupMinute = pace.perGroupMinute ?? 0;
  const chats = new Map<string, ChatPace>();
  /** When the next message would go on an even beat. */
  let beat = Number.NEGATIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;

  /** What was noted before a jump of the clock says nothing about now. */
  function notice(now: number): void {
    if (now < latest - SECOND_MS) {
      chats.clear();
      beat = now + interval;
    }
    latest = now;
  }

  function beatAt(now: number): number {
    notice(now);
    return Math.max(beat, now);
  }

  function forgetIdle(now: number): void {
    notice(now);
    for (const [chat, { freeAt, starts }] of chats) {
      const last = starts.at(-1) ?? Number.NEGATIVE_INFINITY;
      if (freeAt <= now && now - last > MINUTE_MS * SLACK) chats.delete(chat);
    }
  }

  return {
    room(now) {
      if (interval === 0) return Number.POSITIVE_INFINITY;
      return Math.max(0, Math.floor((now + EARLY_MS - beatAt(now)) / interval) + 1);
    },

    waitFor(count, now) {
      if (interval === 0) return 0;
      const atOnce = Math.min(count, Math.floor(EARLY_MS / interval) + 1);
      return Math.max(0, beatAt(now) + (atOnce - 1) * interval - EARLY_MS - now);
    },

    busyChats(now) {
      forgetIdle(now);
      return [...chats].flatMap(([chat, { freeAt }]) => (freeAt > now ? [chat] : []));
    },

    nextFreeMs(now) {
      notice(now);
      const waits = [...chats.values()].flatMap(({ freeAt }) => (freeAt > now ? [freeAt - now] : []));
      return waits.reduce((least, wait) => Math.min(least, wait), Number.POSITIVE_INFINITY);
    },

    spend(chat, group, now) {
      beat = beatAt(now) + interval;
      const entry = chats.get(chat) ?? { starts: [], freeAt: 0 };
      entry.freeAt = now + chatInterval;
      if (group && perGroupMinute > 0) {
        entry.starts.push(now);
        while (entry.starts.length > perGroupMinute) entry.starts.shift();
        const oldest = entry.starts[0] ?? now;
        if (entry.starts.length === perGroupMinute) {
          entry.freeAt = Math.max(entry.freeAt, oldest + MINUTE_MS * SLACK);
        }
      }
      if (entry.freeAt > now || entry.starts.length > 0) chats.set(chat, entry);
    },
  };
}
