import { readdir } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { type FileSystemAdapter, glob } from 'tinyglobby';
import { isRecord } from '../../kernel/is-record.ts';

/** The files below a folder, and the folders in which there may be more. Both relative to it, with `/`. */
export interface ListedFiles {
  readonly files: readonly string[];
  /** Folders that could not be looked into, with what was in the way. */
  readonly closed: ReadonlyMap<string, unknown>;
}

/**
 * Looks for files by patterns, whatever their depth; links are not followed.
 *
 * @throws the system's error if the folder itself cannot be read.
 */
export async function listFiles(
  folder: string,
  patterns: readonly string[],
  ignore: readonly string[],
): Promise<ListedFiles> {
  await (await opendir(folder)).close();
  const closed = new Map<string, unknown>();
  const files = await glob([...patterns], {
    cwd: folder,
    ignore,
    onlyFiles: true,
    followSymbolicLinks: false,
    fs: noticing((path, fault) => closed.set(relative(folder, path).split(sep).join('/'), fault)),
  });
  return { files: files.sort(), closed };
}

/** The search for files passes over what it may not read, without a word: this hears of it. */
function noticing(closed: (path: string, fault: unknown) => void): FileSystemAdapter {
  return {
    readdir: new Proxy(readdir, {
      apply(read, self, [path, options, callback]) {
        Reflect.apply(read, self, [
          path,
          options,
          (fault: unknown, entries: unknown) => {
            // A folder that went away meanwhile holds nothing.
            if (fault && !(isRecord(fault) && fault.code === 'ENOENT')) closed(String(path), fault);
            callback(fault, entries);
          },
        ]);
      },
    }),
  };
}
