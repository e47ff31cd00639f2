import type { Card } from '../../message/card.ts';
import type { Command } from '../../message/command.ts';
import type { Action, Message, Page } from '../../message/message.ts';
import { type ButtonData, currentOf, openCommand } from './button-data.ts';
import { postPayload, shareLink, startLink } from './deep-link.ts';
import { cleanText, cutText, linkOf } from './html-text.ts';

export type Button =
  | { readonly text: string; readonly callback_data: string }
  | { readonly text: string; readonly url: string };

/** Rows of buttons, as https://core.telegram.org/bots/api#inlinekeyboardmarkup takes them. */
export type Keyboard = Button[][];

/** Telegram drops what goes beyond 12 a row or 300 in all; beyond 8 and 100 nobody could read or find them. */
const mostInRow = 8;
const mostButtons = 100;
const longestLabel = 60;
/** Buttons that open cards by their numbers. */
const mostNumbers = 10;
const longestShared = 100;
const shareSign = '📤';

/** What a keyboard is made with. */
export interface KeyboardParts {
  readonly dataOf: ButtonData;
  /** Of the bot, for links that lead to it. */
  readonly username?: string | undefined;
  /** The first card was asked for, the others are like it. */
  readonly opened?: boolean;
}

/** The buttons of a message: those that open its cards, its own, and those that turn its pages. */
export function renderKeyboard(message: Message, parts: KeyboardParts): Keyboard {
  const { actions, page } = message;
  const last = page ? renderPage(page, parts.dataOf) : [];
  const rows = [
    ...renderCardButtons(message, parts),
    ...actions.map((row) => row.flatMap((one) => renderAction(one, parts.dataOf))),
  ];
  return [
    ...upTo(
      rows.flatMap((row) => chunks(row, mostInRow)),
      mostButtons - last.length,
    ),
    last,
  ].filter((row) => row.length > 0);
}

/** Numbered cards are opened by their numbers, one that stands for itself can be passed on: no words are needed. */
function renderCardButtons(
  { cards, firstRank }: Message,
  { dataOf, username, opened = false }: KeyboardParts,
): Button[][] {
  const [card, ...others] = cards;
  if (!card) return [];
  const open = (one: Card, at: number) => ({
    text: String((firstRank ?? 1) + at),
    callback_data: dataOf(openCommand(one), false),
  });
  const numbers = firstRank !== undefined && others.length > 0 ? cards.slice(0, mostNumbers).map(open) : [];
  return [...evenRows(numbers), opened || others.length === 0 ? renderShare(card, username) : []];
}

function renderShare({ postId, title }: Card, username: string | undefined): Button[] {
  const payload = postPayload(postId);
  if (payload === undefined || username === undefined) return [];
  const text = cutText(cleanText(title.text).replaceAll('\n', ' ').trim(), longestShared);
  return [{ text: shareSign, url: shareLink(startLink(username, payload), text) }];
}

function renderAction(action: Action, dataOf: ButtonData): Button[] {
  const text = labelOf(action.label);
  if ('command' in action) return [{ text, callback_data: dataOf(action.command, action.inPlace) }];
  // A button whose url Telegram would refuse costs the whole message.
  const url = linkOf(cleanText(action.url));
  return url === undefined ? [] : [{ text, url }];
}

function renderPage(page: Page, dataOf: ButtonData): Button[] {
  const turn = (text: string, command: Command | undefined): Button[] =>
    command ? [{ text, callback_data: dataOf(command, true) }] : [];
  return [
    ...turn('‹', page.previous),
    ...turn(`${page.index + 1}/${page.count}`, currentOf(page)),
    ...turn('›', page.next),
  ];
}

/** A button without a label would vanish. */
function labelOf(label: string): string {
  const text = cutText(cleanText(label).replaceAll('\n', ' ').trim(), longestLabel);
  return text === '' ? '…' : text;
}

/** As few rows as there is room for, each as long as the others. */
function evenRows<Item>(items: readonly Item[]): Item[][] {
  const rows = Math.max(Math.ceil(items.length / mostInRow), 1);
  return chunks(items, Math.max(Math.ceil(items.length / rows), 1));
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  const parts: Item[][] = [];
  for (let at = 0; at < items.length; at += size) parts.push(items.slice(at, at + size));
  return parts;
}

function upTo(rows: readonly Button[][], most: number): Button[][] {
  let left = most;
  return rows.map((row) => {
    const kept = row.slice(0, Math.max(left, 0));
    left -= kept.length;
    return kept;
  });
}
