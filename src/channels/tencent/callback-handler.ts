import type { Clock } from '../../kernel/clock.ts';
import { messageOf } from '../../kernel/errors.ts';
import type { Log, Trace } from '../../kernel/log.ts';
import type { Message } from '../../message/message.ts';
import type { WebhookAnswer, WebhookRequest } from '../webhook.ts';
import { type CallbackMessage, identityOf, readCallbackMessage, traceOf } from './callback-message.ts';
import type { Deadlines } from './deadlines.ts';
import { answerRefusal, type Envelope, type Opened } from './envelope.ts';
import type { HandledOnce } from './handled-once.ts';
import { noReply, type Reply, success, writeReply } from './reply.ts';
import { textOf, type XmlElement } from './xml.ts';

/** The platform hangs up after 5 seconds and sends the message again, three times in all. */
const patienceMs = 4_500;
/** Longer than the platform waits: it has hung up, and what is said now is not heard. */
const hungUpMs = 5_500;
/** When the third and last try must have its answer. */
const lastTryMs = 14_000;

/** What a message came to: what is sent, and what was said, should it have to be kept for later. */
export interface Answer {
  readonly reply: Reply;
  readonly said?: Message;
  /** Takes back what the reply brought along, should nobody ever see it. */
  takeBack?(): Promise<void>;
}

export interface CallbackHandlerParts {
  readonly envelope: Envelope;
  readonly once: HandledOnce;
  readonly deadlines: Deadlines;
  readonly clock: Clock;
  readonly log: Log;
  /** Answers one message; must not reject. Undefined while the channel does not run. */
  handler(): ((message: CallbackMessage) => Promise<Answer>) | undefined;
  /** Whether a late answer may go out by itself. */
  maySendLate(): Promise<boolean>;
  /** Sends what came too late for its question, or keeps it for the reader's next message; must not reject. */
  late(message: CallbackMessage, answer: Answer): Promise<void>;
}

export interface CallbackHandler {
  handle(request: WebhookRequest): Promise<WebhookAnswer>;
  /** Resolves when everything begun is done. */
  settled(): Promise<void>;
}

/**
 * Answers what a platform sends to the callback address: lets in only what is genuine, handles each message
 * once, and keeps to the platform's five seconds.
 */
export function createCallbackHandler(parts: CallbackHandlerParts): CallbackHandler {
  const { envelope, once, deadlines, clock, log } = parts;
  const underWay = new Set<Promise<unknown>>();
  const track = <T>(work: Promise<T>): Promise<T> => {
    underWay.add(work);
    const done = () => underWay.delete(work);
    work.then(done, done);
    return work;
  };

  /** The reply that all repeats of a message get. One that comes too late goes its own way, and they get none. */
  const replyInTime = async (message: CallbackMessage, answering: Promise<Answer>): Promise<Reply> => {
    const begun = clock.now().getTime();
    let answer = await deadlines.within(answering, patienceMs);
    // Who may not send later has the platform's two further tries: each of them waits for this same answer.
    if (!answer && !(await parts.maySendLate())) {
      answer = await deadlines.within(answering, lastTryMs - (clock.now().getTime() - begun));
    }
    if (answer) return answer.reply;
    log.warn({ ...traceOf(message), from: message.from }, 'an answer took too long and goes out later');
    void track(answering.then((late) => parts.late(message, late)));
    return noReply;
  };

  const respond = async (opened: Opened, trace: Trace): Promise<WebhookAnswer> => {
    const message = readCallbackMessage(opened.message);
    if (!message) {
      log.warn({ ...trace, reason: strangeReason(opened.message) }, 'refused a callback');
      return { status: 400, body: 'bad request' };
    }
    const handler = parts.handler();
    if (!handler) return { status: 503, body: 'not running' };
    const replying = track(once.answer(identityOf(message), () => replyInTime(message, handler(message))));
    const reply = await deadlines.within(replying, hungUpMs);
    const xml = reply && writeReply(reply, message.from, message.to, clock.now());
    return xml === undefined
      ? { status: 200, body: success }
      : { status: 200, body: opened.seal(xml), contentType: 'application/xml; charset=utf-8' };
  };

  return {
    async handle(request) {
      const opened = request.method === 'GET' ? envelope.handshake(request) : envelope.open(request);
      if (!opened.ok) {
        log.warn({ ...request.trace, reason: opened.reason }, 'refused a callback');
        return answerRefusal(opened);
      }
      if ('echo' in opened) return { status: 200, body: opened.echo };
      try {
        return await respond(opened, request.trace);
      } catch (thrown) {
        // The store is out of order: the platform tries again, perhaps at another process.
        log.error({ ...request.trace, reason: messageOf(thrown) }, 'a callback could not be handled');
        return { status: 503, body: 'try again' };
      }
    },
    async settled() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
}

/** Suites and other third-party platforms are told of tickets and grants, which need an answer that we do not have. */
function strangeReason(message: XmlElement): string {
  return textOf(message, 'InfoType') === ''
    ? 'sender, receiver, time or type is missing'
    : 'it is an instruction to a third-party platform (InfoType), which Postbell is none: give 指令回调URL another address';
}
