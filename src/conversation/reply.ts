import type { Command, CommandName } from '../message/command.ts';
import type { Action, Message } from '../message/message.ts';
import { cut } from './clean-text.ts';

/** Characters of a button's label; phones show some forty Latin letters. */
const longestLabel = 48;

/** A message of words alone, and with whatever else is given. */
export function reply(text: string, more: Partial<Omit<Message, 'text'>> = {}): Message {
  return { text, cards: [], actions: [], ...more };
}

/** A button whose answer is a new message. */
export function button(label: string, name: CommandName, argument = ''): Action {
  return { label: cut(label, longestLabel), command: commandOf(name, argument), inPlace: false };
}

/** A button whose answer replaces the message that it belongs to. */
export function buttonInPlace(label: string, name: CommandName, argument = ''): Action {
  return { label: cut(label, longestLabel), command: commandOf(name, argument), inPlace: true };
}

function commandOf(name: CommandName, argument = ''): Command {
  return { name, argument, page: 0 };
}

/** Labels wider than this get a row of their own: a phone cuts them off beside another. */
const widestOfTwo = 18;

/** Rows of one or two, in order: two short neighbours share a row. */
export function rowsOf(actions: readonly Action[]): Action[][] {
  const rows: Action[][] = [];
  for (const action of actions) {
    const last = rows.at(-1);
    const fits = last?.length === 1 && [...last, action].every(({ label }) => labelWidth(label) <= widestOfTwo);
    if (fits) last.push(action);
    else rows.push([action]);
  }
  return rows;
}

/** Roughly, in Latin letters: whatever lies beyond Latin scripts is counted as two. */
function labelWidth(label: string): number {
  return [...label].reduce((width, character) => width + (character > '\u02ff' ? 2 : 1), 0);
}
