import type { Conversation, Incoming } from '../../conversation/conversation.ts';
import type { Phrases } from '../../conversation/phrases/phrases.ts';
import type { Clock } from '../../kernel/clock.ts';
import { messageOf } from '../../kernel/errors.ts';
import type { Log } from '../../kernel/log.ts';
import type { Address } from '../../subscribers/address.ts';
import type { Language } from '../../subscribers/subscriber.ts';
import type { SubscriberBook } from '../../subscribers/subscriber-book.ts';
import type { Answer } from '../tencent/callback-handler.ts';
import { type CallbackMessage, traceOf } from '../tencent/callback-message.ts';
import { wordsOf } from '../tencent/command-words.ts';
import type { ReaderMemories } from '../tencent/reader-memory.ts';
import type { CoverOf } from '../tencent/render-news.ts';
import { shownList } from '../tencent/render-text.ts';
import { noReply } from '../tencent/reply.ts';
import { type Talk, talk } from '../tencent/talk.ts';
import type { WecomDeliverer } from './deliverer.ts';
import { mostArticles, renderAnswer } from './render.ts';
import { toAsked } from './to-incoming.ts';

export interface AnswersParts {
  readonly book: SubscriberBook;
  readonly memories: ReaderMemories;
  readonly deliverer: WecomDeliverer;
  readonly phrases: Phrases;
  readonly defaultLanguage: Language;
  readonly coverOf: CoverOf;
  /** The id of the post at an address; undefined for what is no address. */
  postIdOf(url: string): string | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** Answers the messages and events of a WeCom app. */
export interface Answers {
  /** Never rejects: a fault of ours is logged and is answered with an apology. */
  to(message: CallbackMessage, conversation: Conversation, signal: AbortSignal): Promise<Answer>;
  /** What came too late for its question goes out by itself. */
  late(message: CallbackMessage, answer: Answer): Promise<void>;
}

const nothing: Answer = { reply: noReply };

export function createAnswers(parts: AnswersParts): Answers {
  const { book, memories, deliverer, log } = parts;
  const addressOf = (member: string): Address => ({ channel: 'wecom', chat: member });

  const respond = async (
    message: CallbackMessage,
    conversation: Conversation,
    signal: AbortSignal,
  ): Promise<Answer> => {
    const asked = toAsked(message);
    if (asked.kind === 'nothing') return nothing;
    if (asked.kind === 'leave') {
      await book.change(addressOf(message.from), (current) => current && { ...current, state: 'suspended' });
      await memories.forget(message.from);
      return nothing;
    }
    return converse(message, asked, conversation, signal);
  };

  const converse = async (
    message: CallbackMessage,
    asked: Talk,
    conversation: Conversation,
    signal: AbortSignal,
  ): Promise<Answer> => {
    const member = message.from;
    const address = addressOf(member);
    const [memory, subscriber] = await Promise.all([memories.recall(member), book.find(address)]);
    const language = subscriber?.language ?? parts.defaultLanguage;
    const say = parts.phrases[language];
    const trace = traceOf(message);
    const ask = (input: Incoming['input']) =>
      conversation.answer({ address, place: 'private', mayManage: true, bareWords: true, trace, input }, signal);
    const pictures = asked.kind === 'follow' ? 'none' : message.type === 'event' ? 'several' : 'one';
    const { list } = memory;
    const said = await talk(asked, {
      ask,
      say,
      list,
      postIdOf: parts.postIdOf,
      cards: pictures === 'several' ? mostArticles : 1,
    });
    if (said.message.forgotten) await memories.forget(member);
    else if (said.remember) await memories.keep(member, { ...memory, list: shownList(said.message, list) });
    const reply = renderAnswer(said.message, {
      say,
      wordsOf: (command) => wordsOf(command, language),
      coverOf: parts.coverOf,
      pictures,
    });
    return { reply, said: said.message };
  };

  return {
    async to(message, conversation, signal) {
      try {
        return await respond(message, conversation, signal);
      } catch (thrown) {
        const { from, type } = message;
        log.error({ ...traceOf(message), from, type, reason: messageOf(thrown) }, 'a message was not answered');
        const apology = parts.phrases[parts.defaultLanguage]('apology');
        return message.type === 'event' ? nothing : { reply: { kind: 'text', content: apology } };
      }
    },

    async late(message, { reply }) {
      try {
        if (!(await deliverer.push(message.from, reply, traceOf(message)))) throw new Error('WeCom did not take it');
      } catch (thrown) {
        log.error({ ...traceOf(message), from: message.from, reason: messageOf(thrown) }, 'a late answer was lost');
      }
    },
  };
}
