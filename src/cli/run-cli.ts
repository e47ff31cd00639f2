import { inspect } from 'node:util';
import { CommanderError } from 'commander';
import { readableEnvironment } from '../config/load-environment.ts';
import { secretsIn } from '../config/secrets.ts';
import { hideSecrets } from '../kernel/create-log.ts';
import { UserError } from '../kernel/errors.ts';
import { createProgram } from './program.ts';
import type { Terminal } from './terminal.ts';

/**
 * Runs one command line.
 *
 * @returns the exit code: 0 fine, 1 a problem in the input, 2 wrong usage or configuration.
 */
export async function runCli(words: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0;
  const program = createProgram(terminal, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(words.length === 0 ? ['start'] : [...words], { from: 'user' });
    return exitCode;
  } catch (error) {
    // commander has already said what was wrong with the usage.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const hide = hideSecrets(secretsIn(readableEnvironment(terminal.folder)));
    if (error instanceof UserError) {
      terminal.stderr.write(hide(`${error.message}\n`));
      return error.exitCode;
    }
    terminal.stderr.write(hide(`${inspect(error)}\n`));
    return 1;
  }
}
