import type { Command } from 'commander';
import { type CatalogOptions, withCatalogOptions } from './catalog-options.ts';
import type { Terminal } from './terminal.ts';

/** `postbell chat`: the conversation in a terminal, with the subscriptions of the bot's own database. */
export function addChatCommand(program: Command, terminal: Terminal): void {
  withCatalogOptions(program.command('chat').description('chat in this terminal')).action(
    async (options: CatalogOptions) => {
      const { runChat } = await import('./run-chat.ts');
      await runChat(options, terminal);
    },
  );
}
