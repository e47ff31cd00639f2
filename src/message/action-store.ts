import type { Command } from './command.ts';

/**
 * Keeps the commands of buttons whose platform has no room for them (Telegram: 64 bytes), so that
 * buttons work after a restart. The same command gets the same token, so keeping twice adds nothing.
 */
export interface ActionStore {
  /** A short token of `[A-Za-z0-9_-]`, at most 22 characters. */
  keep(command: Command): Promise<string>;
  find(token: string): Promise<Command | undefined>;
}
