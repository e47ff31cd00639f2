import { type Card, plain } from '../message/card.ts';
import type { Message } from '../message/message.ts';
import { cleanLine, cut } from './clean-text.ts';
import type { Conversation } from './conversation.ts';

/** How a post's own page describes it; undefined where that is not known. */
export type DescriptionOf = (postId: string) => string | undefined;

const longestDescription = 160;

/** A conversation whose cards say what the article's page says of itself, where the catalog says nothing. */
export function describedConversation(conversation: Conversation, descriptionOf: DescriptionOf): Conversation {
  return {
    answer: async (incoming, signal) => describedCards(await conversation.answer(incoming, signal), descriptionOf),
  };
}

/** A message whose cards without a snippet have the description of their page. */
export function describedCards(message: Message, descriptionOf: DescriptionOf): Message {
  return message.cards.some(isBare)
    ? { ...message, cards: message.cards.map((card) => described(card, descriptionOf)) }
    : message;
}

function described(card: Card, descriptionOf: DescriptionOf): Card {
  const description = isBare(card) ? descriptionOf(card.postId) : undefined;
  return description === undefined
    ? card
    : { ...card, snippet: plain(cut(cleanLine(description), longestDescription)) };
}

function isBare({ snippet }: Card): boolean {
  return snippet.text === '';
}
