import type { Command } from 'commander';
import type { Catalog, CatalogProblem } from '../posts/post.ts';
import { categoryName } from '../posts/post.ts';
import { type CatalogOptions, configWith, withCatalogOptions } from './catalog-options.ts';
import type { SetExitCode, Terminal } from './terminal.ts';

interface ListOptions extends CatalogOptions {
  readonly json?: true;
}

/** `postbell catalog list|check`: what was understood of a catalog, and what is wrong in it. */
export function addCatalogCommand(program: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  const group = program.command('catalog').description('look at a catalog').showHelpAfterError();

  const read = async (options: CatalogOptions) => {
    const { readCatalogOnce } = await import('./read-catalog-once.ts');
    return readCatalogOnce(configWith(options, terminal.folder), terminal.folder);
  };

  withCatalogOptions(group.command('list').description('print every post that was found'))
    .option('--json', 'print one JSON document')
    .action(async (options: ListOptions) => {
      const catalog = await read(options);
      terminal.stdout.write(options.json ? `${listDocument(catalog)}\n` : listText(catalog));
      if (!options.json) terminal.stderr.write(problemLines(catalog.problems));
      if (catalog.posts.length === 0 && hasErrors(catalog)) setExitCode(1);
    });

  withCatalogOptions(group.command('check').description('print what is wrong, with file and line'))
    .option('--json', 'print one JSON document')
    .action(async (options: ListOptions) => {
      const catalog = await read(options);
      const { problems, posts } = catalog;
      terminal.stdout.write(
        options.json
          ? `${JSON.stringify({ problems })}\n`
          : `${problemLines(problems)}${posts.length} posts, ${problems.length} problems\n`,
      );
      if (hasErrors(catalog)) setExitCode(1);
    });
}

function listDocument({ posts, problems }: Catalog): string {
  return JSON.stringify({ posts, problems });
}

function listText({ posts }: Catalog): string {
  return posts.map(({ category, title, url }) => `${[categoryName(category), title, url].join('\t')}\n`).join('');
}

function problemLines(problems: readonly CatalogProblem[]): string {
  return problems
    .map(({ source, line, severity, code, message }) => {
      const place = line === undefined ? source : `${source}:${line}`;
      return `${place}: ${severity} ${code}: ${message}\n`;
    })
    .join('');
}

function hasErrors({ problems }: Catalog): boolean {
  return problems.some(({ severity }) => severity === 'error');
}
