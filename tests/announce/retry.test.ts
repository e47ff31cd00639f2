import fc from 'fast-check';
import type { DeliveryOutcome } from '../../src/announce/deliverer.ts';
import { afterCorrection, afterOutcome, type DeliveryHistory, type Transition } from '../../src/announce/retry.ts';

const now = new Date('2026-03-02T09:00:00Z');
const fresh: DeliveryHistory = { attempts: 0, unknowns: 0, moved: false, plain: false };
const policy = { blindRepeats: 1, attempts: 300 } as const;
const next = (outcome: DeliveryOutcome, history: Partial<DeliveryHistory> = {}) =>
  afterOutcome(outcome, { ...fresh, ...history }, now, policy);
const lost: DeliveryOutcome = { kind: 'unknown', reason: 'reset' };

describe('what becomes of a delivery', () => {
  it('is sent, under the platform’s name for it', () => {
    expect(next({ kind: 'delivered', messageId: '7' })).toEqual({ kind: 'sent', messageId: '7' });
    expect(next({ kind: 'delivered' })).toStrictEqual({ kind: 'sent' });
  });

  it('waits as long as the platform asks, hours if need be, and so does the chat', () => {
    const notBefore = new Date(now.getTime() + 43_837_000);
    expect(next({ kind: 'retry', notBefore, reason: '429', scope: 'chat' })).toEqual({
      kind: 'again',
      notBefore,
      reason: '429',
      lost: false,
      plain: false,
      pause: { scope: 'chat', until: notBefore },
    });
  });

  it('waits longer with each attempt while the platform is out of order, a quarter of an hour at most', () => {
    const waits = [0, 1, 5, 50].map((attempts) => {
      const transition = next({ kind: 'retry', notBefore: now, reason: '502', scope: 'channel' }, { attempts });
      return transition.kind === 'again' ? transition.notBefore.getTime() - now.getTime() : undefined;
    });
    expect(waits).toEqual([1000, 2000, 32_000, 900_000]);
    // Nobody was asked to wait: other deliveries go on.
    expect(next({ kind: 'retry', notBefore: now, reason: '502', scope: 'channel' })).not.toHaveProperty('pause');
  });

  it('is dead when the platform has put it off too often', () => {
    const outcome = { kind: 'retry', notBefore: now, reason: '502', scope: 'chat' } as const;
    expect(next(outcome, { attempts: 298 })).toMatchObject({ kind: 'again' });
    expect(next(outcome, { attempts: 299 })).toEqual({ kind: 'dead', reason: 'given up after 300 attempts: 502' });
  });

  it('is repeated once after a lost answer, and stays unknown after a second', () => {
    const later = new Date(now.getTime() + 4_000);
    expect(next(lost, { attempts: 2 })).toMatchObject({ kind: 'again', lost: true, notBefore: later });
    expect(next(lost, { unknowns: 1 })).toEqual({ kind: 'unknown', reason: 'reset' });
  });

  it('is never repeated after a lost answer where the operator wants none', () => {
    expect(afterOutcome(lost, fresh, now, { ...policy, blindRepeats: 0 })).toEqual({
      kind: 'unknown',
      reason: 'reset',
    });
  });

  it('goes once more as plain text when it is refused, at once, and then is dead', () => {
    const refused = { kind: 'rejected', reason: "can't parse entities" } as const;
    expect(next(refused)).toMatchObject({ kind: 'again', plain: true, lost: false, notBefore: now });
    expect(next(refused, { plain: true })).toEqual({ kind: 'dead', reason: "can't parse entities" });
  });

  it('follows a chat that moved, once', () => {
    const to = { channel: 'telegram', chat: '-100' } as const;
    expect(next({ kind: 'moved', to })).toEqual({ kind: 'moved', to });
    expect(next({ kind: 'moved', to }, { moved: true })).toMatchObject({ kind: 'dead' });
  });

  it('ends with the subscriber who is gone', () => {
    expect(next({ kind: 'gone', reason: 'blocked' })).toEqual({ kind: 'gone', reason: 'blocked' });
  });

  it('ends, whatever outcomes follow each other, with at most two attempts that may have arrived', () => {
    const outcome = fc.constantFrom<DeliveryOutcome>(
      { kind: 'retry', notBefore: now, reason: 'r', scope: 'chat' },
      { kind: 'moved', to: { channel: 'telegram', chat: '-100' } },
      { kind: 'rejected', reason: 'r' },
      lost,
    );
    fc.assert(
      fc.property(fc.infiniteStream(outcome), (outcomes) => {
        let history = fresh;
        let maybeArrived = 0;
        for (const one of outcomes) {
          if (one.kind === 'unknown') maybeArrived += 1;
          const transition: Transition = afterOutcome(one, history, now, { blindRepeats: 1, attempts: 20 });
          if (transition.kind !== 'again' && transition.kind !== 'moved') break;
          history = {
            attempts: history.attempts + 1,
            unknowns: history.unknowns + (transition.kind === 'again' && transition.lost ? 1 : 0),
            moved: history.moved || transition.kind === 'moved',
            plain: transition.kind === 'again' ? transition.plain : history.plain,
          };
          expect(history.attempts).toBeLessThan(25);
        }
        expect(maybeArrived).toBeLessThanOrEqual(2);
      }),
    );
  });
});

describe('a correction', () => {
  const corrected = (outcome: DeliveryOutcome, attempts = 0) => afterCorrection(outcome, attempts, now);
  const inSeconds = (seconds: number) => ({ notBefore: new Date(now.getTime() + seconds * 1000) });

  it('is done with once the platform has decided, whatever it decided', () => {
    const to = { channel: 'telegram', chat: '-100' } as const;
    for (const outcome of [
      { kind: 'delivered' },
      { kind: 'rejected', reason: 'r' },
      { kind: 'gone', reason: 'r' },
      { kind: 'moved', to },
    ] satisfies DeliveryOutcome[])
      expect(corrected(outcome)).toBeUndefined();
  });

  it('is tried again, later each time, and not before the platform wants', () => {
    expect(corrected(lost)).toEqual(inSeconds(1));
    expect(corrected(lost, 3)).toEqual(inSeconds(8));
    const retry = { kind: 'retry', notBefore: inSeconds(5).notBefore, reason: '429', scope: 'chat' } as const;
    expect(corrected(retry)).toEqual(inSeconds(5));
    expect(corrected(retry, 3)).toEqual(inSeconds(8));
  });

  it('is given up after ten attempts', () => {
    expect(corrected(lost, 8)).toBeDefined();
    expect(corrected(lost, 9)).toBeUndefined();
  });
});
