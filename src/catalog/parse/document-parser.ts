import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { messageOf } from '../../kernel/errors.ts';
import { type Entry, unreadable } from '../entry.ts';
import { type DocumentReading, readDocument, type SourceDocument } from '../read-document.ts';

/** What the worker sends: its entries in parts, then the rest. */
export type WorkerReport = { readonly entries: readonly Entry[] } | { readonly rest: Omit<DocumentReading, 'entries'> };

export interface ParseLimits {
  /** Documents of more bytes are read in a worker thread. */
  readonly inThread: number;
  /** Documents of more bytes are not read at all. */
  readonly largest: number;
  /** Documents of more posts are not taken in: the catalog and its index must fit into memory. */
  readonly posts: number;
  readonly milliseconds: number;
  /** Of the worker's heap. */
  readonly megabytes: number;
}

export const defaultParseLimits: ParseLimits = {
  inThread: 128 * 1024,
  largest: 64 * 1024 * 1024,
  posts: 250_000,
  milliseconds: 60_000,
  megabytes: 1024,
};

/**
 * Reads a document with bounded time and memory; a document that passes a limit ends in a finding that says so.
 * Large documents are read in a thread of their own.
 */
export function parseDocument(
  document: SourceDocument,
  signal: AbortSignal,
  limits: ParseLimits = defaultParseLimits,
): Promise<DocumentReading> {
  if (document.bytes.byteLength > limits.largest) {
    return Promise.resolve(
      failed(
        'too-large',
        `it has ${megabytes(document.bytes.byteLength)} MB, more than the ${megabytes(limits.largest)} MB that are read; split it`,
      ),
    );
  }
  if (document.bytes.byteLength <= limits.inThread) return Promise.resolve(readDocument(document));
  return parseInWorker(document, signal, limits);
}

function parseInWorker(document: SourceDocument, signal: AbortSignal, limits: ParseLimits): Promise<DocumentReading> {
  const worker = startWorker(document, limits);
  const entries: Entry[] = [];
  return new Promise((resolve) => {
    const end = (reading: DocumentReading) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      resolve(reading);
      void worker.terminate();
    };
    const abort = () => end(failed('unreadable', 'reading it was broken off'));
    const timer = setTimeout(
      () => end(failed('too-slow', `it could not be read within ${limits.milliseconds / 1000} s; split it`)),
      limits.milliseconds,
    );
    signal.addEventListener('abort', abort, { once: true });
    worker.on('message', (report: WorkerReport) => {
      if ('entries' in report) {
        entries.push(...report.entries);
        if (entries.length > limits.posts)
          end(
            failed(
              'too-large',
              `it lists more than the ${limits.posts} posts that are read; split it or leave some out`,
            ),
          );
      } else end({ ...report.rest, entries });
    });
    worker.on('error', (error) => {
      const outOfMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      end(
        outOfMemory
          ? failed('too-large', `reading it takes more than ${limits.megabytes} MB of memory; split it`)
          : failed('unreadable', `it cannot be read: ${messageOf(error)}`),
      );
    });
    worker.on('exit', () => end(failed('unreadable', 'it cannot be read: the reader ended early')));
  });
}

function startWorker(workerData: SourceDocument, limits: ParseLimits): Worker {
  const options = { workerData, resourceLimits: { maxOldGenerationSizeMb: limits.megabytes } };
  const ending = extname(new URL(import.meta.url).pathname);
  const script = new URL(`./parse-worker${ending}`, import.meta.url);
  if (ending !== '.ts') return new Worker(script, options);
  // In development the sources run as they are: a thread of Node 20 must be told itself how to read TypeScript.
  const start = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(script.href)}); })`;
  return new Worker(start, { ...options, eval: true });
}

function failed(code: string, message: string): DocumentReading {
  return { ...unreadable(code, message), window: false, feeds: [] };
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0);
}
