import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import type { Appended } from '../catalog/add/append-entry.ts';
import type { PageFacts } from '../catalog/add/page-facts.ts';
import type { Config } from '../config/config.ts';
import { systemClock } from '../kernel/clock.ts';
import { UserError } from '../kernel/errors.ts';
import type { Catalog } from '../posts/post.ts';
import { type CatalogOptions, configWith, withCatalogOptions } from './catalog-options.ts';
import type { Terminal } from './terminal.ts';

interface AddOptions extends CatalogOptions {
  readonly category?: string;
  readonly file?: string;
  readonly title?: string;
  readonly yes?: true;
}

/** `postbell catalog add URL`: reads the page and puts an entry into a list, in the list's own style. */
export function addCatalogAddCommand(group: Command, terminal: Terminal): void {
  withCatalogOptions(
    group.command('add').description('read a page and add it to a Markdown list, showing the change first'),
  )
    .argument('<url>', 'the page of the article')
    .option('--category <name>', 'the category it goes to; otherwise that of the last entry')
    .option('--file <path>', 'the list it goes to; otherwise the one that the catalog consists of')
    .option('--title <text>', "instead of the page's own title")
    .option('--yes', 'write without asking')
    .action(async (url: string, options: AddOptions) => {
      const { readCatalogOnce } = await import('./read-catalog-once.ts');
      const config = configWith(options, terminal.folder);
      const catalog = await readCatalogOnce(config, terminal.folder);
      const file = options.file ?? onlyList(catalog, options.category);
      const facts = await factsOf(url, config);
      const path = resolve(terminal.folder, file);
      const change = await changeOf(
        await readFile(path, 'utf8'),
        { ...facts, ...(options.title !== undefined && { title: options.title }) },
        catalog,
        options,
        config,
      );
      terminal.stdout.write(diffOf(file, change));
      if (!(options.yes ?? (await isAgreed(terminal)))) {
        terminal.stderr.write('nothing was written; --yes writes without asking\n');
        return;
      }
      await writeFile(path, change.text);
      terminal.stderr.write(`added to ${file}, line ${change.line}\n`);
    });
}

/** The list to write to: the one with the category, or the only one there is. */
function onlyList({ posts }: Catalog, category: string | undefined): string {
  const suitable = category === undefined ? posts : posts.filter((post) => post.category.includes(category));
  const files = [...new Set(suitable.map(({ file, source }) => file ?? source))].filter(
    (name) => /\.(?:md|markdown)$/i.test(name) && !/^https?:/i.test(name),
  );
  const [file] = files;
  if (file !== undefined && files.length === 1) return file;
  if (file === undefined)
    throw new UserError(
      category === undefined
        ? 'the catalog has no Markdown list to add to; name one with --file'
        : `no Markdown list has the category "${category}"; see catalog list for the names`,
    );
  throw new UserError(`several lists could take it (${files.slice(0, 5).join(', ')}); choose one with --file`);
}

async function factsOf(url: string, config: Config): Promise<PageFacts> {
  const [{ createHttpClient }, { readPageFacts }, { decode }] = await Promise.all([
    import('../catalog/sources/http-client.ts'),
    import('../catalog/add/page-facts.ts'),
    import('../catalog/decode.ts'),
  ]);
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) throw new UserError(`"${url}" is no http(s) address`);
  const client = createHttpClient({
    clock: systemClock,
    allowPrivateNetwork: config.catalog.allowPrivateNetwork,
    trusted: [url],
    largest: 5_000_000,
  });
  const page = await client.get(url, {}, new AbortController().signal);
  if (page.kind !== 'page')
    throw new UserError(
      `${url} cannot be read (${page.kind === 'failed' ? page.message : page.kind}); write the entry by hand`,
    );
  const text = decode(page.bytes, /charset=["']?([\w.:-]+)/i.exec(page.contentType ?? '')?.[1]);
  if ('fault' in text) throw new UserError(`${url}: ${text.fault}; write the entry by hand`);
  const facts = readPageFacts(text.text, page.url);
  if (facts.title === '') throw new UserError(`${url} says no title; name it with --title`);
  return facts;
}

async function changeOf(
  text: string,
  facts: PageFacts,
  { posts }: Catalog,
  { category }: AddOptions,
  config: Config,
): Promise<Appended> {
  const [{ appendEntry }, { readDocument }, { noSettings }, { postId }] = await Promise.all([
    import('../catalog/add/append-entry.ts'),
    import('../catalog/read-document.ts'),
    import('../catalog/settings.ts'),
    import('../posts/post-id.ts'),
  ]);
  const id = postId(facts.url);
  const known = posts.find((post) => post.id === id);
  if (known)
    throw new UserError(
      `"${known.title}" is in the catalog already (${known.file ?? known.source}:${known.line ?? 1})`,
    );
  const base = config.catalog.baseUrl ?? 'https://relative.invalid/';
  const { entries } = readDocument({ name: 'list.md', bytes: Buffer.from(text), base, settings: noSettings });
  const change = appendEntry(text, entries, facts, category);
  if (!change)
    throw new UserError(
      category === undefined
        ? 'the list has no entry to take after; write the first one by hand'
        : `the list has no category "${category}" with entries`,
    );
  return change;
}

/** The change as `diff -u` shows it, with two lines around it. */
function diffOf(file: string, { text, line, added }: Appended): string {
  const lines = text.split('\n');
  const from = Math.max(0, line - 3);
  const before = lines.slice(from, line - 1);
  const after = lines.slice(line - 1 + added.length, line + 1 + added.length);
  const around = before.length + after.length;
  return [
    `--- ${file}`,
    `+++ ${file}`,
    `@@ -${from + 1},${around} +${from + 1},${around + added.length} @@`,
    ...before.map((one) => ` ${one}`),
    ...added.map((one) => `+${one}`),
    ...after.map((one) => ` ${one}`),
    '',
  ].join('\n');
}

async function isAgreed({ stdin, stderr }: Terminal): Promise<boolean> {
  if (!stdin.isTTY) return false;
  const prompt = createInterface({ input: stdin, output: stderr });
  try {
    return /^y(?:es)?$/i.test((await prompt.question('write this? [y/N] ')).trim());
  } finally {
    prompt.close();
  }
}
