import type { Command } from 'commander';
import type { SetExitCode, Terminal } from './terminal.ts';

/** `postbell doctor`: what is wrong with this installation, each with its remedy; ends with 1 if anything is. */
export function addDoctorCommand(program: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  program
    .command('doctor')
    .description('check configuration, catalog, database, credentials, clock, disk and port')
    .option('--json', 'print one JSON document')
    .action(async ({ json = false }: { json?: boolean }) => {
      const { runDoctor } = await import('./run-doctor.ts');
      const isWell = await runDoctor({ json }, terminal);
      if (!isWell) setExitCode(1);
    });
}
