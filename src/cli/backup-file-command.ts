import type { Command } from 'commander';
import type { Terminal } from './terminal.ts';

/** `postbell backup FILE`: a copy of the SQLite database, made while the bot runs. */
export function addBackupFileCommand(program: Command, terminal: Terminal): void {
  program
    .command('backup')
    .description('copy the SQLite database to a file, while the bot runs; the copy is a database to start with')
    .argument('<file>', 'a file that is not there yet')
    .action(async (file: string) => {
      const { runBackupFile } = await import('./run-backup-file.ts');
      await runBackupFile(file, terminal);
    });
}
