import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../kernel/errors.ts';
import { isRecord } from '../../kernel/is-record.ts';
import { yaml } from '../../kernel/packages-on-demand.ts';
import type { Reading } from '../../posts/post.ts';
import type { Finding } from '../entry.ts';
import { fileEndings } from '../format.ts';
import { defaultParseLimits, type ParseLimits, parseDocument } from '../parse/document-parser.ts';
import type { DocumentReading } from '../read-document.ts';
import { noSettings, readSettings, type SourceSettings } from '../settings.ts';
import { type ListedFiles, listFiles } from './list-files.ts';
import { type Part, readingOf } from './reading-of.ts';
import type { Source } from './source.ts';
import { cannotBeRead, unreachable, unreadablePath } from './unreachable.ts';

export interface FolderSourceOptions {
  /** As the entry was written. */
  readonly id: string;
  /** Absolute; paths of files are relative to it. */
  readonly folder: string;
  /** Which files, relative to the folder. */
  readonly patterns: readonly string[];
  /** How people name a file, from its absolute path. */
  readonly nameOf: (path: string) => string;
  /** The folder's own address, for relative links. */
  readonly base: string | undefined;
  readonly limits?: ParseLimits;
}

/** All files of a folder that may hold posts, whatever their depth. */
export const wholeFolder: readonly string[] = [`**/*.{${fileEndings.join(',')}}`];

/** The file in which an author says how a folder is to be read. */
const settingsFile = 'postbell.yaml';

interface Known {
  readonly hash: string;
  readonly document: DocumentReading;
  /** What was last read of a file that cannot be read now. */
  readonly good?: DocumentReading | undefined;
}

/**
 * A folder or a glob. Files that have not changed are not read again; a file that cannot be read, or stands in a
 * folder that cannot, keeps what was last read of it.
 */
export function createFolderSource({
  id,
  folder,
  patterns,
  nameOf,
  base,
  limits = defaultParseLimits,
}: FolderSourceOptions): Source {
  let known = new Map<string, Known>();
  let last: { readonly key: string; readonly reading: Reading } | undefined;
  const folderBase = base === undefined ? undefined : new URL('.', base).href;

  async function settingsOf(): Promise<{
    readonly settings: SourceSettings;
    readonly text: string;
    readonly findings: readonly Finding[];
  }> {
    try {
      const text = await readFile(join(folder, settingsFile), 'utf8');
      return { settings: readSettings(yaml().parse(text, { maxAliasCount: 50 })), text, findings: [] };
    } catch (error) {
      if (isRecord(error) && error.code === 'ENOENT') return { settings: noSettings, text: '', findings: [] };
      return {
        settings: noSettings,
        text: '',
        findings: [
          {
            code: 'bad-settings',
            severity: 'error',
            message: `${settingsFile} cannot be read (${messageOf(error)}); mend it there`,
          },
        ],
      };
    }
  }

  async function readOne(
    name: string,
    settings: SourceSettings,
    settingsText: string,
    signal: AbortSignal,
  ): Promise<Known> {
    const path = join(folder, name);
    const before = known.get(name);
    try {
      if ((await stat(path)).size > limits.largest)
        return kept(before, { code: 'too-large', severity: 'error', message: 'it is larger than is read; split it' });
      const bytes = await readFile(path, { signal });
      const hash = createHash('sha256').update(settingsText).update(bytes).digest('base64');
      if (before?.hash === hash) return before;
      const address =
        folderBase === undefined
          ? undefined
          : new URL(name.split('/').map(encodeURIComponent).join('/'), folderBase).href;
      const document = await parseDocument(
        {
          name,
          bytes,
          settings,
          folder: folderBase === undefined ? {} : { base: folderBase },
          ...(address === undefined ? {} : { base: address }),
        },
        signal,
        limits,
      );
      const [fault] = document.findings;
      return document.unreadable && fault ? kept(before, fault) : { hash, document };
    } catch (error) {
      return kept(before, {
        code: 'unreadable',
        severity: 'error',
        message: `it cannot be read (${messageOf(error)}); check its permissions`,
      });
    }
  }

  /** What was last read of the files below a folder that cannot be looked into now. */
  function keptBelow(below: string, error: unknown): readonly (readonly [string, Known])[] {
    const fault: Finding = { code: 'unreadable', severity: 'error', message: cannotBeRead(join(folder, below), error) };
    const files = [...known].filter(([name]) => name.startsWith(`${below}/`));
    return files.length === 0
      ? [[below, kept(undefined, fault)]]
      : files.map(([name, before]) => [name, kept(before, fault)]);
  }

  return {
    id,
    watched: [folder],
    async read(signal) {
      let listed: ListedFiles;
      try {
        listed = await listFiles(folder, patterns, ['**/node_modules/**', `**/${settingsFile}`]);
      } catch (error) {
        return [unreadablePath(id, folder, error)];
      }
      const { files, closed } = listed;
      if (files.length + closed.size === 0)
        return [unreachable(id, 'no-files', `no file of it may hold posts; it looks for ${patterns.join(', ')}`)];
      const { settings, text, findings } = await settingsOf();
      const read = new Map<string, Known>();
      // One after the other: a folder of thousands must not open thousands of files at once.
      for (const name of files) read.set(name, await readOne(name, settings, text, signal));
      for (const [below, error] of closed) for (const [name, one] of keptBelow(below, error)) read.set(name, one);
      known = read;
      const key = [...read].map(([name, { hash }]) => `${name} ${hash}`).join('\n') + text;
      if (last?.key !== key) {
        const parts = [...read].map(
          ([name, { document }]): FilePart => ({ file: nameOf(join(folder, name)), ...document }),
        );
        const documents = [...read.values()].map(({ document }) => document);
        const onlyFeeds = documents.every(({ window }) => window);
        last = { key, reading: withStale(readingOf(id, [{ entries: [], findings }, ...parts], onlyFeeds), parts) };
      }
      return [last.reading];
    },
  };
}

/** What was last read of a file that cannot be read now, with what is wrong. */
function kept(before: Known | undefined, fault: Finding): Known {
  const good = before?.document.unreadable ? before.good : before?.document;
  const document = { ...(good ?? { entries: [], window: false, feeds: [] }), findings: [fault], unreadable: true };
  return { hash: `${fault.code} ${fault.message}`, document, good };
}

type FilePart = Part & { readonly unreadable?: boolean };

function withStale(reading: Reading, parts: readonly FilePart[]): Reading {
  const part = parts.find(({ unreadable }) => unreadable);
  const [finding] = part?.findings ?? [];
  return part && finding ? { ...reading, stale: { source: part.file ?? reading.source, ...finding } } : reading;
}
