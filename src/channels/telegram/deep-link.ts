import type { ActionStore } from '../../message/action-store.ts';
import type { Command, CommandName } from '../../message/command.ts';
import { readCommand, writeCommand } from './written-command.ts';

/** https://core.telegram.org/bots/features#deep-linking: `[A-Za-z0-9_-]`, at most so many. */
const longestPayload = 64;

/**
 * What a link may do. Whoever makes a link is not the one who follows it, so none deletes anything, and none acts on
 * the settings of a chat beyond adding a subscription.
 */
const linkable: ReadonlySet<CommandName> = new Set([
  'search',
  'latest',
  'categories',
  'category',
  'post',
  'series',
  'related',
  'random',
  'subscribe',
]);

/** The payload of a link that opens a post; undefined for an id that fits into none. */
export function postPayload(postId: string): string | undefined {
  return /^[A-Za-z0-9_-]+$/.test(postId) && postId.length < longestPayload ? `p${postId}` : undefined;
}

/**
 * The payload of a link that does a command: `c` and the command itself in base64url where there is room, else `t`
 * and a token of the store.
 */
export async function startPayload(command: Command, actions: ActionStore): Promise<string> {
  const payload = writtenPayload(command);
  return payload.length <= longestPayload ? payload : `t${await actions.keep(command)}`;
}

/** The payload that holds a whole command, however long. */
export function writtenPayload(command: Command): string {
  return `c${Buffer.from(writeCommand(command)).toString('base64url')}`;
}

/** What somebody wants who came by a link; undefined for payloads that are none of ours, or do what no link may. */
export async function readStartPayload(payload: string, actions: ActionStore): Promise<Command | undefined> {
  const command = await readAnyPayload(payload, actions);
  return command && linkable.has(command.name) ? command : undefined;
}

async function readAnyPayload(payload: string, actions: ActionStore): Promise<Command | undefined> {
  const rest = payload.slice(1);
  switch (payload[0]) {
    case 'p':
      return { name: 'post', argument: rest, page: 0 };
    case 't':
      return actions.find(rest);
    case 'c':
      return readCommand(Buffer.from(rest, 'base64url').toString());
    default:
      return undefined;
  }
}

/** The link that starts a private chat with a payload. */
export function startLink(username: string, payload: string): string {
  return `https://t.me/${username}?start=${payload}`;
}

/** The link by which a reader passes something on. */
export function shareLink(link: string, text: string): string {
  return `https://t.me/share/url?${new URLSearchParams({ url: link, text })}`;
}
