import type { Command } from '../../message/command.ts';
import type { Action, Message, Page } from '../../message/message.ts';
import { type ButtonData, currentOf } from './button-data.ts';
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

/** The buttons of a message, and below them those that turn its pages. */
export function renderKeyboard({ actions, page }: Message, dataOf: ButtonData): Keyboard {
  const turning = page ? renderPage(page, dataOf) : [];
  const rows = actions
    .map((row) => row.flatMap((action) => renderAction(action, dataOf)))
    .flatMap((row) => chunks(row, mostInRow));
  return [...upTo(rows, mostButtons - turning.length), turning].filter((row) => row.length > 0);
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
