import type { Say } from '../../conversation/phrases/phrases.ts';
import { perObject } from '../../kernel/per-object.ts';
import type { Card } from '../../message/card.ts';
import type { Command } from '../../message/command.ts';
import type { Action, Message } from '../../message/message.ts';
import { cutToBytes, type Form, fitParts } from './byte-budget.ts';
import { escapeText, link, sendingLink } from './markup.ts';
import type { ShownList } from './reader-memory.ts';

/** Of titles, in bytes of UTF-8: two lines on a phone. */
const longestTitle = 150;
const shortTitle = 72;
const longestSnippet = 180;
/** Of the words above and below a list, so that the list keeps most of the room. */
const longestLead = 500;
const longestLabel = 90;

export interface TextOptions {
  readonly say: Say;
  /** The words by which a reader gives a command. */
  wordsOf(command: Command): string;
  /** Bytes of UTF-8, markup included. */
  readonly limit: number;
  /** Whether choices are links that send their word when tapped, which the clients know but no page documents. */
  readonly sendingLinks: boolean;
  /** Whether `shownList` of the message is remembered, so that numbers and page words will work. */
  readonly remembered: boolean;
}

/** A message as a text with links. What its numbers and page words mean is said by `shownList`. */
export function renderText(message: Message, options: TextOptions): string {
  const alone = message.cards.length === 0;
  const parts = [
    // A text without cards may take all the room there is: rather its choices are left out.
    alone ? wholeTextForms(message, options) : leadForms(message.text),
    ...message.cards.map((card, at) =>
      options.remembered ? cardForms(card, `${rankOf(message, at)}.`) : linkedForms(card, '·'),
    ),
    [() => cutToBytes(escapeText(message.footer ?? ''), longestLead)],
    ...actionParts(message, options),
    ...(options.remembered ? [[() => hintsOf(message, options)]] : []),
  ];
  return fitParts(parts, options.limit).trimEnd();
}

/** What is remembered of a message so that its numbers, `n` and `p` work; a page adds to the list it belongs to. */
export function shownList(message: Message, before: ShownList | undefined): ShownList {
  const isFurther = (message.page?.index ?? 0) > 0;
  const numbers = numbersOf(message);
  const beside = [...numbers].map(([{ command }, number]) => [number, command.argument]);
  const posts = Object.fromEntries(message.cards.map(({ postId }, at) => [rankOf(message, at), postId]));
  return {
    posts: {
      ...(isFurther ? before?.posts : undefined),
      ...(message.cards.length > 0 && Object.fromEntries(beside)),
      ...posts,
    },
    choices: message.cards.length > 0 ? [] : [...numbers.keys()].map(({ command }) => command),
    ...(message.page?.next && { next: message.page.next }),
    ...(message.page?.previous && { previous: message.page.previous }),
  };
}

/**
 * What numbers stand for beside cards: every choice where there are none. Below cards, whose ranks are numbers too, only
 * other posts, which go on from them: nobody can type a post's id. Not in a list of pages, where the next one goes on.
 */
function numbersOf(message: Message): ReadonlyMap<Choice, number> {
  const { cards, page } = message;
  const choices = differentOnes(message.actions.flat()).filter((action) => 'command' in action);
  const numbered = cards.length === 0 ? choices : page ? [] : choices.filter(({ command }) => command.name === 'post');
  const first = cards.length === 0 ? 1 : rankOf(message, cards.length);
  return new Map(numbered.map((choice, at) => [choice, first + at]));
}

function rankOf({ firstRank = 1 }: Message, at: number): number {
  return firstRank + at;
}

/** All there is to say, with a line apart from the choices below where there is room for that. */
function wholeTextForms({ text, actions }: Message, { limit }: TextOptions): Form[] {
  const whole = () => cutToBytes(escapeText(text), limit);
  return text === '' || actions.flat().length === 0 ? [whole] : [() => `${whole()}\n`, whole];
}

/** A line apart from the list below. */
function leadForms(text: string): Form[] {
  if (text === '') return [];
  return [longestLead, longestLead / 2].map((limit) => () => `${cutToBytes(escapeText(text), limit)}\n`);
}

/** A number opens the card, so that at the barest its title does without a link. */
function cardForms(card: Card, rank: string): Form[] {
  return [...linkedForms(card, rank), () => `${rank} ${escapeText(cutToBytes(card.title.text, shortTitle))}`];
}

/** From the fullest: the title as a link, with place and snippet; then with less, then a shorter title. */
function linkedForms(card: Card, mark: string): Form[] {
  const { title, place, snippet } = linesOf(card);
  // A line apart from the next one.
  const withBelow = (...lines: readonly string[]) => [`${mark} ${title}`, ...lines.filter(Boolean), ''].join('\n');
  return [
    () => withBelow(place, snippet),
    () => withBelow(place),
    () => `${mark} ${title}`,
    () => `${mark} ${titleWithin(card, shortTitle)}`,
  ];
}

/** What is written of a card where there is room. */
const linesOf = perObject((card: Card) => {
  const place = [card.category.join(' / '), card.date?.slice(0, 10)].filter(Boolean).join(' · ');
  return {
    title: titleWithin(card, longestTitle),
    place: escapeText(cutToBytes(place, longestLabel)),
    snippet: escapeText(cutToBytes(card.snippet.text, longestSnippet)),
  };
});

function titleWithin({ title, url }: Card, limit: number): string {
  return link(cutToBytes(title.text, limit), url);
}

function actionParts(message: Message, options: TextOptions): Form[][] {
  const numbers = options.remembered ? numbersOf(message) : undefined;
  return differentOnes(message.actions.flat()).map((action) =>
    'url' in action
      ? [() => link(cutToBytes(action.label, longestLabel), action.url)]
      : [() => choice(action, numbers?.get(action), options)],
  );
}

/** A greeting and the list below it may offer the same. */
function differentOnes(actions: readonly Action[]): readonly Action[] {
  const seen = new Set<string>();
  return actions.filter((action) => {
    const what = JSON.stringify('url' in action ? action.url : action.command);
    const isNew = !seen.has(what);
    seen.add(what);
    return isNew;
  });
}

type Choice = Extract<Action, { command: Command }>;

function choice(
  { label, command }: Choice,
  number: number | undefined,
  { say, wordsOf, sendingLinks }: TextOptions,
): string {
  const shown = cutToBytes(label, longestLabel);
  const words = wordsOf(command);
  const tapped = sendingLinks ? sendingLink(shown, words) : undefined;
  if (number === undefined) {
    return tapped ?? escapeText(say('chat-choice', { label: shown, words: cutToBytes(words, longestLabel) }));
  }
  const text = tapped ?? escapeText(shown);
  return new RegExp(`^${number}(?!\\d)`).test(shown) ? text : `${number}. ${text}`;
}

/** How to go on: by a number, or to another page. */
function hintsOf({ cards, actions, page }: Message, { say }: TextOptions): string {
  const choices = actions.flat().some((action) => 'command' in action);
  return [
    ...(cards.length > 0 ? [say('chat-open-by-number')] : choices ? [say('chat-choose-by-number')] : []),
    ...(page?.next ? [say('chat-next-page', { page: page.index + 1, count: page.count })] : []),
    ...(page?.previous && !page.next ? [say('chat-previous-page', { page: page.index + 1, count: page.count })] : []),
  ].join(say('chat-hint-separator'));
}
