import type { Command } from 'commander';
import { ConfigError } from '../kernel/errors.ts';
import type { Terminal } from './terminal.ts';

/** `postbell announce --dry-run`: what would be told to whom if the bot looked now. */
export function addAnnounceCommand(program: Command, terminal: Terminal): void {
  program
    .command('announce')
    .description('show what would be told to whom; the running bot does the telling')
    .option('--dry-run', 'required: this command tells nobody anything')
    .option('--json', 'print one JSON document')
    .action(async ({ dryRun, json = false }: { dryRun?: true; json?: boolean }) => {
      if (!dryRun) {
        throw new ConfigError('announce tells nobody anything by itself: add --dry-run to see what the bot would tell');
      }
      const { previewAnnouncement } = await import('./preview-announcement.ts');
      await previewAnnouncement({ json }, terminal);
    });
}
