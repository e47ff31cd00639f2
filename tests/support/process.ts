import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const entry = join(root, 'dist/cli/postbell.js');

/** The founding catalog, as a file that tests only read. */
export const foundingCatalog = join(root, 'catalog/laygin.md');

/** A fresh folder that belongs to one test. */
export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'postbell-'));
}

// Only what a process needs to run: a developer's own tokens never reach a test.
const bareEnvironment = Object.fromEntries(
  ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  }),
);

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs one command of the real program in a folder of its own (or `cwd`) to its end. `under` is a command that ends by
 * running what follows it.
 */
export function postbell(
  args: readonly string[],
  options: { env?: Record<string, string>; input?: string; cwd?: string; under?: readonly string[] } = {},
): Promise<Ended> {
  const [command = '', ...rest] = [...(options.under ?? []), process.execPath, entry, ...args];
  return new Promise((resolve) => {
    const child = execFile(
      command,
      rest,
      {
        cwd: options.cwd ?? makeFolder(),
        env: { ...bareEnvironment, CATALOG: foundingCatalog, ...options.env },
        maxBuffer: 1 << 28,
      },
      (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : null, stdout, stderr }),
    );
    child.stdin?.end(options.input ?? '');
  });
}

/** As on a disk with so much room: no file grows beyond it. */
export function withRoom(kilobytes: number): readonly string[] {
  // Counted in blocks of 512 bytes.
  return ['sh', '-c', `ulimit -f ${kilobytes * 2} && exec "$0" "$@"`];
}

/** A running bot. */
export interface Bot {
  readonly url: string;
  readonly process: ChildProcess;
  /** All that it has printed so far. */
  output(): string;
  /** Sends a signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Resolves when a line of the log satisfies the condition, also one that was printed before. */
  logged(condition: (line: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>;
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Starts the real program on a free port and waits until it listens. Rejects with its output if it ends early.
 * `probe`, flags of Node, come before it; the process may then send messages. `program` is another build of it,
 * `under` as in `postbell`.
 */
export async function startBot(
  options: {
    env?: Record<string, string>;
    cwd?: string;
    probe?: readonly string[];
    program?: string;
    under?: readonly string[];
  } = {},
): Promise<Bot> {
  const words = [process.execPath, ...(options.probe ?? []), options.program ?? entry, 'start'];
  const [command = '', ...rest] = [...(options.under ?? []), ...words];
  const child = spawn(command, rest, {
    cwd: options.cwd ?? makeFolder(),
    env: { ...bareEnvironment, CATALOG: foundingCatalog, PORT: '0', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', ...(options.probe ? (['ipc'] as const) : [])],
  });
  running.add(child);
  let printed = '';
  const listeners = new Set<() => void>();
  const read = (chunk: Buffer) => {
    printed += chunk;
    for (const listener of listeners) listener();
  };
  child.stdout?.on('data', read);
  child.stderr?.on('data', read);
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.once('close', (code, signal) => {
      running.delete(child);
      resolve({ code, signal });
      for (const listener of listeners) listener();
    }),
  );

  const logged: Bot['logged'] = (condition) =>
    new Promise((resolve, reject) => {
      const look = () => {
        const line = jsonLines(printed).find(condition);
        if (!line && child.exitCode === null && child.signalCode === null) return;
        listeners.delete(look);
        if (line) resolve(line);
        else reject(new Error(`the bot ended (${child.exitCode ?? child.signalCode}):\n${printed.slice(-4000)}`));
      };
      listeners.add(look);
      look();
    });

  const { url } = await logged((line) => line.msg === 'listening');
  return {
    url: String(url),
    process: child,
    output: () => printed,
    logged,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}

function jsonLines(text: string): Record<string, unknown>[] {
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
}
