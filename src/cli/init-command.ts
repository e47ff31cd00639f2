import { type Command, Option } from 'commander';
import type { InitOptions } from './run-init.ts';
import type { Terminal } from './terminal.ts';

/** `postbell init`: asks what must be known, or takes it from flags, checks it, and writes `.env`. */
export function addInitCommand(program: Command, terminal: Terminal): void {
  program
    .command('init')
    .description('set up this folder: ask a few questions, or take the answers from flags, and write .env')
    .option('--catalog <sources>', 'where your posts are: paths, folders, globs or URLs, separated by commas')
    .option('--telegram-token <token>', 'from @BotFather; - reads it from the standard input')
    .addOption(new Option('--language <language>', 'what the bot speaks at first').choices(['zh', 'en']))
    .option('--public-url <url>', 'the https address of the server, if it has one')
    .option('--database <url>', 'sqlite:PATH or postgres://…')
    .option('--admin <address>', 'who may administer, such as telegram:12345')
    .option('--yes', 'ask nothing: what no flag says stays as it is')
    .option('--no-check', 'write without asking Telegram or reading the catalog')
    .action(async (options: InitOptions) => {
      const { runInit } = await import('./run-init.ts');
      await runInit(options, terminal);
    });
}
