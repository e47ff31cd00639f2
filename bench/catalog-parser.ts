import { readFileSync } from 'node:fs';
import createMarkdownIt from 'markdown-it';
import { remark } from 'remark';
import remarkGfm from 'remark-gfm';
import { noSettings } from '../src/catalog/settings.ts';

/**
 * What reading one file took: the median time of the processor, in which other programs hardly show, and what the heap
 * grew by at most, in MB.
 */
export interface ParserFigures {
  readonly ms: number;
  readonly megabytes: number;
}

/** As it is shipped: what tsx makes of the sources in memory runs at half the speed. */
const compiled = new URL('../dist/catalog/read-document.js', import.meta.url).href;
const { readDocument }: typeof import('../src/catalog/read-document.ts') = await import(compiled);

const engines: Readonly<Record<string, (bytes: Buffer) => unknown>> = {
  postbell: (bytes) => readDocument({ name: 'a.md', bytes, base: 'https://base.example/', settings: noSettings }),
  'markdown-it': (bytes) => createMarkdownIt({ html: true }).parse(bytes.toString('utf8'), {}),
  remark: (bytes) => remark().use(remarkGfm).parse(bytes.toString('utf8')),
};

/** Run as a process of its own: `catalog-parser.ts ENGINE FILE RUNS` prints the figures as JSON. */
const [engine = '', file = '', runs = '5'] = process.argv.slice(2);
const read = engines[engine];
if (!read) throw new Error(`no engine ${engine}`);
const bytes = readFileSync(file);
const times: number[] = [];
let most = 0;
for (let run = 0; run < Number(runs); run += 1) {
  const before = process.memoryUsage().heapUsed;
  const started = process.cpuUsage();
  const result = read(bytes);
  const { user, system } = process.cpuUsage(started);
  times.push((user + system) / 1000);
  most = Math.max(most, process.memoryUsage().heapUsed - before);
  if (result === undefined) throw new Error('nothing was read');
}
times.sort((one, other) => one - other);
const figures: ParserFigures = { ms: times[Math.floor(times.length / 2)] ?? 0, megabytes: most / 1024 / 1024 };
console.log(JSON.stringify(figures));
