import fc from 'fast-check';
import type { Pace } from '../../src/announce/deliverer.ts';
import { createPacer } from '../../src/announce/pacer.ts';

interface Send {
  /** When the platform counted it: some time between its beginning and its end. */
  readonly at: number;
  readonly chat: string;
}

interface Journey {
  /** How long a message takes, and after how much of that the platform counts it, from 0 to 1. */
  readonly takes: number;
  readonly counted: number;
  /** How late the timer fires that the next message waits for. */
  readonly late: number;
}

const swift: Journey = { takes: 2, counted: 0.5, late: 0 };

/** Sends to the chats in turn whenever the pacer lets it, up to 16 at once. */
function sendFor(ms: number, pace: Pace, chats: readonly string[], journey: (turn: number) => Journey = () => swift) {
  const pacer = createPacer(pace);
  const sends: Send[] = [];
  const underWay: { readonly until: number; readonly chat: string; readonly end: (now: number) => void }[] = [];
  let now = 1_000_000;
  let next = 0;
  const stop = now + ms;
  for (let turn = 0; now < stop; turn++) {
    for (const one of underWay.filter(({ until }) => until <= now).sort((a, b) => a.until - b.until)) {
      one.end(one.until);
      underWay.splice(underWay.indexOf(one), 1);
    }
    const { takes, counted, late } = journey(turn);
    const room = Math.min(pacer.room(now), 16 - underWay.length);
    for (let sent = 0; sent < room; sent++) {
      const busy = new Set([...pacer.busyChats(now), ...underWay.map(({ chat }) => chat)]);
      const free = chats.findIndex((_, at) => !busy.has(chats[(next + at) % chats.length] ?? ''));
      const chat = chats[(next + free) % chats.length];
      if (free < 0 || chat === undefined) break;
      next += free + 1;
      underWay.push({ until: now + takes, chat, end: pacer.begin(chat, chat.startsWith('-'), now) });
      sends.push({ at: now + takes * counted, chat });
    }
    now += Math.max(1, Math.min(pacer.waitFor(1, now), 20)) + late;
  }
  return sends.sort((one, other) => one.at - other.at);
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

  it('is never more than the limit in any second of the platform’s, however unevenly messages travel', () => {
    const journeys = fc.array(
      fc.record({
        takes: fc.integer({ min: 1, max: 400 }),
        counted: fc.double({ min: 0, max: 1, noNaN: true }),
        late: fc.nat(60),
      }),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), journeys, (perSecond, list) => {
        const sends = sendFor(4000, { perSecond }, many, (turn) => list[turn % list.length] ?? swift);
        expect(most(sends, 1000)).toBeLessThanOrEqual(perSecond);
      }),
      { numRuns: 60 },
    );
  });

  it('makes up for timers that fire late and pauses of the process', () => {
    const sends = sendFor(20_000, { perSecond: 600 }, many, (turn) => ({
      ...swift,
      late: turn % 50 === 0 ? 150 : turn % 7,
    }));
    expect(most(sends, 1000)).toBeLessThanOrEqual(600);
    expect(sends.length / (20 * 600)).toBeGreaterThan(0.95);
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

  it('is an even beat, and a quarter of a second is made up for at once', () => {
    const pacer = createPacer({ perSecond: 10 });
    const send = (count: number, now: number) => {
      for (let sent = 0; sent < count; sent++) pacer.begin(String(sent), false, now)(now);
    };
    // After any pause the same, and not more.
    for (const start of [1_000_000, 1_005_000, 1_300_000]) {
      expect(pacer.room(start)).toBe(3);
      send(3, start);
      expect([pacer.room(start), pacer.waitFor(1, start), pacer.waitFor(2, start)]).toEqual([0, 50, 150]);
      expect([pacer.room(start + 49), pacer.room(start + 50), pacer.room(start + 150)]).toEqual([0, 1, 2]);
      send(1, start + 150);
      expect(pacer.room(start + 150)).toBe(1);
    }
  });

  it('tells how long to wait: then there is room for so many, or for as many as ever, and not before', () => {
    const sends = fc.array(fc.record({ after: fc.nat(400), takes: fc.nat(300) }), { maxLength: 60 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 40 }),
        sends,
        (perSecond, count, list) => {
          const pacer = createPacer({ perSecond });
          const wanted = Math.min(count, createPacer({ perSecond }).room(0));
          let now = 1_000_000;
          for (const { after, takes } of list) {
            now += after + pacer.waitFor(1, now + after);
            const end = pacer.begin('1', false, now);
            now += takes;
            end(now);
          }
          const wait = pacer.waitFor(count, now);
          if (wait > 0) expect(pacer.room(now + wait - 1)).toBeLessThan(wanted);
          expect(pacer.room(now + wait)).toBeGreaterThanOrEqual(wanted);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('leaves no room for what is under way, and looks again a beat later', () => {
    const pacer = createPacer({ perSecond: 2 });
    const ends = [pacer.begin('1', false, 0), pacer.begin('2', false, 500)];
    expect([pacer.room(5_000), pacer.waitFor(1, 5_000)]).toEqual([0, 500]);
    ends[0]?.(5_000);
    // A second from when it was through, and four milliseconds for the rounding of clocks.
    expect([pacer.room(5_000), pacer.waitFor(1, 5_000)]).toEqual([0, 1_004]);
    expect([pacer.room(6_003), pacer.room(6_004)]).toEqual([0, 1]);
  });

  it('says which chats are busy, and when the first of them is free', () => {
    const pacer = createPacer({ perChatSecond: 2 });
    expect([pacer.busyChats(0), pacer.nextFreeMs(0)]).toEqual([[], Number.POSITIVE_INFINITY]);
    pacer.begin('1', false, 0)(10);
    pacer.begin('-2', true, 200)(210);
    expect([pacer.busyChats(210), pacer.nextFreeMs(210)]).toEqual([['1', '-2'], 304]);
    expect([pacer.busyChats(513), pacer.nextFreeMs(513)]).toEqual([['1', '-2'], 1]);
    expect([pacer.busyChats(514), pacer.nextFreeMs(514)]).toEqual([['-2'], 200]);
    expect([pacer.busyChats(714), pacer.nextFreeMs(714)]).toEqual([[], Number.POSITIVE_INFINITY]);
  });

  it('is none where no limit is set, or 0', () => {
    const pacer = createPacer({ perSecond: 0, perChatSecond: 0, perGroupMinute: 0 });
    for (let sent = 0; sent < 100; sent++) pacer.begin('-1', true, 1000)(1000);
    expect(pacer.room(1000)).toBe(Number.POSITIVE_INFINITY);
    expect(pacer.busyChats(1000)).toEqual([]);
    expect(pacer.waitFor(50, 1000)).toBe(0);
  });

  it('waits no longer than usual after the clock has jumped back', () => {
    const pacer = createPacer({ perSecond: 10, perChatSecond: 1, perGroupMinute: 20 });
    pacer.begin('1', false, 3_600_000)(3_600_000);
    expect(pacer.waitFor(1, 0)).toBeLessThanOrEqual(100);
    expect(pacer.busyChats(0)).toEqual([]);
  });
});
