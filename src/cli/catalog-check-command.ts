import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { FixableProblem } from '../catalog/check/check-posts.ts';
import type { Config } from '../config/config.ts';
import { systemClock } from '../kernel/clock.ts';
import type { Catalog } from '../posts/post.ts';
import { type CatalogOptions, configWith, withCatalogOptions } from './catalog-options.ts';
import type { SetExitCode, Terminal } from './terminal.ts';

interface CheckOptions extends CatalogOptions {
  readonly json?: true;
  readonly links?: true;
  readonly fix?: true;
  readonly format: 'text' | 'github';
}

/** `postbell catalog check`: what is wrong in a catalog, for an author at a terminal or in CI. */
export function addCatalogCheckCommand(group: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  withCatalogOptions(group.command('check').description('print what is wrong, with file and line'))
    .option('--links', 'ask for every link too, politely; answers are kept for a day')
    .option('--fix', 'repair what is safe to repair, in the files themselves')
    .addOption(new Option('--format <name>', 'how problems are printed').choices(['text', 'github']).default('text'))
    .option('--json', 'print one JSON document')
    .action(async (options: CheckOptions) => {
      const [{ readCatalogOnce }, { checkPosts }, { glossaryProblems }] = await Promise.all([
        import('./read-catalog-once.ts'),
        import('../catalog/check/check-posts.ts'),
        import('../read-glossary.ts'),
      ]);
      const config = configWith(options, terminal.folder);
      const catalog = await readCatalogOnce(config, terminal.folder);
      const found = [
        ...checkPosts(catalog),
        ...(await glossaryProblems(config.glossaryFile, terminal.folder)),
        ...(options.links ? await linkProblems(catalog, config, terminal) : []),
      ];
      const fixed = options.fix ? await fixFiles(found, catalog, terminal) : new Set<FixableProblem>();
      const problems = found.filter((problem) => !fixed.has(problem));
      terminal.stdout.write(options.json ? jsonOf(problems) : await textOf(problems, catalog, options.format));
      if (problems.some(({ severity }) => severity === 'error')) setExitCode(1);
    });
}

async function linkProblems(catalog: Catalog, config: Config, terminal: Terminal): Promise<FixableProblem[]> {
  const [{ checkLinks }, { createHttpClient }, { openStore }, { silentLog }] = await Promise.all([
    import('../catalog/check/check-links.ts'),
    import('../catalog/sources/http-client.ts'),
    import('../store/open-store.ts'),
    import('../kernel/log.ts'),
  ]);
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt);
  const store = await openStore(config.databaseUrl, { clock: systemClock, log: silentLog });
  try {
    const client = createHttpClient({ clock: systemClock, allowPrivateNetwork: config.catalog.allowPrivateNetwork });
    const progress = (done: number, all: number) => showProgress(done, all, terminal);
    return await checkLinks(catalog.posts, { client, clock: systemClock, cache: store.values, progress }, stop.signal);
  } finally {
    process.off('SIGINT', interrupt);
    await store.close();
  }
}

/** A bar that fills, where a person looks on. */
function showProgress(done: number, all: number, { stderr }: Terminal): void {
  if (!stderr.isTTY) return;
  const width = 30;
  const full = Math.round((done / all) * width);
  stderr.write(`\rlinks [${'#'.repeat(full)}${' '.repeat(width - full)}] ${done}/${all}${done === all ? '\n' : ''}`);
}

/** @returns the problems that are no more */
async function fixFiles(
  problems: readonly FixableProblem[],
  catalog: Catalog,
  { folder, stderr }: Terminal,
): Promise<ReadonlySet<FixableProblem>> {
  const { fixText } = await import('../catalog/check/fix-text.ts');
  const files = new Set(
    [...problems, ...catalog.posts.map(({ file, source }) => ({ source: file ?? source }))].map(({ source }) => source),
  );
  const done = new Set<FixableProblem>();
  for (const file of [...files].filter((name) => /\.(?:md|markdown|mdx|txt)$/i.test(name) && !/^https?:/i.test(name))) {
    const own = problems.filter(({ source }) => source === file);
    const path = resolve(folder, file);
    const before = await readFile(path, 'utf8');
    const { text, lines } = fixText(before, own);
    if (text === before) continue;
    await writeFile(path, text);
    stderr.write(`${file}: repaired ${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')}\n`);
    for (const problem of own)
      if (problem.fix && lines.some((line) => Math.abs(line - (problem.line ?? -9)) <= 1)) done.add(problem);
  }
  return done;
}

function jsonOf(problems: readonly FixableProblem[]): string {
  return `${JSON.stringify({ problems: problems.map(({ fix: _, ...problem }) => problem) })}\n`;
}

async function textOf(
  problems: readonly FixableProblem[],
  { posts }: Catalog,
  format: CheckOptions['format'],
): Promise<string> {
  const { formatGithub, formatProblem, summaryTable } = await import('../catalog/check/format-problem.ts');
  const lines = problems.map((problem) => `${format === 'github' ? formatGithub(problem) : formatProblem(problem)}\n`);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return `${lines.join('')}${summaryTable(problems)}${counted(posts.length, 'post')}, ${counted(errors, 'error')}, ${counted(problems.length - errors, 'warning')}\n`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
