import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { CatalogProblem, Reading } from '../../posts/post.ts';
import { defaultParseLimits, type ParseLimits, parseDocument } from '../parse/document-parser.ts';
import { noSettings } from '../settings.ts';
import { readingOf } from './reading-of.ts';
import type { Source, Unreachable } from './source.ts';
import { unreachable, unreadablePath } from './unreachable.ts';

export interface FileSourceOptions {
  /** Absolute. */
  readonly path: string;
  /** As people name the file. */
  readonly id: string;
  /** The file's own address, for relative links. */
  readonly base: string | undefined;
  readonly limits?: ParseLimits;
  /** Makes the source of a feed that the file lists. */
  readonly feedSource: (url: string) => Source;
}

/** A single file: a list of posts, a feed, data, or a list of feeds. */
export function createFileSource({
  path,
  id,
  base,
  limits = defaultParseLimits,
  feedSource,
}: FileSourceOptions): Source {
  let last: { readonly hash: string; readonly reading: Reading; readonly feeds: readonly string[] } | undefined;
  const feeds = new Map<string, Source>();

  async function readOwn(signal: AbortSignal): Promise<Reading | Unreachable> {
    let bytes: Uint8Array;
    try {
      const { size } = await stat(path);
      if (size > limits.largest)
        return unreachable(
          id,
          'too-large',
          `it has ${Math.round(size / 1e6)} MB, more than the ${Math.round(limits.largest / 1e6)} MB that are read; split it`,
        );
      bytes = await readFile(path, { signal });
    } catch (error) {
      return unreadablePath(id, path, error);
    }
    const hash = createHash('sha256').update(bytes).digest('base64');
    if (last?.hash === hash) return last.reading;
    const document = await parseDocument(
      { name: path, bytes, settings: noSettings, ...(base === undefined ? {} : { base }) },
      signal,
      limits,
    );
    const reading = readingOf(id, [document], document.window);
    const [fault] = reading.problems;
    if (document.unreadable && fault)
      return { source: id, problem: fault, lastGood: last?.reading ?? withoutFault(reading, fault) };
    last = { hash, reading, feeds: document.feeds };
    return reading;
  }

  return {
    id,
    watched: [path],
    async read(signal) {
      const own = await readOwn(signal);
      const listed = last?.feeds ?? [];
      if (listed.length === 0) return [own];
      const outcomes = await Promise.all(
        listed.map((url) => {
          const feed = feeds.get(url) ?? feedSource(url);
          feeds.set(url, feed);
          return feed.read(signal);
        }),
      );
      return [own, ...outcomes.flat()];
    },
  };
}

/** What could be made out of a damaged file, where nothing better is known. */
function withoutFault(reading: Reading, fault: CatalogProblem): Reading {
  return { ...reading, problems: reading.problems.filter((problem) => problem !== fault) };
}
