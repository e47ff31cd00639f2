import { readArticle } from './articles/read-article.ts';
import { readCsv } from './data/read-csv.ts';
import { readJson, readYaml } from './data/read-data.ts';
import { decode } from './decode.ts';
import { type Entry, type Extract, type Finding, unreadable } from './entry.ts';
import { readFeed } from './feed/read-feed.ts';
import { readOpml } from './feed/read-opml.ts';
import { formatOf } from './format.ts';
import { type FrontMatter, readFrontMatter } from './markdown/front-matter.ts';
import { readMarkdown } from './markdown/read-markdown.ts';
import { readSettings, type SourceSettings } from './settings.ts';

/** A file or an answer from the web, with what is needed to understand it. Survives being sent to a worker. */
export interface SourceDocument {
  /** The file's path within its folder, or the path of its url: its ending says how it is written. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly contentType?: string;
  /** The document's own address, for relative links. */
  readonly base?: string;
  /** Where the document is a file of a folder: the folder's address. Such a file may be an article. */
  readonly folder?: { readonly base?: string };
  readonly settings: SourceSettings;
}

/** What a document holds. */
export interface DocumentReading extends Extract {
  /** It shows the newest posts only, as feeds do. */
  readonly window: boolean;
  /** Addresses of feeds that it lists. */
  readonly feeds: readonly string[];
}

/** Understands a document of any format. Never throws on any input. */
export function readDocument(document: SourceDocument): DocumentReading {
  const plain = { window: false, feeds: [] };
  const text = decode(document.bytes, /charset=["']?([\w.:-]+)/i.exec(document.contentType ?? '')?.[1]);
  if ('fault' in text) return { ...unreadable('unreadable', `${text.fault}`), ...plain };
  const format = formatOf(document.name, text.text, document.contentType);
  const options = { base: document.settings.base ?? document.base, urlPattern: document.settings.urlPattern };
  switch (format) {
    case 'markdown':
      return { ...readText(text.text, document), ...plain };
    case 'feed':
      return { ...onlyWanted(readFeed(text.text, options.base), document.settings), ...plain, window: true };
    case 'opml':
      return { ...plain, ...readOpml(text.text, options.base) };
    case 'json':
      return isJsonFeed(text.text)
        ? { ...onlyWanted(readFeed(text.text, options.base), document.settings), ...plain, window: true }
        : { ...onlyWanted(readJson(text.text, options), document.settings), ...plain };
    case 'yaml':
      return { ...onlyWanted(readYaml(text.text, options), document.settings), ...plain };
    case 'csv':
      return { ...onlyWanted(readCsv(text.text, options), document.settings), ...plain };
    case 'page':
      return { ...unreadable('web-page', webPageFault(text.text, document.base)), ...plain };
  }
}

/** A Markdown list of posts, or in a folder an article. */
function readText(text: string, document: SourceDocument): Extract {
  const front = readFrontMatter(text);
  const settings = readSettings(front.data.postbell, document.settings);
  const base = settings.base ?? document.base;
  const list = onlyWanted(
    withDefaults(readMarkdown(front.body, { base, sections: settings.sections, firstLine: front.bodyLine }), front),
    settings,
  );
  const findings: Finding[] =
    front.fault === undefined
      ? []
      : [
          {
            line: 1,
            code: 'bad-front-matter',
            severity: 'warning',
            message: `its front matter is no valid ${front.fault.language} (${front.fault.message}); mend it there`,
          },
        ];
  if (document.folder && isArticle(front, list.entries)) {
    const { base: folderBase } = document.folder;
    const article = readArticle({
      data: front.data,
      body: front.body,
      path: document.name,
      base: settings.base ?? folderBase,
      urlPattern: settings.urlPattern,
    });
    return { ...article, findings: [...findings, ...article.findings] };
  }
  return { ...list, findings: [...findings, ...list.findings] };
}

/** An article has a title and other data at its head, and its text is mostly not a list of posts. */
function isArticle({ data, body }: FrontMatter, entries: readonly Entry[]): boolean {
  if (typeof data.title !== 'string' || data.postbell !== undefined) return false;
  const listed = entries.reduce((sum, { title, url, summary }) => sum + title.length + url.length + summary.length, 0);
  return entries.length === 0 || listed < body.trim().length / 2;
}

/** Front matter gives what an entry does not say itself. */
function withDefaults(extract: Extract, { data }: FrontMatter): Extract {
  const tags = Array.isArray(data.tags) ? data.tags.filter((tag): tag is string => typeof tag === 'string') : [];
  const path = [data.categories ?? data.category ?? []]
    .flat()
    .filter((name): name is string => typeof name === 'string' && name !== '');
  if (tags.length === 0 && path.length === 0) return extract;
  const entries = extract.entries.map((entry) => ({
    ...entry,
    category: [...path, ...entry.category],
    tags: entry.tags.length > 0 ? entry.tags : tags,
  }));
  return { ...extract, entries };
}

function onlyWanted(extract: Extract, { urls }: SourceSettings): Extract {
  return urls.length === 0
    ? extract
    : { ...extract, entries: extract.entries.filter(({ url }) => urls.some((part) => url.includes(part))) };
}

function isJsonFeed(text: string): boolean {
  return /"version"\s*:\s*"https?:\\?\/\\?\/(?:www\.)?jsonfeed\.org/.test(text.slice(0, 5000));
}

/** A page is no catalog, but it often says where its feed is. */
function webPageFault(text: string, base: string | undefined): string {
  const link = /<link[^>]+type=["']application\/(?:rss|atom|feed)\+(?:xml|json)["'][^>]*>/i.exec(
    text.slice(0, 200_000),
  )?.[0];
  const href = /href=["']([^"']+)["']/i.exec(link ?? '')?.[1];
  const feed = href !== undefined && URL.canParse(href, base) ? new URL(href, base).href : undefined;
  return feed === undefined
    ? 'it is a web page, neither a list nor a feed; give the address of a feed or of a Markdown file'
    : `it is a web page; its feed is at ${feed}`;
}
