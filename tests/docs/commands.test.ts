import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder } from '../support/process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const entry = join(root, 'dist/cli/postbell.js');

const documents = [
  'README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true }).map((name) => `docs/${String(name)}`),
].filter((name) => name.endsWith('.md'));
const read = (document: string) => readFileSync(join(root, document), 'utf8');

/** The command blocks that the author of a document has marked as runnable, in order. */
function runnable(document: string): readonly string[] {
  return [...read(document).matchAll(/^<!-- runnable -->\n```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
}

/** A folder like the one that a reader of the documents has: the catalog, and `postbell` at hand. */
function readersFolder(): { readonly folder: string; readonly path: string } {
  const folder = makeFolder();
  const programs = join(folder, 'bin');
  mkdirSync(programs);
  writeFileSync(join(programs, 'postbell'), `#!/bin/sh\nexec "${process.execPath}" "${entry}" "$@"\n`);
  chmodSync(join(programs, 'postbell'), 0o755);
  cpSync(join(root, 'catalog'), join(folder, 'catalog'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: { postbell: 'postbell' } }));
  return { folder, path: `${programs}:${process.env.PATH}` };
}

const marked = documents.filter((document) => runnable(document).length > 0);

/** All that a document shows to be typed into a shell, marked as runnable or not. */
function shown(document: string): string {
  return [...read(document).matchAll(/^```(?:ba)?sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block).join('');
}

const help = execFileSync(process.execPath, [entry, '--help'], { encoding: 'utf8' });
const commands = new Set([...help.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => name));

describe('the commands in the documents', () => {
  it.each(documents)('of %s are run wherever something says so', (document) => {
    expect(runnable(document)).toHaveLength(read(document).split('runnable -->').length - 1);
  });

  it.each(documents)('of %s are commands that there are', (document) => {
    const { scripts } = JSON.parse(read('package.json'));
    const asked = [...shown(document).matchAll(/\bnpm run (?:-s )?([a-z:]+)/g)].map(([, name = '']) => name);
    expect(asked.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
    const said = [...shown(document).matchAll(/(?<=^|\s)postbell ([a-z]+)/gm)].map(([, name = '']) => name);
    expect(said.filter((name) => !commands.has(name))).toEqual([]);
  });

  it('are marked as runnable in the first steps and in the guides for authors and operators', () => {
    const guides = ['README.md', 'docs/README.zh-CN.md', 'docs/catalogs.md', 'docs/announcing.md', 'docs/operating.md'];
    expect(marked).toEqual(expect.arrayContaining(guides));
  });

  it.each(marked)('of %s do what they say, one after the other', (document) => {
    const { folder, path } = readersFolder();
    for (const block of runnable(document)) {
      execFileSync('sh', ['-eu', '-c', block], {
        cwd: folder,
        env: { PATH: path, HOME: folder, PORT: '0' },
        input: '',
        stdio: ['pipe', 'pipe', 'pipe'],
      });
    }
  });
});

describe('the links between the documents', () => {
  it.each(documents)('of %s lead to files that are there', (document) => {
    const text = read(document).replace(/^```[\s\S]*?^```$/gm, '');
    const targets = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, target = '']) => target);
    const missing = targets.filter((target) => !existsSync(join(root, dirname(document), target)));
    expect(missing).toEqual([]);
  });
});
