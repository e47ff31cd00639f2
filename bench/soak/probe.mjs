// Loaded into the process under test with --expose-gc: tells on demand what it holds. It holds nothing open itself.
import { readdirSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { getHeapCodeStatistics } from 'node:v8';

const loop = monitorEventLoopDelay({ resolution: 10 });
loop.enable();

process.on('message', () => {
  const delay = { p99Ms: loop.percentile(99) / 1e6, maxMs: loop.max / 1e6 };
  // Twice: what finalizers let go in the first is collected in the second.
  globalThis.gc();
  globalThis.gc();
  const { rss, heapUsed, external } = process.memoryUsage();
  const handles = process.getActiveResourcesInfo();
  const statistics = getHeapCodeStatistics();
  const code = statistics.code_and_metadata_size + statistics.bytecode_and_metadata_size;
  const live = heapUsed + external - code;
  process.send({ rss, live, code, handles, files: readdirSync('/proc/self/fd').length, delay });
  // The collections were ours.
  loop.reset();
});
process.channel.unref();
