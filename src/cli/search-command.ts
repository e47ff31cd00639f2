import type { Command } from 'commander';
import { withCatalogOptions } from './catalog-options.ts';
import { wholeNumber } from './options.ts';
import type { SearchOptions } from './search-options.ts';
import type { Terminal } from './terminal.ts';

/** `postbell search QUERY` and `postbell search --stdin`. */
export function addSearchCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('search')
    .description('find posts')
    .argument('[query...]', 'what to look for; several words are one query')
    .option(
      '--stdin',
      'answer one query a line of the standard input, with a JSON document each; the index is built once',
    )
    .option('--json', 'print JSON documents')
    .option('--limit <n>', 'how many hits to show', wholeNumber, 10)
    .option('--category <name>', 'only posts of this category')
    .option('--explain', 'say how the query was understood, and each part of each score');
  withCatalogOptions(command).action(async (words: string[], options: SearchOptions) => {
    if (words.length === 0 && !options.stdin) command.error("error: missing argument 'query'");
    const { runSearch } = await import('./run-search.ts');
    await runSearch(words.join(' '), options, terminal);
  });
}
