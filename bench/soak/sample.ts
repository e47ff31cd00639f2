import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** What a process holds after a garbage collection, told by `probe.mjs`. Sizes in bytes. */
export interface Sample {
  readonly rss: number;
  /** What is reachable, of JavaScript and behind it, but for `code`. */
  readonly live: number;
  /** What V8 has compiled: it goes on compiling for hours, ever less, and never more than the program holds. */
  readonly code: number;
  /** Kinds of what keeps the process alive or waiting: sockets, timers, watchers; one entry each. */
  readonly handles: readonly string[];
  /** Open file descriptors. */
  readonly files: number;
  /** Of the event loop since the sample before. */
  readonly delay: { readonly p99Ms: number; readonly maxMs: number };
}

export async function takeSample(child: ChildProcess): Promise<Sample> {
  child.send('sample');
  const [sample]: Sample[] = await once(child, 'message');
  if (!sample) throw new Error('the probe has not answered');
  return sample;
}
