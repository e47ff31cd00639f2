import type { Command } from 'commander';
import { formatProblem } from '../catalog/check/format-problem.ts';
import type { Catalog } from '../posts/post.ts';
import { categoryName } from '../posts/post.ts';
import { addCatalogAddCommand } from './catalog-add-command.ts';
import { addCatalogCheckCommand } from './catalog-check-command.ts';
import { type CatalogOptions, configWith, withCatalogOptions } from './catalog-options.ts';
import type { SetExitCode, Terminal } from './terminal.ts';

interface ListOptions extends CatalogOptions {
  readonly json?: true;
}

/** `postbell catalog list|check|add`: what was understood of a catalog, what is wrong in it, and an entry more. */
export function addCatalogCommand(program: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  const group = program.command('catalog').description('look at a catalog, check it, add to it').showHelpAfterError();

  withCatalogOptions(group.command('list').description('print every post that was found'))
    .option('--json', 'print one JSON document')
    .action(async (options: ListOptions) => {
      const { readCatalogOnce } = await import('./read-catalog-once.ts');
      const catalog = await readCatalogOnce(configWith(options, terminal.folder), terminal.folder);
      terminal.stdout.write(options.json ? `${listDocument(catalog)}\n` : listText(catalog));
      if (!options.json) for (const problem of catalog.problems) terminal.stderr.write(`${formatProblem(problem)}\n`);
      if (catalog.posts.length === 0 && catalog.problems.some(({ severity }) => severity === 'error')) setExitCode(1);
    });
  addCatalogCheckCommand(group, terminal, setExitCode);
  addCatalogAddCommand(group, terminal);
}

/** For a post of a folder, `source` is its file: together with `line` that is where to look. */
function listDocument({ posts, problems }: Catalog): string {
  const shown = posts.map(({ aliases: _, file, source, ...post }) => ({ ...post, source: file ?? source }));
  return JSON.stringify({ posts: shown, problems });
}

function listText({ posts }: Catalog): string {
  return posts.map(({ category, title, url }) => `${[categoryName(category), title, url].join('\t')}\n`).join('');
}
