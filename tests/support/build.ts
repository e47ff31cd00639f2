import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** As old as the build that the tests made last. */
const stamp = join(root, 'node_modules/.cache/postbell/built');

/** Builds dist before all tests, unless it is newer than the sources: tests of the whole process run today's. */
export default function build(): void {
  if (existsSync(join(root, 'dist/cli/postbell.js')) && existsSync(stamp) && changed() < statSync(stamp).mtimeMs)
    return;
  const begun = new Date();
  execFileSync('npm', ['run', '-s', 'build'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, '');
  utimesSync(stamp, begun, begun);
}

/** When anything that is built was last changed, added or taken away; in milliseconds. */
function changed(): number {
  const sources = readdirSync(join(root, 'src'), { recursive: true }).map((path) => join('src', String(path)));
  const paths = [
    'src',
    ...sources,
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'vite.config.ts',
  ];
  return Math.max(...paths.map((path) => statSync(join(root, path)).mtimeMs));
}
