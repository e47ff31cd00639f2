import type { ActionStore } from '../../message/action-store.ts';
import { type Command, commandNames } from '../../message/command.ts';
import type { Message, Page } from '../../message/message.ts';

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
    const written = write(command);
    if (Buffer.byteLength(written) < longestData || tokens.has(written)) continue;
    tokens.set(written, `#${await actions.keep(command)}`);
  }
  return (command, inPlace) => {
    const written = write(command);
    return `${inPlace ? '=' : '+'}${tokens.get(written) ?? written}`;
  };
}

/** Reads the callback data of a press; undefined if it is none of ours, or what it names is no longer kept. */
export async function readButtonData(data: string, actions: ActionStore): Promise<Press | undefined> {
  const inPlace = data.startsWith('=');
  if (!inPlace && !data.startsWith('+')) return undefined;
  const rest = data.slice(1);
  const command = rest.startsWith('#') ? await actions.find(rest.slice(1)) : read(rest);
  return command && { command, inPlace };
}

function commandsOf({ actions, page }: Message): readonly Command[] {
  const pressed = actions.flat().flatMap((action) => ('command' in action ? [action.command] : []));
  const turned = page ? [page.previous, currentOf(page), page.next] : [];
  return [...pressed, ...turned.filter((command) => command !== undefined)];
}

/** What shows the very page that is shown; undefined where there is but one. */
export function currentOf({ index, previous, next }: Page): Command | undefined {
  const neighbour = next ?? previous;
  return neighbour && { ...neighbour, page: index };
}

const write = ({ name, page, argument }: Command) => `${name}:${page}:${argument}`;

function read(written: string): Command | undefined {
  const [, word, page, argument] = /^([a-z]+):(\d{1,9}):(.*)$/su.exec(written) ?? [];
  const name = commandNames.find((known) => known === word);
  return name && argument !== undefined ? { name, page: Number(page), argument } : undefined;
}
