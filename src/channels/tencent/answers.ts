import type { Conversation } from '../../conversation/conversation.ts';
import type { Phrases } from '../../conversation/phrases/phrases.ts';
import { messageOf } from '../../kernel/errors.ts';
import type { Log } from '../../kernel/log.ts';
import type { Language } from '../../subscribers/subscriber.ts';
import type { Answer } from './callback-handler.ts';
import { type CallbackMessage, traceOf } from './callback-message.ts';
import type { ReaderMemories } from './reader-memory.ts';
import type { CoverOf } from './render-news.ts';
import { noReply } from './reply.ts';

/** Answers the messages and events of an account or an app. */
export interface Answers {
  /** Never rejects: a fault of ours is logged and is answered with an apology. */
  to(message: CallbackMessage, conversation: Conversation, signal: AbortSignal): Promise<Answer>;
  /** What came too late for its question is sent by itself, or kept. Never rejects: what is lost is logged. */
  late(message: CallbackMessage, answer: Answer): Promise<void>;
}

/** What the answers of both platforms are made with. */
export interface AnswersParts {
  readonly memories: ReaderMemories;
  readonly phrases: Phrases;
  readonly defaultLanguage: Language;
  readonly coverOf: CoverOf;
  /** The id of the post at an address; undefined for what is no address. */
  postIdOf(url: string): string | undefined;
  readonly log: Log;
}

/** What is no question gets no answer. */
export const noAnswer: Answer = { reply: noReply };

/** The same answers, which never reject. */
export function withoutRejections(
  answers: Answers,
  { phrases, defaultLanguage, log }: Pick<AnswersParts, 'phrases' | 'defaultLanguage' | 'log'>,
): Answers {
  const failed = (message: CallbackMessage, thrown: unknown, what: string) => {
    const { from, type } = message;
    log.error({ ...traceOf(message), from, type, reason: messageOf(thrown) }, what);
  };
  return {
    async to(message, conversation, signal) {
      try {
        return await answers.to(message, conversation, signal);
      } catch (thrown) {
        failed(message, thrown, 'a message was not answered');
        const apology = phrases[defaultLanguage]('apology');
        return message.type === 'event' ? noAnswer : { reply: { kind: 'text', content: apology } };
      }
    },
    async late(message, answer) {
      try {
        await answers.late(message, answer);
      } catch (thrown) {
        failed(message, thrown, 'a late answer was lost');
      }
    },
  };
}
