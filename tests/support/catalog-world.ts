import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readCatalog } from '../../src/catalog/read-catalog.ts';
import { createSources, type SourcesOptions } from '../../src/catalog/sources/create-sources.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import type { Catalog } from '../../src/posts/post.ts';

/** A folder of its own with an author's files, to be thrown away after the test. */
export interface CatalogFolder {
  readonly path: string;
  write(name: string, content: string | Uint8Array): string;
  remove(): void;
}

export function createCatalogFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): CatalogFolder {
  const path = mkdtempSync(join(tmpdir(), 'postbell-catalog-'));
  const write = (name: string, content: string | Uint8Array) => {
    const file = join(path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  };
  for (const [name, content] of Object.entries(files)) write(name, content);
  return { path, write, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Reads a `CATALOG` text once, as the command line does. */
export function readOnce(spec: string, options: Partial<SourcesOptions> = {}): Promise<Catalog> {
  const sources = createSources(spec, { folder: process.cwd(), clock: systemClock, ...options });
  return readCatalog(sources, new AbortController().signal);
}

/** Reads one Markdown text as a file of its own. */
export async function readMarkdownFile(text: string, options: Partial<SourcesOptions> = {}): Promise<Catalog> {
  const folder = createCatalogFolder({ 'list.md': text });
  try {
    return await readOnce(join(folder.path, 'list.md'), options);
  } finally {
    folder.remove();
  }
}
