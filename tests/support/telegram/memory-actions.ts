import type { ActionStore } from '../../../src/message/action-store.ts';
import type { Command } from '../../../src/message/command.ts';

/** Keeps commands as long as the test lives. */
export function createMemoryActions(): ActionStore {
  const commands: Command[] = [];
  return {
    keep: async (command) => String(commands.push(command) - 1),
    find: async (token) => commands[Number(token)],
  };
}
