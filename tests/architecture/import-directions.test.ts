import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Report {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: { readonly violations: readonly { readonly rule: { readonly name: string } }[] };
}

interface Config {
  readonly forbidden: readonly { readonly name: string; readonly to: { readonly pathNot?: string } }[];
}

function cruise(folder: string): Report {
  const cli = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = join(root, '.dependency-cruiser.cjs');
  const output = execFileSync(process.execPath, [cli, '--config', config, '--output-type', 'json', 'src'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  return JSON.parse(output);
}

describe('import directions', () => {
  test('are checked over every source file there is, and hold', () => {
    const onDisk = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)))
      .filter((file) => !file.startsWith('src/web/'));
    const { modules, summary } = cruise(root);
    const seen = new Set(modules.map(({ source }) => source));
    expect(onDisk.filter((file) => !seen.has(file))).toEqual([]);
    expect(summary.violations).toEqual([]);
  });

  test('are those that docs/architecture.md lists, of every folder there is', () => {
    const guide = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
    const rows = [...guide.matchAll(/^\| `src\/([a-z]+)` \|.*\| (.+) \|$/gm)];
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(rows.map(([, folder]) => folder).sort()).toEqual(folders.map(({ name }) => name).sort());
    const config: Config = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs'));
    const held = config.forbidden.flatMap(({ name, to }) => {
      const [, folder] = /^([a-z]+)-imports-only-what-it-may$/.exec(name) ?? [];
      const [, allowed = ''] = /\((.*)\)/.exec(to.pathNot ?? '') ?? [];
      return folder === undefined ? [] : [[folder, allowed.split('|').slice(1)] as const];
    });
    const listed = new Map(rows.map(([, folder = '', may = '']) => [folder, may === 'nothing' ? [] : may.split(', ')]));
    expect(held.length).toBeGreaterThan(10);
    for (const [folder, allowed] of held) expect([folder, listed.get(folder)]).toEqual([folder, allowed]);
  });

  test('are refused where they are broken', () => {
    const folder = mkdtempSync(join(tmpdir(), 'directions-'));
    mkdirSync(join(folder, 'src/kernel'), { recursive: true });
    mkdirSync(join(folder, 'src/message'));
    writeFileSync(join(folder, 'src/message/card.ts'), 'export const plain = 1;\n');
    writeFileSync(join(folder, 'src/kernel/upward.ts'), "export { plain } from '../message/card.ts';\n");
    const { summary } = cruise(folder);
    expect(summary.violations.map(({ rule }) => rule.name)).toEqual(['kernel-imports-only-what-it-may']);
  });
});
