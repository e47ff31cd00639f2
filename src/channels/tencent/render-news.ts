import type { Card } from '../../message/card.ts';
import type { Message } from '../../message/message.ts';
import { cutToBytes } from './byte-budget.ts';
import { hrefOf, longestAddress } from './markup.ts';
import type { Article } from './reply.ts';
import { withoutControls } from './xml.ts';

/** In bytes of UTF-8: WeCom's documented limits, which WeChat keeps to as well. */
const longestTitle = 128;
const longestDescription = 512;

/** Where an article stands: by itself, at the head of several, or in a row below that. */
export type ArticlePlace = 'alone' | 'head' | 'row';

/** The picture of a card, as an absolute address that the platform's clients can reach; undefined where there is none. */
export type CoverOf = (card: Card, place: ArticlePlace) => string | undefined;

/**
 * The cards of a message as articles, `most` at most. A single one stands for the whole message, so that it brings what
 * the text says, unless that only introduces it; beside several there is no room for a text.
 */
export function articlesOf(
  { text, introduces, cards }: Message,
  coverOf: CoverOf,
  most: number = Number.POSITIVE_INFINITY,
): readonly Article[] {
  const [only, ...others] = cards;
  if (only && others.length === 0) return [articleOf(only, coverOf(only, 'alone'), introduces ? '' : text)];
  return cards.slice(0, most).map((card, at) => articleOf(card, coverOf(card, at === 0 ? 'head' : 'row')));
}

/** The clients show titles and descriptions as they stand, without any markup. */
function articleOf(card: Card, picture: string | undefined, lead = ''): Article {
  const place = [card.category.join(' / '), card.date?.slice(0, 10)].filter(Boolean).join(' · ');
  const url = hrefOf(card.url, longestAddress);
  const site = url === undefined ? '' : new URL(url).host;
  // The clients show three lines or four: what the post is about comes before where it stands.
  const description = [lead, card.snippet.text, place].filter(Boolean).join('\n') || site;
  return {
    // An article without a title is refused.
    title: cutToBytes(withoutControls(card.title.text).trim(), longestTitle) || '…',
    description: cutToBytes(withoutControls(description), longestDescription),
    ...(url !== undefined && { url }),
    ...(picture !== undefined && { picture }),
  };
}
