import type { Api } from 'grammy';
import type { InlineQuery, InlineQueryResultArticle, InlineQueryResultsButton } from 'grammy/types';
import type { Conversation } from '../../conversation/conversation.ts';
import type { Phrases } from '../../conversation/phrases/phrases.ts';
import { messageOf } from '../../kernel/errors.ts';
import type { Log, Trace } from '../../kernel/log.ts';
import type { ActionStore } from '../../message/action-store.ts';
import { type Card, plain } from '../../message/card.ts';
import type { Command } from '../../message/command.ts';
import type { Language } from '../../subscribers/subscriber.ts';
import { postPayload, startLink, startPayload } from './deep-link.ts';
import { failureOf } from './failure-of.ts';
import { cleanLine, cutText, isBlank } from './html-text.ts';
import type { MiniApp } from './mini-app.ts';
import { type CoverOf, coverLink, render } from './render.ts';
import { languageOf } from './to-incoming.ts';

/** `@bot LoRA`, typed in any chat, offers cards to send there. */
export interface InlineAnswers {
  /** Notes that a query has come: while a person types, only the last one matters. */
  arrived(query: InlineQuery): void;
  answer(query: InlineQuery, trace: Trace): Promise<void>;
}

interface InlineParts {
  readonly api: Api;
  readonly conversation: Conversation;
  readonly phrases: Phrases;
  readonly actions: ActionStore;
  readonly username: string;
  readonly miniApp: MiniApp;
  /** Of cards that bring no picture along. */
  readonly coverOf: CoverOf;
  /** Likewise, in a square. */
  readonly thumbnailOf: CoverOf;
  readonly defaultLanguage: Language;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Seconds for which Telegram may show what it has; new posts are to be seen within minutes. */
const cacheSeconds = 300;
const emptyCacheSeconds = 30;
/** Telegram takes 50 and shows some four; it asks for more as somebody scrolls. */
const resultsPerPage = 10;
const longestTitle = 120;
const longestDescription = 200;
const longestButton = 64;

/** https://core.telegram.org/bots/api#answerinlinequery */
export function createInlineAnswers(parts: InlineParts): InlineAnswers {
  const { api, conversation, phrases, actions, username, defaultLanguage, log, signal } = parts;
  const newest = new Map<number, string>();

  const offerSearch = async (command: Command, language: Language): Promise<InlineQueryResultsButton> => ({
    text: cutText(phrases[language]('telegram-inline-nothing', { username }), longestButton),
    start_parameter: await startPayload(command, actions),
  });

  const reply = async ({ id, from, query, offset }: InlineQuery, trace: Trace): Promise<void> => {
    const words = query.trim();
    const page = /^\d{1,4}$/.test(offset) ? Number(offset) : 0;
    const command: Command = { name: words === '' ? 'latest' : 'search', argument: words, page };
    const language = languageOf(from).language ?? defaultLanguage;
    const message = await conversation.answer(
      {
        address: { channel: 'telegram', chat: String(from.id) },
        place: 'private',
        language,
        mayManage: false,
        trace,
        // Telegram keeps pages for all who ask the same, whatever each of them chose for the chat with the bot.
        cardsPerPage: resultsPerPage,
        input: { command },
      },
      signal,
    );
    const results = message.cards.map((card, at) => articleOf(card, `${page}-${at}`, parts));
    const found = results.length > 0;
    await api.answerInlineQuery(id, results, {
      cache_time: found ? cacheSeconds : emptyCacheSeconds,
      // What is found is the same for all; the offer to search is worded in the asker's language.
      is_personal: !found,
      next_offset: message.page?.next ? String(page + 1) : '',
      ...(!found && { button: await offerSearch(command, language) }),
    });
  };

  return {
    arrived: ({ id, from }) => {
      newest.set(from.id, id);
    },
    answer: async (query, trace) => {
      if (newest.get(query.from.id) !== query.id) return;
      newest.delete(query.from.id);
      try {
        await reply(query, trace);
      } catch (thrown) {
        // Whoever types on has asked again by now.
        const reason = failureOf(thrown)?.reason ?? messageOf(thrown);
        log.info({ ...trace, reason }, 'an inline query was not answered');
      }
    },
  };
}

/** A card that stands by itself in a chat where nobody knows what was asked. */
function articleOf(
  card: Card,
  place: string,
  { username, miniApp, phrases, defaultLanguage, coverOf, thumbnailOf }: InlineParts,
): InlineQueryResultArticle {
  const alone: Card = { ...card, title: plain(card.title.text), snippet: plain(card.snippet.text) };
  const { html, preview } = render({ text: '', cards: [alone], actions: [] }, { dataOf: () => '-', coverOf });
  const payload = postPayload(card.postId);
  const opener = miniApp.elsewhere({ name: 'post', argument: card.postId, page: 0 });
  const buttons = [
    ...(payload === undefined ? [] : [{ text: `@${username}`, url: startLink(username, payload) }]),
    ...(opener ? [{ text: phrases[defaultLanguage]('button-in-app'), ...opener }] : []),
  ];
  const description = [card.category.join(' › '), card.snippet.text].filter((part) => part !== '').join(' · ');
  const thumbnail = coverLink(card, { coverOf: thumbnailOf });
  return {
    type: 'article',
    id: place,
    title: cutText(titleOf(card), longestTitle),
    description: cutText(cleanLine(description), longestDescription),
    input_message_content: { message_text: html, parse_mode: 'HTML', link_preview_options: preview },
    // One bad picture fails the whole answer, and Telegram loads them by https.
    ...(thumbnail?.startsWith('https://') && { thumbnail_url: thumbnail }),
    ...(buttons.length > 0 && { reply_markup: { inline_keyboard: [buttons] } }),
  };
}

/** Telegram takes none that shows nothing. */
function titleOf({ title, url }: Card): string {
  return [title.text, url].map(cleanLine).find((text) => !isBlank(text)) ?? '…';
}
