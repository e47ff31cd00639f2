import { type Command, Option } from 'commander';
import { initQuestions } from './init-questions.ts';
import type { Terminal } from './terminal.ts';

/** `postbell init`: asks what must be known, or takes it from flags, checks it, and writes `.env`. */
export function addInitCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('init')
    .description('set up this folder: ask a few questions, or take the answers from flags, and write .env');
  const flags = initQuestions.map(({ name, flag, help, choices }) => ({
    name,
    option: choices ? new Option(flag, help).choices([...choices]) : new Option(flag, help),
  }));
  for (const { option } of flags) command.addOption(option);
  command
    .option('--yes', 'ask nothing: what no flag says stays as it is')
    .option('--no-check', 'write without asking the platforms or reading the catalog')
    .action(async (options: Readonly<Record<string, string | boolean | undefined>>) => {
      const { runInit } = await import('./run-init.ts');
      const given = flags.flatMap(({ name, option }) => {
        const value = options[option.attributeName()];
        return typeof value === 'string' ? [[name, value] as const] : [];
      });
      await runInit(
        { given: Object.fromEntries(given), yes: options.yes === true, check: options.check !== false },
        terminal,
      );
    });
}
