import type { Pace } from './deliverer.ts';

/**
 * Says how much may be sent to one platform now. Keeps no clock: each question brings the time, in milliseconds.
 * A clock that jumps back makes it forget what it has noted.
 */
export interface Pacer {
  /** How many messages may go now, over all chats; may be Infinity. */
  room(now: number): number;
  /** Milliseconds until `count` may go at once, or as many as ever may; 0 for now. */
  waitFor(count: number, now: number): number;
  /** Chats that have had their share for now. */
  busyChats(now: number): readonly string[];
  /** Milliseconds until a busy chat is free again; Infinity if none is busy. */
  nextFreeMs(now: number): number;
  /** Notes that a message to a chat begins now. The answer is to be called once, when it is through. */
  begin(chat: string, group: boolean, now: number): (now: number) => void;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
/** Clocks are read in whole milliseconds, here and there. */
const ROUNDING_MS = 4;
/** What timers fire late and pauses of the process cost is made up for, up to this. */
const CATCH_UP_MS = 250;

interface ChatPace {
  /** When its messages of the last minute were through; of groups only. */
  readonly through: number[];
  freeAt: number;
}

/**
 * A pacer for one platform; a limit that is missing or 0 is none.
 *
 * A message counts against a limit from its beginning until a full interval after it was through. The platform counts
 * it at some moment in between, which we cannot know; so, however unevenly messages travel, no interval of the
 * platform's ever sees more than the limit, and the cost is one travelling time an interval. Within the limit messages
 * keep an even beat.
 */
export function createPacer(pace: Pace): Pacer {
  const perSecond = pace.perSecond ?? 0;
  const beatMs = SECOND_MS / perSecond;
  const chatMs = pace.perChatSecond ? SECOND_MS / pace.perChatSecond + ROUNDING_MS : 0;
  const perGroupMinute = pace.perGroupMinute ?? 0;
  const chats = new Map<string, ChatPace>();
  let underWay = 0;
  /** When the messages of the last second were through, in order. */
  let through: number[] = [];
  /** When the next message would go on an even beat. */
  let beat = Number.NEGATIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;

  /** Forgets what is over; and what was noted before a jump of the clock, which says nothing about now. */
  function notice(now: number): void {
    if (now < latest - SECOND_MS) {
      chats.clear();
      through = [];
      beat = now;
    }
    latest = now;
    while ((through[0] ?? now) + SECOND_MS + ROUNDING_MS <= now) through.shift();
  }

  return {
    room(now) {
      if (perSecond === 0) return Number.POSITIVE_INFINITY;
      notice(now);
      const onBeat = Math.floor((now + CATCH_UP_MS - Math.max(beat, now)) / beatMs) + 1;
      return Math.max(0, Math.min(perSecond - underWay - through.length, onBeat));
    },

    waitFor(count, now) {
      if (perSecond === 0) return 0;
      notice(now);
      const wanted = Math.min(count, perSecond, Math.floor(CATCH_UP_MS / beatMs) + 1);
      const onBeat = beat + (wanted - 1) * beatMs - CATCH_UP_MS - now;
      const tooMany = underWay + through.length + wanted - perSecond;
      const oldest = through[tooMany - 1];
      // What is still under way is waited for a beat at a time.
      const inWindow = tooMany <= 0 ? 0 : oldest === undefined ? beatMs : oldest + SECOND_MS + ROUNDING_MS - now;
      return Math.max(0, Math.ceil(Math.max(onBeat, inWindow)));
    },

    busyChats(now) {
      notice(now);
      for (const [chat, { freeAt, through: times }] of chats) {
        if (freeAt <= now && now - (times.at(-1) ?? 0) > MINUTE_MS + ROUNDING_MS) chats.delete(chat);
      }
      return [...chats].flatMap(([chat, { freeAt }]) => (freeAt > now ? [chat] : []));
    },

    nextFreeMs(now) {
      notice(now);
      const waits = [...chats.values()].flatMap(({ freeAt }) => (freeAt > now ? [freeAt - now] : []));
      return waits.reduce((least, wait) => Math.min(least, wait), Number.POSITIVE_INFINITY);
    },

    begin(chat, group, now) {
      notice(now);
      underWay += 1;
      beat = Math.max(beat, now) + beatMs;
      return (end) => {
        notice(end);
        underWay -= 1;
        if (perSecond > 0) through.push(end);
        const limited = group && perGroupMinute > 0;
        if (chatMs === 0 && !limited) return;
        const entry = chats.get(chat) ?? { through: [], freeAt: 0 };
        entry.freeAt = end + chatMs;
        if (limited) {
          entry.through.push(end);
          while (entry.through.length > perGroupMinute) entry.through.shift();
          const oldest = entry.through[0];
          if (entry.through.length === perGroupMinute && oldest !== undefined) {
            entry.freeAt = Math.max(entry.freeAt, oldest + MINUTE_MS + ROUNDING_MS);
          }
        }
        chats.set(chat, entry);
      };
    },
  };
}
