import type { Post } from '../posts/post.ts';
import type { Highlight, Hit, SearchPage, Suggestion } from '../search/search-index.ts';

/** A post that answers the query, as `/api/search` and `postbell search --json` give it. */
interface HitDocument extends Pick<Post, 'id' | 'title' | 'url' | 'category' | 'date' | 'image'> {
  readonly score: number;
  readonly highlights: readonly Highlight[];
  /** The part of the summary that answers best; the highlights count from the start of the whole summary. */
  readonly snippet: { readonly text: string; readonly start: number /** The summary goes on. */; readonly cut?: true };
  /** Only where it was asked for. */
  readonly cover?: string;
}

/** Address of a post's picture, absolute or on our own server; undefined where it has none. */
export type CoverAddressOf = (post: Post) => string | undefined;

/** What a search brought: the document of `/api/search` and of `postbell search --json`. */
export interface SearchDocument extends FoundDocument {
  readonly query: string;
  readonly total: number;
  readonly tookMs: number;
}

/** The part of it that is the same each time the same is found. */
interface FoundDocument {
  /** Present where nothing answers the query and the hits are only near. */
  readonly nearest?: true;
  readonly suggestions?: readonly Suggestion[];
  readonly hits: readonly HitDocument[];
}

/**
 * @param tookMs how long the search took; kept to a microsecond
 * @param coverOf where the hits are to have their covers
 */
export function searchDocument(
  query: string,
  page: SearchPage,
  tookMs: number,
  coverOf?: CoverAddressOf,
): SearchDocument {
  return { query, total: page.total, tookMs: rounded(tookMs), ...foundDocument(page, coverOf) };
}

/**
 * Writes search documents as bytes of JSON. What a remembered page of hits looks like is written once: most of the work
 * of an answer from memory was to write it anew.
 */
export function createSearchWriter(): (query: string, page: SearchPage, tookMs: number) => Buffer {
  const written = new WeakMap<SearchPage, Buffer>();
  return (query, page, tookMs) => {
    const found = written.get(page) ?? Buffer.from(JSON.stringify(foundDocument(page)).slice(1));
    written.set(page, found);
    const head = JSON.stringify({ query, total: page.total, tookMs: rounded(tookMs) });
    return Buffer.concat([Buffer.from(`${head.slice(0, -1)},`), found]);
  };
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}

function foundDocument(page: SearchPage, coverOf?: CoverAddressOf): FoundDocument {
  return {
    ...(page.nearest && { nearest: true }),
    ...(page.suggestions.length > 0 && { suggestions: page.suggestions }),
    hits: page.hits.map((hit) => hitDocument(hit, coverOf?.(hit.post))),
  };
}

function hitDocument({ post, score, highlights, snippet }: Hit, cover: string | undefined): HitDocument {
  const { id, title, url, category, date, image } = post;
  return {
    id,
    title,
    url,
    category,
    ...(date !== undefined && { date }),
    ...(image !== undefined && { image }),
    score,
    highlights,
    snippet: {
      text: post.summary.slice(snippet.start, snippet.end),
      start: snippet.start,
      ...(snippet.end < post.summary.trimEnd().length && { cut: true }),
    },
    ...(cover !== undefined && { cover }),
  };
}
