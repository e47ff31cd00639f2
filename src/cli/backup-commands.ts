import type { Command } from 'commander';
import type { Terminal } from './terminal.ts';

/** `postbell export` and `postbell import FILE`: everything that is stored, as JSON. */
export function addBackupCommands(program: Command, terminal: Terminal): void {
  program
    .command('export')
    .description('print subscribers, subscriptions, known posts and open deliveries as JSON')
    .option('--json', 'the output is JSON in any case')
    .action(async () => {
      const { exportStore } = await import('./run-backup.ts');
      await exportStore(terminal);
    });
  program
    .command('import')
    .description('fill an unused database from what `export` printed')
    .argument('<file>', 'the file, or - for the standard input')
    .action(async (file: string) => {
      const { importStore } = await import('./run-backup.ts');
      await importStore(file, terminal);
    });
}
