/** The commands there are; each has one file in `conversation/commands/`. */
export const commandNames = [
  'start',
  'help',
  'search',
  'latest',
  'categories',
  'category',
  'post',
  'series',
  'related',
  'random',
  'subscribe',
  'unsubscribe',
  'subscriptions',
  'settings',
  'pause',
  'resume',
  'privacy',
  'forget',
  'announce',
  'broadcast',
  'stats',
  'reload',
  'dashboard',
] as const;

export type CommandName = (typeof commandNames)[number];

/**
 * What a person asked for, typed or pressed: both arrive as the same value, so that a button can do
 * nothing that a reader could not type.
 */
export interface Command {
  readonly name: CommandName;
  /** What follows the command's name, trimmed; empty where nothing does. */
  readonly argument: string;
  /** From 0; of paged answers. */
  readonly page: number;
}
