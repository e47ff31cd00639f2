import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

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

describe('what is installed to run', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));
  const lock: Record<string, { license?: string; dev?: true; hasInstallScript?: true; integrity?: string }> =
    JSON.parse(read('package-lock.json')).packages;
  const installed = Object.entries(lock).filter(([path, entry]) => path !== '' && entry.dev !== true);

  it('is of exact versions, with checksums', () => {
    const inexact = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d/.test(String(version)),
    );
    expect(inexact).toEqual([]);
    expect(installed.filter(([, { integrity }]) => integrity === undefined)).toEqual([]);
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

  it('runs no script of others when it is installed, but the one that is named', () => {
    const scripted = installed.filter(([, entry]) => entry.hasInstallScript).map(([path]) => path);
    expect(scripted).toEqual(['node_modules/better-sqlite3']);
  });
});
