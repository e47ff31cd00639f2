import type { ActionStore } from '../../message/action-store.ts';
import type { Card } from '../../message/card.ts';
import type { Command } from '../../message/command.ts';
import type { Message, Page } from '../../message/message.ts';
import { readCommand, writeCommand } from './written-command.ts';

/** https://core.telegram.org/bots/api#inlinekeyboardbutton: 1 to 64 bytes. */
const longestData = 64;

/** What a pressed button asks for. */
export interface Press {
  readonly command: Command;
  readonly inPlace: boolean;
}

/** The callback data of a command's button, at most 64 bytes. */
export type ButtonData = (command: Command, inPlace: boolean) => string;

/**
 * Prepares the callback data of a message's buttons: `=search:2:LoRA` says it all where there is room, else
 * `=#token` names a command that the store keeps. The first sign is `=` for an answer in place, `+` for a new one.
 */
export async function prepareButtonData(message: Message, actions: ActionStore): Promise<ButtonData> {
  const tokens = new Map<string, string>();
  for (const command of commandsOf(message)) {
    const written = writeCommand(command);
    if (Buffer.byteLength(written) < longestData || tokens.has(written)) continue;
    tokens.set(written, `#${await actions.keep(command)}`);
  }
  return (command, inPlace) => {
    const written = writeCommand(command);
    return `${inPlace ? '=' : '+'}${tokens.get(written) ?? written}`;
  };
}

/** Reads the callback data of a press; undefined if it is none of ours, or what it names is no longer kept. */
export async function readButtonData(data: string, actions: ActionStore): Promise<Press | undefined> {
  const inPlace = data.startsWith('=');
  if (!inPlace && !data.startsWith('+')) return undefined;
  const rest = data.slice(1);
  const command = rest.startsWith('#') ? await actions.find(rest.slice(1)) : readCommand(rest);
  return command && { command, inPlace };
}

function commandsOf(message: Message): readonly Command[] {
  const { actions, page, cards } = message;
  const pressed = actions.flat().flatMap((action) => ('command' in action ? [action.command] : []));
  const turned = page ? [page.previous, currentOf(page), page.next] : [];
  return [...pressed, ...turned.filter((command) => command !== undefined), ...cards.map(openCommand)];
}

/** What opens the post of a card. */
export function openCommand({ postId }: Card): Command {
  return { name: 'post', argument: postId, page: 0 };
}

/** What shows the very page that is shown; undefined where there is but one. */
export function currentOf({ index, previous, next }: Page): Command | undefined {
  const neighbour = next ?? previous;
  return neighbour && { ...neighbour, page: index };
}
