import { decodeHTML } from 'entities';
import { render as renderTelegram } from '../../channels/telegram/render.ts';
import { pushNotice } from '../../channels/web/push-notice.ts';
import { renderAnnouncement as renderWechat } from '../../channels/wechat/render.ts';
import { renderAnnouncement as renderWecom } from '../../channels/wecom/render.ts';
import type { Card } from '../../message/card.ts';
import type { Message } from '../../message/message.ts';
import { categoryName } from '../../posts/post.ts';

/** How the announcement of a post looks in one place, roughly: each channel's own renderer says what is in it. */
export interface CardPreview {
  readonly place: 'telegram' | 'wechat' | 'wecom' | 'web' | 'notification';
  readonly picture?: string | undefined;
  readonly lines: readonly { readonly text: string; readonly strong: boolean }[];
  readonly buttons: readonly string[];
}

/** Addresses of a card's picture: for the channels, which need one that everybody reaches, and for our own page. */
export interface PreviewCovers {
  readonly everywhere: (card: Card) => string | undefined;
  readonly here: (card: Card) => string | undefined;
}

/** @param message an announcement of one post, as it is composed for readers */
export function cardPreviews(message: Message, covers: PreviewCovers): readonly CardPreview[] {
  return [
    telegramPreview(message, covers),
    ...(['wechat', 'wecom'] as const).flatMap((place) => articlePreview(place, message, covers)),
    ...message.cards.slice(0, 1).map((card) => webPreview(message, card, covers)),
    notificationPreview(message),
  ];
}

function telegramPreview(message: Message, { everywhere }: PreviewCovers): CardPreview {
  const { html, keyboard, preview } = renderTelegram(message, { dataOf: () => 'x', coverOf: everywhere });
  const lines = html.split('\n').map((line) => ({
    text: decodeHTML(line.replace(/<[^>]*>/g, '')),
    // The title is the link to the article.
    strong: line.includes('<a '),
  }));
  const picture = 'url' in preview && preview.show_above_text ? preview.url : undefined;
  return { place: 'telegram', picture, lines, buttons: keyboard.flat().map(({ text }) => text) };
}

/** WeChat's and WeCom's picture messages: a title, a description, a picture, and nothing to press. */
function articlePreview(place: 'wechat' | 'wecom', message: Message, { everywhere }: PreviewCovers): CardPreview[] {
  const options = { say: (key: string) => key, wordsOf: () => '', sendingLinks: false, coverOf: everywhere };
  const reply = place === 'wechat' ? renderWechat(message, options) : renderWecom(message, options);
  if (reply.kind !== 'news') return [];
  return reply.articles.slice(0, 1).map(({ title, description, picture }) => ({
    place,
    picture,
    lines: [{ text: title, strong: true }, ...description.split('\n').map((text) => ({ text, strong: false }))],
    buttons: [],
  }));
}

function webPreview({ actions }: Message, card: Card, { here }: PreviewCovers): CardPreview {
  const lines = [
    { text: categoryName(card.category), strong: false },
    { text: card.title.text, strong: true },
    { text: card.snippet.text, strong: false },
  ];
  return {
    place: 'web',
    picture: card.cover ?? here(card),
    lines: lines.filter(({ text }) => text !== ''),
    buttons: actions.flat().map(({ label }) => label),
  };
}

function notificationPreview(message: Message): CardPreview {
  const { title, body } = pushNotice({ id: 'preview', address: { channel: 'web', chat: 'preview' }, message });
  const rest = body.split('\n').filter((text) => text !== '');
  return {
    place: 'notification',
    lines: [{ text: title, strong: true }, ...rest.map((text) => ({ text, strong: false }))],
    buttons: [],
  };
}
