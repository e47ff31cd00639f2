import { type Stats, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { isDynamicPattern } from 'tinyglobby';
import type { Clock } from '../../kernel/clock.ts';
import { ConfigError } from '../../kernel/errors.ts';
import type { KeyValueStore } from '../../kernel/key-value-store.ts';
import { createFileSource } from './file-source.ts';
import { createFolderSource, wholeFolder } from './folder-source.ts';
import { createHttpClient } from './http-client.ts';
import { createHttpSource } from './http-source.ts';
import type { Source } from './source.ts';
import { wechatPublished } from './wechat-published-source.ts';

export interface SourcesOptions {
  /** What relative paths are relative to, absolute. */
  readonly folder: string;
  readonly clock: Clock;
  /** What relative links in local files are resolved against. */
  readonly baseUrl?: string;
  readonly allowPrivateNetwork?: boolean;
  /** Where last good copies of urls survive a restart. */
  readonly cache?: KeyValueStore;
  /** Sources that are neither paths nor addresses, by the entry that names them, such as `wechat:published`. */
  readonly named?: Readonly<Record<string, Source>>;
}

/**
 * Makes the sources of a `CATALOG` text: paths, folders, globs and http(s) urls, parted by commas or new lines.
 *
 * @throws ConfigError if an entry is neither, or if there is none
 */
export function createSources(
  spec: string,
  { folder, clock, baseUrl, allowPrivateNetwork = false, cache, named = {} }: SourcesOptions,
): Source[] {
  if (baseUrl !== undefined && !/^https?:\/\/[^/]/i.test(baseUrl)) {
    throw new ConfigError(`CATALOG_BASE_URL: "${baseUrl}" is no address; write it like https://example.org/blog/`);
  }
  const entries = entriesOf(spec);
  const trusted = entries.filter((entry) => /^https?:\/\//i.test(entry) && URL.canParse(entry));
  const client = createHttpClient({ clock, allowPrivateNetwork, trusted });
  const httpSource = (url: string): Source =>
    createHttpSource({ url, client, feedSource: httpSource, ...(cache === undefined ? {} : { cache }) });
  const nameOf = (path: string) => {
    const inner = relative(folder, path);
    if (inner === '') return '.';
    return inner.startsWith('..') || isAbsolute(inner) ? path : inner.split(sep).join('/');
  };

  const sourceOf = (entry: string): Source => {
    const known = Object.hasOwn(named, entry) ? named[entry] : undefined;
    if (known) return known;
    if (entry === wechatPublished)
      throw new ConfigError(`CATALOG: ${entry} needs an account; set WECHAT_APP_ID and WECHAT_APP_SECRET`);
    if (/^https?:\/\//i.test(entry)) {
      if (!URL.canParse(entry))
        throw new ConfigError(`CATALOG: "${entry}" is no address; write it like https://example.org/feed.xml`);
      return httpSource(entry);
    }
    if (/^[a-z][a-z0-9+.-]+:\/\//i.test(entry))
      throw new ConfigError(`CATALOG: "${entry}" is no path and no http(s) address`);
    const path = resolve(folder, entry);
    if (isFile(path)) return createFileSource({ path, id: nameOf(path), base: baseUrl, feedSource: httpSource });
    if (isDynamicPattern(entry)) {
      const root = resolve(folder, fixedPart(entry));
      return createFolderSource({
        id: entry,
        folder: root,
        patterns: [relative(root, path).split(sep).join('/')],
        nameOf,
        base: baseUrl,
      });
    }
    if (/\.[a-z]+$/i.test(basename(path)) && !isFolder(path))
      return createFileSource({ path, id: nameOf(path), base: baseUrl, feedSource: httpSource });
    return createFolderSource({ id: nameOf(path), folder: path, patterns: wholeFolder, nameOf, base: baseUrl });
  };

  if (entries.length === 0) throw new ConfigError('CATALOG names no source; set it to a file, a folder or an address');
  return entries.map(sourceOf);
}

/** Commas part entries; within braces, as in `posts/*.{md,txt}`, they do not. */
function entriesOf(spec: string): string[] {
  return [...new Set(spec.split(/\n|,(?![^{}\n]*\})/).map((entry) => entry.trim()))].filter((entry) => entry !== '');
}

/** The folders of a glob before its first pattern. */
function fixedPart(pattern: string): string {
  const parts = pattern.split('/');
  const first = parts.findIndex((part) => isDynamicPattern(part));
  return first <= 0 ? (pattern.startsWith('/') ? '/' : '.') : parts.slice(0, first).join('/') || dirname(pattern);
}

function isFile(path: string): boolean {
  return statsOf(path)?.isFile() ?? false;
}

function isFolder(path: string): boolean {
  return statsOf(path)?.isDirectory() ?? false;
}

/** Nothing of what is not there or may not be looked at: reading it says why. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
