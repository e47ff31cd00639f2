import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A package that is installed to run Postbell, in the words of its own description. */
interface Licensed {
  readonly name: string;
  readonly licence: string;
}

interface LockEntry {
  readonly license?: string;
  readonly dev?: boolean;
}

/**
 * What the lock file installs to run, by name. Of packages that come in one build for each kind of machine only the
 * first is listed, with `*` for the machine: which one is installed differs, their licence does not.
 */
function licencesOf(lock: { readonly packages: Readonly<Record<string, LockEntry>> }): readonly Licensed[] {
  const listed = Object.entries(lock.packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path, { license = 'none' }]) => ({
      name: path.replace(/^.*node_modules\//, '').replace(/-(?:android|darwin|linux|win32|freebsd|wasm32)-?.*$/, '-*'),
      licence: license,
    }));
  const unique = new Map(listed.map((one) => [`${one.name} ${one.licence}`, one]));
  return [...unique.values()].sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
}

/** docs/licences.md, made of the lock file. */
function licencesDocument(licensed: readonly Licensed[]): string {
  const counts = new Map<string, number>();
  for (const { licence } of licensed) counts.set(licence, (counts.get(licence) ?? 0) + 1);
  const sums = [...counts].sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1));
  return [
    '# Licences of what is installed to run',
    '',
    'Made by `npm run licences` of the lock file, which holds the versions; a test sees that it is up to date. Into the',
    'page of the chat preact is built, under MIT. The program in `dist/bundle` holds the code of most of them, and their',
    'licences in full. What asks for care stands in [security.md](security.md).',
    '',
    '| licence | packages |',
    '| --- | --- |',
    ...sums.map(([licence, count]) => `| ${licence} | ${count} |`),
    '',
    '| package | licence |',
    '| --- | --- |',
    ...licensed.map(({ name, licence }) => `| ${name.replaceAll('*', '\\*')} | ${licence} |`),
    '',
  ].join('\n');
}

/** The document as it is to be today. */
export function licencesDocumentNow(): string {
  const path = fileURLToPath(new URL('../package-lock.json', import.meta.url));
  return licencesDocument(licencesOf(JSON.parse(readFileSync(path, 'utf8'))));
}
