import fc from 'fast-check';
import type { Pace } from '../../src/announce/deliverer.ts';
import { createPacer } from '../../src/announce/pacer.ts';

/** Sends to the chats in turn whenever the pacer lets it, with timers that fire up to `lateMs` late. */
function sendFor(ms: number, pace: Pace, chats: readonly string[], late: (turn: number) => number = () => 0) {
  const pacer = createPacer(pace);
  const sends: { readonly at: number; readonly chat: string }[] = [];
  let now = 1_000_000;
  const end = now + ms;
  let next = 0;
  for (let turn = 0; now < end; turn++) {
    for (let room = Math.min(pacer.room(now), 50); room > 0; room--) {
      const busy = new Set(pacer.busyChats(now));
      const chat = chats.find((_, at) => !busy.has(chats[(next + at) % chats.length] ?? '')) && nextFree(busy);
      if (chat === undefined) break;
      pacer.spend(chat, chat.startsWith('-'), now);
      sends.push({ at: now, chat });
    }
    const wait = Math.max(
      pacer.waitFor(1, now),
      pacer.busyChats(now).length === chats.length ? pacer.nextFreeMs(now) : 0,
    );
    now += Math.max(1, Math.ceil(wait)) + late(turn);
  }
  return sends;

  function nextFree(busy: ReadonlySet<string>): string | undefined {
    for (let tried = 0; tried < chats.length; tried++) {
      const chat = chats[next % chats.length];
      next += 1;
      if (chat !== undefined && !busy.has(chat)) return chat;
    }
    return undefined;
  }
}

/** The most sends in any stretch of so many milliseconds. */
function most(sends: readonly { readonly at: number }[], windowMs: number): number {
  let first = 0;
  return sends.reduce((record, { at }, index) => {
    while ((sends[first]?.at ?? at) <= at - windowMs) first += 1;
    return Math.max(record, index - first + 1);
  }, 0);
}

const many = Array.from({ length: 2000 }, (_, index) => String(index));

describe('the pace', () => {
  it.each([30, 600])('keeps any second within %d messages and loses less than 5 %% of them', (perSecond) => {
    const sends = sendFor(20_000, { perSecond }, many);
    expect(most(sends, 1000)).toBeLessThanOrEqual(perSecond);
    expect(sends.length / (20 * perSecond)).toBeGreaterThan(0.95);
  });

  it('makes up for timers that fire late, without ever going over the limit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 700 }), fc.infiniteStream(fc.nat(15)), (perSecond, delays) => {
        const lateness = [...take(delays, 3000)];
        const sends = sendFor(3000, { perSecond }, many, (turn) => lateness[turn % lateness.length] ?? 0);
        expect(most(sends, 1000)).toBeLessThanOrEqual(perSecond);
      }),
      { numRuns: 30 },
    );
  });

  it('lets each chat have one message a second, however many wait for it', () => {
    const sends = sendFor(10_000, { perSecond: 30, perChatSecond: 1 }, ['1', '2']);
    for (const chat of ['1', '2']) {
      const own = sends.filter((send) => send.chat === chat);
      expect(most(own, 1000)).toBe(1);
      expect(own.length).toBeGreaterThanOrEqual(9);
    }
  });

  it('lets a group have twenty a minute, and a person more', () => {
    const sends = sendFor(180_000, { perChatSecond: 1, perGroupMinute: 20 }, ['-1', '2']);
    const group = sends.filter((send) => send.chat === '-1');
    expect(most(group, 60_000)).toBe(20);
    expect(group.length).toBeGreaterThanOrEqual(58);
    expect(sends.length - group.length).toBeGreaterThan(170);
  });

  it('is none where no limit is set, or 0', () => {
    const pacer = createPacer({ perSecond: 0, perChatSecond: 0, perGroupMinute: 0 });
    for (let sent = 0; sent < 100; sent++) pacer.spend('-1', true, 1000);
    expect(pacer.room(1000)).toBe(Number.POSITIVE_INFINITY);
    expect(pacer.busyChats(1000)).toEqual([]);
    expect(pacer.waitFor(50, 1000)).toBe(0);
  });

  it('waits no longer than usual after the clock has jumped back', () => {
    const pacer = createPacer({ perSecond: 10, perChatSecond: 1, perGroupMinute: 20 });
    pacer.spend('1', false, 3_600_000);
    expect(pacer.waitFor(1, 0)).toBeLessThanOrEqual(103);
    expect(pacer.busyChats(0)).toEqual([]);
  });
});

function* take<T>(stream: Iterable<T>, count: number): Iterable<T> {
  let taken = 0;
  for (const one of stream) {
    if (taken++ >= count) return;
    yield one;
  }
}
