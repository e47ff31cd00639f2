import type { Card } from '../../message/card.ts';
import type { Command } from '../../message/command.ts';
import type { Action, Message, Page } from '../../message/message.ts';
import { type ButtonData, currentOf, openCommand } from './button-data.ts';
import { postPayload, shareLink, startLink } from './deep-link.ts';
import { cleanLine, cleanText, cutText, isBlank, linkOf } from './html-text.ts';
import type { AppOpener, OpenerOf } from './mini-app.ts';

export type Button = { readonly text: string } & ({ readonly callback_data: string } | AppOpener);

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
const mostBesideShare = 3;

/** What a keyboard is made with. */
export interface KeyboardParts {
  readonly dataOf: ButtonData;
  /** Of the bot, for links that lead to it. */
  readonly username?: string | undefined;
  /** Into the Mini App, from where the message goes; none by default. */
  readonly openerOf?: OpenerOf;
}

/**
 * The buttons of a message: those that open its cards, its own, and those that turn its pages or show it in the Mini
 * App. Numbered cards are
 * opened by their numbers, one that stands alone can be passed on: no words are needed.
 */
export function renderKeyboard({ actions, cards, firstRank, page, inApp }: Message, parts: KeyboardParts): Keyboard {
  const { dataOf, username, openerOf } = parts;
  const last = [renderApp(inApp, openerOf), page ? renderPage(page, dataOf) : []];
  const own = actions.map((row) => row.flatMap((one) => renderAction(one, dataOf)));
  const [card, ...others] = cards;
  const rows =
    card && others.length === 0
      ? withShare(own, renderShare(card, username))
      : [...renderNumbers(cards, firstRank, dataOf), ...own];
  return [
    ...upTo(
      rows.flatMap((row) => chunks(row, mostInRow)),
      mostButtons - last.flat().length,
    ),
    ...last,
  ].filter((row) => row.length > 0);
}

function renderNumbers(cards: readonly Card[], firstRank: number | undefined, dataOf: ButtonData): Button[][] {
  if (firstRank === undefined) return [];
  const numbers = cards.slice(0, mostNumbers).map((card, at) => ({
    text: String(firstRank + at),
    callback_data: dataOf(openCommand(card), false),
  }));
  return evenRows(numbers);
}

/** At the end of the first row where it is short: a row of its own is wide for one sign. */
function withShare(rows: readonly Button[][], share: Button[]): Button[][] {
  const [first = [], ...rest] = rows;
  return first.length < mostBesideShare ? [[...first, ...share], ...rest] : [share, ...rows];
}

function renderShare({ postId, title }: Card, username: string | undefined): Button[] {
  const payload = postPayload(postId);
  if (payload === undefined || username === undefined) return [];
  const text = cutText(cleanLine(title.text), longestShared);
  return [{ text: shareSign, url: shareLink(startLink(username, payload), text) }];
}

function renderAction(action: Action, dataOf: ButtonData): Button[] {
  const text = labelOf(action.label);
  if ('command' in action) return [{ text, callback_data: dataOf(action.command, action.inPlace) }];
  // A button whose url Telegram would refuse costs the whole message.
  const url = linkOf(cleanText(action.url));
  return url === undefined ? [] : [{ text, url }];
}

function renderApp(inApp: Message['inApp'], openerOf: OpenerOf | undefined): Button[] {
  const opener = inApp && openerOf?.(inApp.command);
  return opener ? [{ text: labelOf(inApp.label), ...opener }] : [];
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
  const text = cutText(cleanLine(label), longestLabel);
  return isBlank(text) ? '…' : text;
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
