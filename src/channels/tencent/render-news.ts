import type { Card } from '../../message/card.ts';
import { cutToBytes } from './byte-budget.ts';
import { hrefOf } from './markup.ts';
import type { Article } from './reply.ts';
import { withoutControls } from './xml.ts';

/** In bytes of UTF-8: WeCom's documented limits, which WeChat keeps to as well. */
const longestTitle = 128;
const longestDescription = 512;

/** The picture of a card, as an absolute address that the platform's clients can reach; undefined where there is none. */
export type CoverOf = (card: Card) => string | undefined;

/**
 * A card as an article of a picture message. The clients show titles and descriptions as they stand, without
 * any markup. `lead` is what is said above the card, if anything is.
 */
export function articleOf(card: Card, coverOf: CoverOf, lead = ''): Article {
  const place = [card.category.join(' / '), card.date?.slice(0, 10)].filter(Boolean).join(' · ');
  const description = [lead, place, card.snippet.text].filter(Boolean).join('\n');
  const url = hrefOf(card.url);
  const picture = coverOf(card);
  return {
    // An article without a title is refused.
    title: cutToBytes(withoutControls(card.title.text).trim(), longestTitle) || '…',
    description: cutToBytes(withoutControls(description), longestDescription),
    ...(url !== undefined && { url }),
    ...(picture !== undefined && { picture }),
  };
}
