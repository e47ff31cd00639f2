import type { Clock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { Message } from '../message/message.ts';
import { type Address, formatAddress } from '../subscribers/address.ts';
import type { ComposeAnnouncement } from './announcement-content.ts';
import { createBackoff } from './backoff.ts';
import { composeOnce } from './compose-once.ts';
import type { Deliverer, DeliveryOutcome } from './deliverer.ts';
import type { DeliveryLimits } from './delivery-limits.ts';
import type { ClaimedCorrection, ClaimedDelivery, ClaimRequest, Outbox, Settlement } from './outbox.ts';
import { createPacer } from './pacer.ts';
import { bundleUntil } from './plan.ts';
import { reportTransition } from './report-transition.ts';
import { afterCorrection, afterOutcome } from './retry.ts';
import { scheduleFor } from './timing.ts';

export interface DeliveryLaneOptions {
  readonly outbox: Outbox;
  readonly compose: ComposeAnnouncement;
  /** Who claims: `Leadership.holder`. */
  readonly holder: string;
  readonly clock: Clock;
  readonly log: Log;
  /** For subscribers who have not chosen one; an IANA name. */
  readonly timezone: string;
  readonly limits: DeliveryLimits;
}

/** Sends the deliveries of one channel. */
export interface DeliveryLane {
  /** Until the signal aborts; then finishes and records what is on its way, and resolves. Never rejects. */
  run(signal: AbortSignal): Promise<void>;
  /** The ids of the deliveries that it has claimed and not yet recorded. */
  inHand(): readonly string[];
}

/** From so many refusals without a success between them a whole channel is taken to be out of order. */
const REFUSALS_OF_A_CHANNEL = 3;
/** How often a process that ends tries to record its last messages; after that they count as unknown. */
const LAST_TRIES = 5;
/** So long at most work is gathered into batches, however slow the messages on their way are. */
const GATHER_MS = 20;

/**
 * Claims a few deliveries at a time, as many as the pace and the room for messages on their way allow, sends
 * them side by side, and records how they ended in batches. What is recorded goes before what is claimed, so that
 * a store which cannot write lets nothing more be sent.
 */
export function createDeliveryLane(deliverer: Deliverer, options: DeliveryLaneOptions): DeliveryLane {
  const { outbox, clock, holder, timezone, limits } = options;
  const log = options.log.child({ channel: deliverer.channel });
  const pacer = createPacer(deliverer.pace);
  /** A claim and a record cost about as much for one row as for many. */
  const batchSize = Math.ceil(limits.inFlight / 2);
  /** By chat, so that a chat never has two messages on their way. */
  const underWay = new Map<string, { readonly since: number; readonly giveUp: () => void }>();
  const compose = composeOnce(options.compose);
  const isGroup = (address: Address) => deliverer.isGroup?.(address) ?? false;
  const inHand = new Set<string>();
  let finished: Settlement[] = [];
  let claimedAt = 0;
  let refusals = 0;
  let wake = () => {};

  /** Sleeps until there is enough to record, the time is up or the signal aborts. */
  async function nap(ms: number, signal?: AbortSignal): Promise<void> {
    if (enoughToRecord()) return;
    const sleep = new AbortController();
    // Without a reason of ours Node makes an error with a stack: 60 µs.
    const end = () => sleep.abort('awake');
    wake = end;
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted) end();
    await clock.sleep(ms, sleep.signal);
    signal?.removeEventListener('abort', end);
    wake = () => {};
  }

  function enoughToRecord(): boolean {
    return finished.length > 0 && (finished.length >= batchSize || underWay.size === 0);
  }

  /** One attempt at one chat, within the pace, until its answer comes or is taken for lost. */
  async function attempt(
    { id, address }: { readonly id: string; readonly address: Address },
    perform: (late: AbortSignal) => Promise<DeliveryOutcome>,
  ): Promise<DeliveryOutcome> {
    const { chat } = address;
    const late = new AbortController();
    const since = clock.now().getTime();
    underWay.set(chat, { since, giveUp: () => late.abort('late') });
    const through = pacer.begin(chat, isGroup(address), since);
    try {
      return scoped(await Promise.race([perform(late.signal), noAnswer(late.signal)]));
    } catch (error) {
      const reason = messageOf(error);
      const facts = { delivery: id, address: formatAddress(address), error: reason };
      log.error(facts, 'a channel failed for a reason nobody planned');
      // A defect of ours: whether the message went out before it showed, nobody knows.
      return { kind: 'unknown', reason };
    } finally {
      through(clock.now().getTime());
      underWay.delete(chat);
    }
  }

  async function send(delivery: ClaimedDelivery, message: Message): Promise<void> {
    const { id, address, history } = delivery;
    const outgoing = { id, address, message, ...(history.plain && { plain: true as const }) };
    finish(delivery, await attempt(delivery, (late) => deliverer.deliver(outgoing, late)));
  }

  function finish(delivery: ClaimedDelivery, outcome: DeliveryOutcome): void {
    const transition = afterOutcome(outcome, delivery.history, clock.now(), limits);
    reportTransition(log, delivery, transition);
    finished.push({ delivery, transition });
    if (enoughToRecord()) wake();
    else if (finished.length === 1) void clock.sleep(GATHER_MS).then(() => wake());
  }

  async function correct(correction: ClaimedCorrection, edit: NonNullable<Deliverer['edit']>): Promise<void> {
    const { id, address, messageId, content, attempts } = correction;
    const outcome = await attempt(correction, (late) => edit({ address, messageId, message: compose(content) }, late));
    const now = clock.now();
    const again = afterCorrection(outcome, attempts, now);
    log.debug({ delivery: id, outcome: outcome.kind, again }, 'a message is corrected');
    await outbox.settleCorrection(correction, again).catch((error: unknown) => {
      log.warn({ delivery: id, error: messageOf(error) }, 'a correction could not be recorded; it comes again');
    });
    wake();
  }

  /** Takes for lost what is not answered in time. One look at all costs less than a timer for each. */
  function giveUpLate(now: number): void {
    for (const { since, giveUp } of underWay.values()) if (now - since >= limits.sendTimeoutMs) giveUp();
  }

  /** A platform that is out of order says so to several chats in a row; one chat alone stops nobody else. */
  function scoped(outcome: DeliveryOutcome): DeliveryOutcome {
    if (outcome.kind === 'delivered') refusals = 0;
    if (outcome.kind !== 'retry' || outcome.scope === 'chat') return outcome;
    refusals += 1;
    return refusals < REFUSALS_OF_A_CHANNEL ? { ...outcome, scope: 'chat' } : outcome;
  }

  async function record(): Promise<void> {
    if (finished.length === 0) return;
    const batch = finished;
    finished = [];
    try {
      const results = await outbox.settle(batch, clock.now());
      for (const { delivery } of batch) inHand.delete(delivery.id);
      results.forEach((result, at) => {
        if (result === 'lease-lost')
          log.warn({ delivery: batch[at]?.delivery.id }, 'the lease ran out before the answer came');
      });
    } catch (error) {
      finished = [...batch, ...finished];
      throw error;
    }
  }

  /** How many deliveries to claim now, or how long to wait at most. */
  function demand(now: number): { readonly limit: number; readonly waitMs: number } {
    const free = limits.inFlight - underWay.size;
    if (free === 0) return { limit: 0, waitMs: limits.idleMs };
    // A few chats that hang must not hold up the others: what room there is gets used after a moment.
    if (free < batchSize && Math.abs(now - claimedAt) < GATHER_MS) return { limit: 0, waitMs: GATHER_MS };
    const waitMs = pacer.waitFor(batchSize, now);
    return { limit: waitMs > 0 ? 0 : Math.min(free, pacer.room(now)), waitMs };
  }

  function claimRequest(limit: number, now: Date): ClaimRequest {
    const except = [...underWay.keys(), ...pacer.busyChats(now.getTime())];
    return { channel: deliverer.channel, limit, leaseMs: limits.leaseMs, now, holder, except };
  }

  function start(delivery: ClaimedDelivery, now: Date): void {
    const { settings, content } = delivery;
    // Digests gather posts; words of an admin are none.
    const mayGather = delivery.replan && content.notice === undefined;
    const asItStands = settings && { ...settings, ...(!mayGather && { when: { kind: 'at-once' as const } }) };
    const due = scheduleFor(asItStands, now, timezone);
    if (due) {
      finished.push({ delivery, transition: postponed(delivery, due) });
      return;
    }
    let message: Message;
    try {
      message = compose(content);
    } catch (error) {
      const reason = messageOf(error);
      log.error({ delivery: delivery.id, error: reason }, 'an announcement cannot be put into words');
      finish(delivery, { kind: 'rejected', reason });
      return;
    }
    void send(delivery, message);
  }

  /** News goes first: messages are corrected with the room that it leaves. */
  async function startCorrections(limit: number, now: Date): Promise<number> {
    const { edit } = deliverer;
    if (!edit || limit === 0) return 0;
    const corrections = await outbox.claimCorrections(claimRequest(limit, now));
    for (const correction of corrections) void correct(correction, edit);
    return corrections.length;
  }

  /** One round: record, claim, send; says how long there is nothing to do. */
  async function turn(): Promise<number> {
    await record();
    const now = clock.now();
    giveUpLate(now.getTime());
    const { limit, waitMs } = demand(now.getTime());
    if (limit === 0) return waitMs;
    claimedAt = now.getTime();
    const claimed = await outbox.claim(claimRequest(limit, now));
    for (const { id } of claimed) inHand.add(id);
    for (const delivery of claimed) start(delivery, now);
    const begun = claimed.length + (await startCorrections(limit - claimed.length, now));
    if (begun === limit) return 0;
    return Math.max(1, Math.min(limits.idleMs, pacer.nextFreeMs(now.getTime())));
  }

  async function work(signal: AbortSignal): Promise<void> {
    const wait = createBackoff();
    while (!signal.aborted) {
      try {
        const idleMs = await turn();
        wait.reset();
        if (idleMs > 0) await nap(idleMs, signal);
      } catch (error) {
        log.error({ error: messageOf(error) }, 'the store fails; deliveries wait');
        await clock.sleep(wait.next(), signal);
      }
    }
  }

  async function windUp(): Promise<void> {
    const wait = createBackoff();
    for (let tries = 0; tries < LAST_TRIES && underWay.size + finished.length > 0; ) {
      try {
        if (underWay.size > 0) await nap(limits.idleMs);
        giveUpLate(clock.now().getTime());
        await record();
      } catch (error) {
        tries += 1;
        log.error({ error: messageOf(error) }, 'the store fails; the last deliveries are not recorded yet');
        await clock.sleep(wait.next());
      }
    }
  }

  return {
    inHand: () => [...inHand],

    async run(signal) {
      deliverer.answers?.watch((address) => {
        const through = pacer.begin(address.chat, isGroup(address), clock.now().getTime());
        return () => through(clock.now().getTime());
      });
      await work(signal);
      await windUp();
    },
  };
}

/** What was never attempted comes together with all else that waits for that moment. */
function postponed({ content, history }: ClaimedDelivery, due: Date): Settlement['transition'] {
  const isWhole = content.notice === undefined && history.attempts === 0;
  return { kind: 'postponed', notBefore: due, ...(isWhole && { bundle: bundleUntil(due) }) };
}

function noAnswer(late: AbortSignal): Promise<DeliveryOutcome> {
  return new Promise((resolve) => {
    late.addEventListener('abort', () => resolve({ kind: 'unknown', reason: 'no answer in time' }), { once: true });
  });
}
