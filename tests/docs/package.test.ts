import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder } from '../support/process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** A folder in which what `npm pack` makes is installed, beside the packages that it says it needs and no others. */
function folderOfUser(): string {
  const folder = makeFolder();
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  npm(folder, 'pack', '--ignore-scripts', '--silent', '--pack-destination', folder, root);
  const [archive = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  execFileSync('tar', ['--extract', '--gzip', '--file', archive], { cwd: folder });
  execFileSync('mv', ['package', join(modules, 'postbell')], { cwd: folder });
  const { dependencies } = JSON.parse(readFileSync(join(modules, 'postbell/package.json'), 'utf8'));
  for (const name of [...Object.keys(dependencies), '@types/node']) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', dependencies: { postbell: '*' } }));
  // Makes node_modules/.bin, as the end of an installation does.
  npm(folder, 'rebuild', '--ignore-scripts', '--offline', '--silent', 'postbell');
  return folder;
}

function npm(cwd: string, ...args: readonly string[]): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', env: { PATH: process.env.PATH, HOME: cwd } });
}

describe('the package', () => {
  let folder: string;
  beforeAll(() => {
    folder = folderOfUser();
  });
  const installed = (path: string) => join(folder, 'node_modules/postbell', path);

  it('runs as npx postbell, and finds posts of the folder that it is run in', () => {
    writeFileSync(join(folder, 'mine.md'), '## Notes\n- [Reading maps](https://ex.org/maps) - with lenses\n');
    const run = (...args: readonly string[]) => npm(folder, 'exec', '--offline', '--no', '--', 'postbell', ...args);
    expect(run('--version').trim()).toBe(JSON.parse(read('package.json')).version);
    const { hits } = JSON.parse(run('search', 'lenses', '--catalog', 'mine.md', '--json'));
    expect(hits).toEqual([expect.objectContaining({ title: 'Reading maps', category: ['Notes'] })]);
  });

  it('holds what it runs, and neither tests, sources, maps nor secrets', () => {
    const { bin, exports } = JSON.parse(readFileSync(installed('package.json'), 'utf8'));
    for (const path of [...Object.values(bin), ...Object.values(exports)])
      expect([path, existsSync(installed(String(path)))]).toEqual([path, true]);
    for (const path of ['README.md', 'LICENSE', '.env.example', 'dist/web/index.html'])
      expect([path, existsSync(installed(path))]).toEqual([path, true]);
    const licences = readFileSync(installed('dist/bundle/third-party-licences.txt'), 'utf8');
    for (const name of ['fastify', 'kysely', 'zod'])
      expect(licences).toMatch(
        new RegExp(`^## ${name} [\\d.]+ \\(MIT\\)\n[^]{0,400}Permission is hereby granted`, 'm'),
      );
    const files = readdirSync(installed('.'), { recursive: true }).map(String);
    const unwanted = /\.map$|\.tsx$|(?<!\.d)\.ts$|^(tests|bench|tools|src|data)\/|^\.env$/;
    expect(files.filter((file) => unwanted.test(file))).toEqual([]);
  });

  it('serves as the library that docs/library.md shows: its program compiles and finds', () => {
    const [, program = ''] = /^```ts\n([\s\S]*?)^```$/m.exec(read('docs/library.md')) ?? [];
    writeFileSync(join(folder, 'program.ts'), program);
    writeFileSync(join(folder, 'posts.md'), '## LLM\n- [LoRA 微调入门](https://ex.org/lora)\n## Misc\n- [No](no.md)\n');
    const compilerOptions = { target: 'es2023', module: 'nodenext', strict: true, types: ['node'] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }));
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc')], { cwd: folder, stdio: 'pipe' });
    const printed = execFileSync(process.execPath, ['program.js'], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
    expect(printed).toBe('1 found\nLoRA 微调入门 (LLM) https://ex.org/lora\n');
  });

  it('gives out what docs/library.md names, and nothing else', () => {
    const { exports } = JSON.parse(read('package.json'));
    const named = [...read('docs/library.md').matchAll(/^\| `(postbell\/[a-z/-]+)` /gm)].map(([, name]) => name);
    const given = Object.keys(exports).map((path) => path.replace(/^\./, 'postbell'));
    expect(named.sort()).toEqual(given.filter((name) => name !== 'postbell/package.json').sort());
  });
});
