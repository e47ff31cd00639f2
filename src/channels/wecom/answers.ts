import type { Conversation, Incoming } from '../../conversation/conversation.ts';
import type { Address } from '../../subscribers/address.ts';
import type { SubscriberBook } from '../../subscribers/subscriber-book.ts';
import { type Answers, type AnswersParts, noAnswer, withoutRejections } from '../tencent/answers.ts';
import type { Answer } from '../tencent/callback-handler.ts';
import { type CallbackMessage, traceOf } from '../tencent/callback-message.ts';
import { wordsOf } from '../tencent/command-words.ts';
import { shownList } from '../tencent/render-text.ts';
import { type Talk, talk } from '../tencent/talk.ts';
import type { WecomDeliverer } from './deliverer.ts';
import { mostArticles, renderAnswer } from './render.ts';
import { toAsked } from './to-incoming.ts';

export interface WecomAnswersParts extends AnswersParts {
  readonly book: SubscriberBook;
  readonly deliverer: WecomDeliverer;
}

/** Answers the messages and events of a WeCom app. */
export function createAnswers(parts: WecomAnswersParts): Answers {
  const { book, memories, deliverer } = parts;
  const addressOf = (member: string): Address => ({ channel: 'wecom', chat: member });

  const respond = async (
    message: CallbackMessage,
    conversation: Conversation,
    signal: AbortSignal,
  ): Promise<Answer> => {
    const asked = toAsked(message);
    if (asked.kind === 'nothing') return noAnswer;
    if (asked.kind === 'leave') {
      await book.change(addressOf(message.from), (current) => current && { ...current, state: 'suspended' });
      await memories.forget(message.from);
      return noAnswer;
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

  return withoutRejections(
    {
      to: respond,
      async late(message, { reply }) {
        if (!(await deliverer.push(message.from, reply, traceOf(message)))) throw new Error('WeCom did not take it');
      },
    },
    parts,
  );
}
