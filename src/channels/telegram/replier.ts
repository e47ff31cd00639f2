import type { Api } from 'grammy';
import type { Clock } from '../../kernel/clock.ts';
import type { Log, Trace } from '../../kernel/log.ts';
import type { Address } from '../../subscribers/address.ts';
import type { AnswerTrafficSource } from './answer-traffic.ts';
import { editRendered } from './edit-rendered.ts';
import { type Failure, failureOf } from './failure-of.ts';
import type { Rendered } from './render.ts';
import { sendRendered } from './send-rendered.ts';

/**
 * Brings answers to those who asked. Rejects with the signal's reason if it aborts during a wait: the answer is still
 * to be given then.
 */
export interface Replier {
  /** Sends a new message, in groups below the question; the id of the message, undefined if it did not arrive. */
  send(to: ReplyPlace, rendered: Rendered, signal: AbortSignal): Promise<number | undefined>;
  /** Replaces a message of ours; sends a new one where it is no longer there. */
  replace(to: ReplyPlace, messageId: number, rendered: Rendered, signal: AbortSignal): Promise<number | undefined>;
}

export interface ReplyPlace {
  readonly address: Address;
  /** What the log calls the update that is answered. */
  readonly trace: Trace;
  /** The message to reply to. */
  readonly question?: number;
}

interface ReplierParts {
  readonly api: Api;
  readonly traffic: AnswerTrafficSource;
  readonly clock: Clock;
  readonly log: Log;
  /** A group that became a supergroup while we answered. */
  readonly moved: (from: Address, to: Address) => Promise<void>;
}

/** An answer that would come later than this has lost its sense: the asker has asked again or has gone. */
const longestWaitSeconds = 60;
const mostAttempts = 4;

/**
 * Calls are repeated by what is known of the failed one. Waits that Telegram asks for are kept, and a server that
 * did nothing is asked again. Where the connection broke, an edit is repeated (it can only do the same again), and a
 * message once: to ask and hear nothing is worse than to hear it twice. After a time-out no message is repeated,
 * since it has most likely arrived. What is refused for what it holds, a defect of ours, goes out in bare words.
 */
export function createReplier({ api, traffic, clock, log, moved }: ReplierParts): Replier {
  type Attempt = { readonly messageId?: number } | { readonly failure: Failure };

  const attempt = async (call: () => Promise<number | undefined>): Promise<Attempt> => {
    try {
      const messageId = await call();
      return messageId === undefined ? {} : { messageId };
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (!failure) throw thrown;
      return { failure };
    }
  };

  const insist = async (
    call: () => Promise<number | undefined>,
    repeatsUnanswered: (failure: Failure & { kind: 'unanswered' }, attempts: number) => boolean,
    signal: AbortSignal,
  ): Promise<Attempt> => {
    for (let attempts = 1; ; attempts += 1) {
      const result = await attempt(call);
      if (!('failure' in result) || attempts >= mostAttempts) return result;
      const { failure } = result;
      if (failure.kind === 'too-fast') {
        if (failure.seconds > longestWaitSeconds) return result;
        await clock.sleep(failure.seconds * 1000, signal);
      } else if (
        failure.kind === 'not-taken' ||
        (failure.kind === 'unanswered' && repeatsUnanswered(failure, attempts))
      ) {
        await clock.sleep(250 * 2 ** attempts, signal);
      } else {
        return result;
      }
      signal.throwIfAborted();
    }
  };

  const send = async (
    place: ReplyPlace,
    rendered: Rendered,
    signal: AbortSignal,
    { hasMoved = false, plain = false } = {},
  ): Promise<number | undefined> => {
    const { address, question, trace } = place;
    const result = await insist(
      () =>
        traffic.during(address, () =>
          sendRendered(api, address, rendered, { plain, ...(question !== undefined && { replyTo: question }) }),
        ),
      ({ cause }, attempts) => cause === 'broken' && attempts === 1,
      signal,
    );
    if (!('failure' in result)) return result.messageId;
    const { failure } = result;
    if (failure.kind === 'moved' && !hasMoved) {
      const to: Address = { channel: address.channel, chat: failure.to };
      await moved(address, to);
      return send({ address: to, trace }, rendered, signal, { hasMoved: true, plain });
    }
    if (failure.kind === 'rejected' && !plain) {
      const { reason } = failure;
      log.error({ ...trace, chat: address.chat, reason }, 'an answer was refused; its words go out without markup');
      return send(place, rendered, signal, { hasMoved, plain: true });
    }
    log.warn({ ...trace, chat: address.chat, reason: failure.reason }, 'an answer did not arrive');
    return undefined;
  };

  return {
    send,
    replace: async (to, messageId, rendered, signal) => {
      const result = await insist(
        async () => {
          await traffic.during(to.address, () => editRendered(api, to.address.chat, messageId, rendered));
          return messageId;
        },
        () => true,
        signal,
      );
      if (!('failure' in result) || result.failure.kind === 'unchanged') return messageId;
      const { kind, reason } = result.failure;
      if (kind === 'uneditable' || kind === 'moved' || kind === 'rejected') return send(to, rendered, signal);
      log.warn({ ...to.trace, chat: to.address.chat, reason }, 'an answer could not be changed');
      return undefined;
    },
  };
}
