import { statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, resolve } from 'node:path';
import type { Config } from '../../config/config.ts';
import { codeOf, messageOf } from '../../kernel/errors.ts';
import { type Finding, fine, wrong } from './finding.ts';

/** A year of a busy bot's database, its covers and a backup of both fit into less. */
const wantedBytes = 500_000_000;

/** Whether there is room for the database and for the pictures of cards. */
export async function checkDisk({ databaseUrl }: Config, folder: string): Promise<Finding> {
  const file = /^sqlite:(.+)$/.exec(databaseUrl)?.[1];
  const place = resolve(folder, file === undefined || file === ':memory:' ? 'data' : dirname(file));
  try {
    const { bavail, bsize } = await statfsOfNearest(place);
    const free = bavail * bsize;
    const said = `${(free / 1e9).toFixed(1)} GB free at ${place}`;
    return free >= wantedBytes
      ? fine('disk', said)
      : wrong('disk', said, `make room for ${wantedBytes / 1e6} MB, or let DATABASE_URL name a file elsewhere`);
  } catch (error) {
    return wrong('disk', `${place} can't be looked at (${messageOf(error)})`, 'let this user read and write there');
  }
}

/** A folder that is not there yet will lie where the nearest one above it lies. */
async function statfsOfNearest(place: string): Promise<{ readonly bavail: number; readonly bsize: number }> {
  try {
    return await statfs(place);
  } catch (error) {
    const above = dirname(place);
    if (codeOf(error) !== 'ENOENT' || above === place) throw error;
    return statfsOfNearest(above);
  }
}

/** Whether the server can listen, or does already. */
export async function checkPort({ host, port }: Config['server']): Promise<Finding> {
  const check = 'port';
  if (port === 0) return fine(check, 'a free one is picked at the start');
  const fault = await faultOfListening(host, port);
  if (fault === undefined) return fine(check, `${host}:${port} is free`);
  if (fault === 'EADDRINUSE') {
    const version = await versionRunning(host, port);
    return version === undefined
      ? wrong(check, `${host}:${port} is taken by another program`, 'end it, or choose another PORT')
      : fine(check, `Postbell ${version} answers at ${host}:${port}`);
  }
  return fault === 'EACCES'
    ? wrong(check, `this user may not listen on ${host}:${port}`, 'choose a PORT above 1023, behind a proxy')
    : wrong(check, `${host}:${port} can't be listened on (${fault})`, 'write an address of this machine as HOST');
}

/** The code of the error; undefined where there is none. */
function faultOfListening(host: string, port: number): Promise<string | undefined> {
  return new Promise((settle) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => settle(undefined)));
  });
}

async function versionRunning(host: string, port: number): Promise<string | undefined> {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  const authority = reachable.includes(':') ? `[${reachable}]` : reachable;
  try {
    const response = await fetch(`http://${authority}:${port}/healthz`, { signal: AbortSignal.timeout(3_000) });
    const answer: unknown = await response.json();
    const isOurs = typeof answer === 'object' && answer !== null && 'status' in answer && 'version' in answer;
    return isOurs ? String(answer.version).slice(0, 20) : undefined;
  } catch {
    return undefined;
  }
}
