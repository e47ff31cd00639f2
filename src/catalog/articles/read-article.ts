import { readRecord } from '../data/read-record.ts';
import { fillPattern } from '../data/url-pattern.ts';
import { parseDate } from '../dates.ts';
import type { Extract } from '../entry.ts';
import { opening } from '../html-text.ts';
import type { Block } from '../markdown/blocks.ts';
import { readBlocks } from '../markdown/markdown-blocks.ts';
import { createMarkdownParser } from '../markdown/markdown-parser.ts';
import { blocksText } from '../markdown/text.ts';

/** One Markdown file that is an article, with the data at its head. */
export interface Article {
  readonly data: Readonly<Record<string, unknown>>;
  readonly body: string;
  /** Within the folder of articles, with `/`. */
  readonly path: string;
  /** The address of the folder of articles. */
  readonly base: string | undefined;
  readonly urlPattern: string | undefined;
}

/** In characters: what stands above the fold where an author wrote no summary. */
const longestOpening = 300;

/** Makes the one post that an article of Hugo, Hexo, Jekyll, Astro and the like is. */
export function readArticle({ data, body, path, base, urlPattern }: Article): Extract {
  if (/(?:^|\/)_drafts\//.test(path)) return { entries: [], findings: [] };
  const { date: fileDate, slug: fileSlug, place } = partsOf(path);
  const date = data.date ?? data.pubDate ?? data.publishDate ?? fileDate;
  const slug = typeof data.slug === 'string' ? data.slug : fileSlug;
  const categories = data.categories ?? data.category;
  const address = data.permalink ?? data.url ?? data.link ?? data.canonical_url;
  const pattern = urlPattern ?? usualPattern(path, fileDate, date);
  const filled =
    typeof address === 'string'
      ? address
      : fillPattern(pattern, {
          ...data,
          date,
          slug,
          categories,
          path: place === '' ? slug : `${place}/${slug}`,
          name: fileSlug,
        });
  const summary = data.description ?? data.summary ?? data.excerpt ?? data.subtitle;
  return withFolder(
    readRecord(
      {
        ...data,
        ...(date === undefined ? {} : { date }),
        summary: typeof summary === 'string' && summary !== '' ? summary : escapeText(openingOf(body)),
        url: typeof address === 'string' ? address : underBase(filled, base),
      },
      { base, urlPattern: undefined, place: path, line: 1 },
    ),
  );
}

function withFolder({ entry, findings }: ReturnType<typeof readRecord>): Extract {
  return { entries: entry ? [entry] : [], findings };
}

/** A pattern's result belongs below the base, even if it begins with a slash. */
function underBase(filled: string | undefined, base: string | undefined): string | undefined {
  if (filled === undefined || base === undefined || /^https?:/.test(filled)) return filled;
  return new URL(filled.replace(/^\/+/, ''), base).href;
}

/** Jekyll puts the date into the file's name; Hexo keeps it in the data; the others publish a file at its path. */
function usualPattern(path: string, fileDate: string | undefined, date: unknown): string {
  if (!/(?:^|\/)_posts\//.test(path) && fileDate === undefined) return '{path}/';
  if (fileDate !== undefined) return '{categories}/{year}/{month}/{day}/{slug}.html';
  return parseDate(String(date ?? '')) === undefined ? '{slug}/' : '{year}/{month}/{day}/{slug}/';
}

function partsOf(path: string): { readonly date?: string; readonly slug: string; readonly place: string } {
  const inner = path
    .replace(/^(?:src\/)?(?:content|pages|source)\//, '')
    .replace(/(?:^|\/)_posts\//, '/')
    .replace(/^\//, '');
  const names = inner.replace(/\.[a-z]+$/i, '').split('/');
  if (names.length > 1 && /^_?index$/i.test(names.at(-1) ?? '')) names.pop();
  const name = names.pop() ?? '';
  const [, date, rest] = /^(\d{4}-\d{1,2}-\d{1,2})-(.+)$/.exec(name) ?? [];
  return { ...(date === undefined ? {} : { date }), slug: rest ?? name, place: names.join('/') };
}

function openingOf(body: string): string {
  const shown = body.split(/<!--\s*more\s*-->/i)[0] ?? '';
  const blocks = readBlocks(createMarkdownParser(), shown.slice(0, 20_000), 1);
  const readable = blocks.filter(({ kind }: Block) => kind === 'paragraph' || kind === 'quote' || kind === 'list');
  return opening(blocksText(readable), longestOpening);
}

function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
