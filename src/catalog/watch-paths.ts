import { watch } from 'chokidar';

export interface WatchOptions {
  /** A change is told when nothing further has changed for so long. */
  readonly quietMs: number;
  readonly changed: () => void;
}

/**
 * Tells of changes below files and folders until the signal aborts, then resolves. Editors that replace a file,
 * files that are still being written and files that are gone for a moment are waited for: each event starts the
 * wait anew.
 */
export async function watchPaths(
  paths: readonly string[],
  { quietMs, changed }: WatchOptions,
  signal: AbortSignal,
): Promise<void> {
  if (paths.length === 0) return untilAborted(signal);
  const watcher = watch([...paths], {
    ignoreInitial: true,
    atomic: quietMs,
    awaitWriteFinish: { stabilityThreshold: quietMs, pollInterval: Math.max(20, quietMs / 4) },
    ignored: /(?:^|[/\\])(?:node_modules|\.git)(?:[/\\]|$)/,
  });
  let timer: NodeJS.Timeout | undefined;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, quietMs);
  };
  watcher.on('all', wait);
  // The removal of a file whose addition was not told yet is swallowed, but for this.
  watcher.on('raw', wait);
  // What changed between the last reading and this moment told nobody.
  watcher.on('ready', wait);
  // A folder that cannot be watched is still read at each refresh.
  watcher.on('error', () => {});
  await untilAborted(signal);
  clearTimeout(timer);
  await watcher.close();
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
