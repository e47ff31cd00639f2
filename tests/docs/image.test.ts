import { type ChildProcess, execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { makeFolder } from '../support/process.ts';

/** The user `node` of the image. */
const nobody = 1000;
const isRoot = process.getuid?.() === 0;
const root = fileURLToPath(new URL('../..', import.meta.url));

/** The instructions of the Dockerfile by stage, each on one line. */
const stages = readFileSync(join(root, 'Dockerfile'), 'utf8')
  .replace(/^#.*\n/gm, '')
  .replace(/\\\n\s*/g, '')
  .split(/^FROM .*\n/m)
  .slice(1)
  .map((stage) =>
    stage
      .split('\n')
      .flatMap((line) => [...line.matchAll(/^([A-Z]+) (.+)$/g)])
      .map(([, name = '', rest = '']) => ({ name, rest })),
  );
const [buildStage = [], imageStage = []] = stages;
const valuesOf = (name: string) => imageStage.filter((each) => each.name === name).map(({ rest }) => rest);
const commandOf = (name: string): string[] => JSON.parse(/\[.*\]$/.exec(valuesOf(name)[0] ?? '')?.[0] ?? '[]');

/** What COPY brings from one folder to another. */
function copies(stage: typeof buildStage, from: 'context' | 'build'): readonly { source: string; target: string }[] {
  return stage.flatMap(({ name, rest }) => {
    const [, stageName, words = ''] = /^(?:--from=(\w+) )?(.+)$/.exec(rest) ?? [];
    if (name !== 'COPY' || (stageName ?? 'context') !== from) return [];
    const [target = '', ...sources] = words.split(' ').reverse();
    return sources.map((source) => ({
      source,
      target: target.endsWith('/') ? join(target, basename(source)) : target,
    }));
  });
}

/** The first stage, but for what needs the registry: the packages are ours, all of them. */
function build(): string {
  const folder = makeFolder();
  for (const { source, target } of copies(buildStage, 'context'))
    cpSync(join(root, source), join(folder, target), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const { name, rest } of buildStage)
    for (const command of name === 'RUN' ? rest.split('&&').map((part) => part.trim()) : [])
      if (!/^(apt-get|rm|npm (ci|rebuild|prune)) /.test(command))
        execFileSync('sh', ['-euc', command], { cwd: folder, stdio: 'pipe' });
  return folder;
}

/** What `npm prune --omit=dev` leaves of the packages. */
function productionPackages(): readonly string[] {
  const { packages }: { packages: Record<string, { dev?: true }> } = JSON.parse(
    readFileSync(join(root, 'package-lock.json'), 'utf8'),
  );
  return Object.keys(packages).filter((path) => path !== '' && !packages[path]?.dev && existsSync(join(root, path)));
}

/** The second stage, as the root of a file system. */
function image(built: string): string {
  const folder = makeFolder();
  chmodSync(folder, 0o755);
  const app = join(folder, 'app');
  mkdirSync(app);
  for (const { source, target } of copies(imageStage, 'build')) {
    const path = source.replace(/^\/build\//, '');
    if (path !== 'node_modules') cpSync(join(built, path), join(app, target), { recursive: true });
    else for (const each of productionPackages()) link(join(root, each), join(app, each));
  }
  for (const { source, target } of copies(imageStage, 'context'))
    cpSync(join(root, source), join(app, target), { recursive: true });
  mkdirSync(join(app, 'data'));
  if (isRoot) chownSync(join(app, 'data'), nobody, nobody);
  return folder;
}

/** Links, where the file system can, 260 MB that nobody writes to. */
function link(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  // A package may stand within one that is there already.
  if (existsSync(to)) return;
  if (spawnSync('cp', ['--archive', '--link', from, to]).status !== 0) cpSync(from, to, { recursive: true });
}

/** Folders of the machine, Node among them, that an image of Debian has too. */
function addMachine(folder: string): void {
  for (const name of ['usr', 'bin', 'lib', 'lib64']) {
    if (!existsSync(`/${name}`)) continue;
    if (lstatSync(`/${name}`).isSymbolicLink()) symlinkSync(readlinkSync(`/${name}`), join(folder, name));
    else mkdirSync(join(folder, name));
  }
  for (const name of ['dev', 'proc', 'tmp', 'node']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'node/node'), '');
}

/**
 * Runs a command as a container would: as process 1 of namespaces of its own, on a root that can't be written but for
 * /tmp and /app/data. First come the folder of the root and the path of Node.
 */
const container = `
root=$1; node=$2; shift 2
mount --bind "$root" "$root"
for name in usr bin lib lib64; do
  if [ -d "/$name" ] && [ ! -L "/$name" ]; then
    mount --rbind "/$name" "$root/$name"
    mount -o remount,bind,ro "$root/$name"
  fi
done
mount --bind "$node" "$root/node/node"
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc" 2>/dev/null || mount --rbind /proc "$root/proc"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount --bind "$root/app/data" "$root/app/data"
mount -o remount,bind,ro "$root"
exec chroot "$root" sh -euc 'cd /app; exec "$@"' sh "$@"
`;
const namespaces = ['--mount', '--pid', '--fork', '--kill-child'];
/** Whoever is not root is root of nothing but these. */
const own = ['--user', `--map-user=${nobody}`, `--map-group=${nobody}`, '--keep-caps'];
const apart = ['unshare', ...namespaces, ...(isRoot ? [] : own)];
/** As a user without any right. */
const becoming = isRoot ? [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'] : ['--ambient-caps=-all'];
const asNobody = ['setpriv', ...becoming, '--no-new-privs', '--bounding-set=-all', '--inh-caps=-all'];
const [tool = '', ...flags] = apart;
const isContained = spawnSync(tool, [...flags, 'true']).status === 0;

describe('the image that the Dockerfile describes', () => {
  let folder: string;
  let child: ChildProcess | undefined;
  beforeAll(() => {
    folder = image(build());
    addMachine(folder);
  });
  afterEach(() => child?.kill('SIGKILL'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The command of the image with these words behind, in its environment. */
  function run(words: readonly string[], environment: Record<string, string> = {}): ChildProcess {
    const env = {
      ...Object.fromEntries(
        valuesOf('ENV')
          .flatMap((line) => line.split(' '))
          .map((pair) => pair.split('=')),
      ),
      ...environment,
    };
    const [command = '', ...rest] = isContained
      ? [...apart, 'sh', '-eu', '-c', container, 'sh', folder, process.execPath, ...asNobody, ...words]
      : words;
    const cwd = join(folder, 'app');
    return spawn(command, rest, {
      cwd,
      env: { HOME: '/', PATH: `/node:${dirname(process.execPath)}:/usr/bin:/bin:/usr/sbin:/sbin`, ...env },
    });
  }

  /** To which the engine of a container sends the signal. */
  function processOne({ pid }: ChildProcess): number {
    return Number(isContained ? readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8') : pid);
  }

  /** What a process prints: up to its end, or up to a line that holds this. */
  function reading(bot: ChildProcess) {
    let output = '';
    const ended = new Promise<{ output: string; code: number | null }>((resolve) =>
      bot.once('close', (code) => resolve({ output, code })),
    );
    const line = (part: string) =>
      new Promise<string>((resolve, reject) => {
        const look = () => {
          const found = output
            .split('\n')
            .slice(0, -1)
            .find((each) => each.includes(part));
          if (found !== undefined) resolve(found);
        };
        bot.stdout?.on('data', look);
        bot.once('close', () => reject(new Error(output)));
        look();
      });
    const keep = (chunk: Buffer) => {
      output += chunk;
    };
    bot.stdout?.on('data', keep);
    bot.stderr?.on('data', keep);
    return { ended, line };
  }

  it('holds all that runs and nothing that builds', () => {
    expect(readdirSync(join(folder, 'app')).sort()).toEqual([
      'LICENSE',
      'catalog',
      'data',
      'dist',
      'node_modules',
      'package.json',
    ]);
    for (const name of ['typescript', 'vite', 'jest'])
      expect(existsSync(join(folder, 'app/node_modules', name))).toBe(false);
  });

  it('starts, is healthy, answers, draws covers, writes to its volume, and ends at SIGTERM', async () => {
    child = run([...commandOf('ENTRYPOINT'), ...commandOf('CMD')], { PORT: '0', PUBLIC_URL: 'https://bot.example' });
    const { ended, line } = reading(child);
    const { url } = JSON.parse(await line('"listening"'));
    const [command = '', ...words] = commandOf('HEALTHCHECK');
    const checkHealth = () => promisify(execFile)(command, words, { env: { ...process.env, PORT: new URL(url).port } });
    await checkHealth();
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const { hits } = JSON.parse(await (await fetch(`${url}/api/search?q=LoRA`)).text());
    expect(hits.length).toBeGreaterThan(0);
    const page = await (await fetch(`${url}/p/${hits[0].id}`)).text();
    const [cover = ''] = /\/covers\/[\w.-]+/.exec(page) ?? [];

    expect((await fetch(url + cover)).headers.get('content-type')).toMatch(/^image\//);

    process.kill(processOne(child), 'SIGTERM');
    const { output, code } = await ended;
    expect(output).toContain('"msg":"stopped"');
    expect(code).toBe(0);
    expect(readdirSync(join(folder, 'app/data'))).toEqual(expect.arrayContaining(['covers', 'postbell.db']));
    await expect(checkHealth()).rejects.toMatchObject({ code: 1 });
  });

  (isContained ? it : it.skip)('may write nowhere else, and has no right', async () => {
    const look =
      'id -u; grep CapEff /proc/self/status; for each in / /app /app/dist /usr /tmp /app/data; do touch $each/x 2>/dev/null && echo "$each"; done; true';
    const { output } = await reading(run(['sh', '-c', look])).ended;
    expect(output).toBe('1000\nCapEff:\t0000000000000000\n/tmp\n/app/data\n');
  });
});
