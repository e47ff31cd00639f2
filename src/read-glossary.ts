import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ConfigError, messageOf } from './kernel/errors.ts';
import type { CatalogProblem } from './posts/post.ts';
import { type Glossary, loadGlossary } from './search/glossary/glossary.ts';

/**
 * The author's own glossary, as an option of the index; nothing where none is configured.
 *
 * @throws ConfigError that names GLOSSARY if the file can't be read or understood.
 */
export async function readGlossary(
  file: string | undefined,
  folder: string,
): Promise<{ readonly glossary?: Glossary }> {
  if (file === undefined) return {};
  const { glossary, problems } = loadGlossary(await textOf(resolve(folder, file)), file);
  const [fault] = problems;
  if (fault) throw new ConfigError(`GLOSSARY: ${file}:${fault.line ?? 1}: ${fault.message}`);
  return { glossary };
}

/** What is wrong with the author's own glossary, line by line; nothing where none is configured. */
export async function glossaryProblems(file: string | undefined, folder: string): Promise<readonly CatalogProblem[]> {
  if (file === undefined) return [];
  return loadGlossary(await textOf(resolve(folder, file)), file).problems;
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new ConfigError(`GLOSSARY: ${path} can't be read (${messageOf(error)}); name a YAML file, or leave it empty`);
  }
}
