import { parentPort, workerData } from 'node:worker_threads';
import { keysOf } from '../../posts/post-id.ts';
import { readDocument, type SourceDocument } from '../read-document.ts';
import type { WorkerReport } from './document-parser.ts';

/** Entries go over in parts, so that taking them in never holds up the thread that answers people. */
const partLength = 500;

const { entries, ...rest } = readDocument(workerData as SourceDocument);
const send = (report: WorkerReport) => parentPort?.postMessage(report);
for (let at = 0; at < entries.length; at += partLength) {
  send({ entries: entries.slice(at, at + partLength).map((entry) => ({ ...entry, keys: keysOf(entry) })) });
}
send({ rest });
