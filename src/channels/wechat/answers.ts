import type { Conversation, Incoming } from '../../conversation/conversation.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Address } from '../../subscribers/address.ts';
import type { Language } from '../../subscribers/subscriber.ts';
import type { SubscriberBook } from '../../subscribers/subscriber-book.ts';
import { type Answers, type AnswersParts, noAnswer, withoutRejections } from '../tencent/answers.ts';
import type { Answer } from '../tencent/callback-handler.ts';
import { type CallbackMessage, traceOf } from '../tencent/callback-message.ts';
import { wordsOf } from '../tencent/command-words.ts';
import type { ContactKind, ReaderMemory } from '../tencent/reader-memory.ts';
import { shownList } from '../tencent/render-text.ts';
import { type Said, type Talk, talk } from '../tencent/talk.ts';
import type { Consents } from './consents.ts';
import type { WechatDeliverer } from './deliverer.ts';
import type { KeptNews } from './kept-news.ts';
import { renderAnswer, renderKept, renderLate } from './render.ts';
import { toAsked } from './to-incoming.ts';

/** Articles in answer to a tap or a follow. */
const mostCards = 8;

export interface WechatAnswersParts extends AnswersParts {
  readonly book: SubscriberBook;
  readonly kept: KeptNews;
  readonly consents: Consents;
  readonly deliverer: WechatDeliverer;
  readonly sendingLinks: boolean;
  readonly clock: Clock;
}

/** Answers the messages and events of an Official Account; what comes too late may be kept for the reader's next message. */
export function createAnswers(parts: WechatAnswersParts): Answers {
  const { book, kept, memories, consents, deliverer, clock } = parts;

  const addressOf = (reader: string): Address => ({ channel: 'wechat', chat: reader });

  const languageOf = async (reader: string): Promise<Language> =>
    (await book.find(addressOf(reader)))?.language ?? parts.defaultLanguage;

  const respond = async (
    message: CallbackMessage,
    conversation: Conversation,
    signal: AbortSignal,
  ): Promise<Answer> => {
    const asked = toAsked(message);
    const reader = message.from;
    switch (asked.kind) {
      case 'nothing':
        return noAnswer;
      case 'consent':
        for (const { template, accepted } of asked.answers) {
          await (accepted ? consents.give(reader, template) : consents.revoke(reader, template));
        }
        return noAnswer;
      case 'template-result':
        await deliverer.settleTemplate(asked.messageId, asked.delivered);
        return noAnswer;
      case 'unfollow':
        await book.change(addressOf(reader), (current) => current && { ...current, state: 'suspended' });
        await memories.forget(reader);
        return noAnswer;
      default:
        return converse(message, asked, conversation, signal);
    }
  };

  const converse = async (
    message: CallbackMessage,
    asked: Talk,
    conversation: Conversation,
    signal: AbortSignal,
  ): Promise<Answer> => {
    const reader = message.from;
    const address = addressOf(reader);
    const [memory, language, waiting] = await Promise.all([
      memories.recall(reader),
      languageOf(reader),
      kept.waiting(address),
    ]);
    const say = parts.phrases[language];
    const trace = traceOf(message);
    const ask = (input: Incoming['input']) =>
      conversation.answer({ address, place: 'private', mayManage: true, bareWords: true, trace, input }, signal);
    // A follow is greeted, which takes words; WeChat shows several articles in answer to other events only.
    const pictures = asked.kind === 'follow' ? 'none' : message.type === 'event' ? 'several' : 'one';
    const said = await talk(asked, {
      ask,
      say,
      list: memory.list,
      postIdOf: parts.postIdOf,
      cards: pictures === 'several' ? mostCards : 1,
    });
    const worded = renderKept(waiting, say);
    const news = worded && (await kept.give(address, waiting, worded.heard)) ? worded : undefined;
    await remember(reader, said, memory, isTap(message, asked) ? 'tap' : 'message');
    const reply = renderAnswer(said.message, {
      say,
      wordsOf: (command) => wordsOf(command, language),
      sendingLinks: parts.sendingLinks,
      coverOf: parts.coverOf,
      pictures,
      kept: news,
    });
    return { reply, said: said.message, ...(news && { takeBack: () => kept.takeBack(address, waiting) }) };
  };

  const remember = async (reader: string, { message, remember }: Said, memory: ReaderMemory, contact: ContactKind) => {
    if (message.forgotten) {
      await Promise.all([memories.forget(reader), kept.forget(addressOf(reader))]);
      return;
    }
    const list = remember ? shownList(message, memory.list) : memory.list;
    const contacts = { ...memory.contacts, [contact]: clock.now().getTime() };
    await memories.keep(reader, { ...(list && { list }), contacts });
  };

  return withoutRejections(
    {
      to: respond,
      async late(message, { reply, said, takeBack }) {
        if (reply.kind === 'none') return;
        if ((await deliverer.push(message.from, renderLate(reply), traceOf(message))) || !said) return;
        await takeBack?.();
        await kept.put(addressOf(message.from), `late:${message.id || message.createdAt}`, said, clock.now());
      },
    },
    parts,
  );
}

/** WeChat counts a follow, a scan and a tap, also on a link that sends words, as taps: their window is short. */
function isTap(message: CallbackMessage, asked: Talk): boolean {
  return message.type === 'event' || (asked.kind === 'words' && asked.tapped);
}
