import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import PQueue from 'p-queue';
import type { Clock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { categoryName, type Post } from '../posts/post.ts';
import { type ArticlePreview, readArticlePreview } from './article-preview.ts';
import { type CoverSize, isCoverSize } from './cover-sizes.ts';
import { drawCover, drawingVersion } from './draw-cover.ts';
import { fitPicture } from './fit-picture.ts';
import { loadTypeface, type Typeface } from './typeface.ts';

/** Fetches what strangers' urls lead to: must refuse private addresses, and set limits to time and size. */
export interface PageFetcher {
  get(
    url: string,
    validators: Readonly<Record<string, never>>,
    signal: AbortSignal,
  ): Promise<
    | { readonly kind: 'page'; readonly bytes: Uint8Array; readonly url: string }
    | { readonly kind: 'unchanged' }
    | { readonly kind: 'failed'; readonly message: string }
  >;
}

export type CoverMode = 'draw' | 'fetch' | 'none';

export interface CoversOptions {
  /** `fetch`: the article's own picture first, else drawn; `none`: only pictures that the source names. */
  readonly mode: CoverMode;
  /** Where covers are kept, by name; made if missing. */
  readonly folder: string;
  /** The https address that covers are reached under; without it only pictures that the source names have one. */
  readonly publicUrl?: string;
  /** Needed for `fetch`. */
  readonly fetcher?: PageFetcher;
  /** The post of an id in the current catalog. */
  readonly postOf: (id: string) => Post | undefined;
  /** Ends what is fetched for nobody in particular. */
  readonly signal?: AbortSignal;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Cover {
  readonly bytes: Buffer;
  readonly type: 'image/jpeg';
  /** Of the bytes, for an ETag. */
  readonly hash: string;
}

/** Pictures of cards. */
export interface Covers {
  /** Absolute address of a post's picture for link previews and cards; undefined where it has none. */
  urlOf(post: Post, size: CoverSize): string | undefined;
  /** The path under which our own server has one, for its pages; undefined where the source names a picture. */
  pathOf(post: Post, size: CoverSize): string | undefined;
  /** The cover of that name, as `urlOf` ends, from the folder or made now; undefined for names of nothing. */
  named(name: string, signal: AbortSignal): Promise<Cover | undefined>;
  cover(post: Post, size: CoverSize, signal: AbortSignal): Promise<Cover>;
  /**
   * How the article's page describes itself, for posts without a summary of their own. Fetched in the background when
   * first asked for, so that it is there the next time.
   */
  descriptionOf(post: Post): string | undefined;
  /** What the article's page says of itself, fetched once; empty unless the mode is `fetch`. */
  preview(post: Post, signal: AbortSignal): Promise<ArticlePreview>;
}

/** From one request to the next, whichever sites they go to. */
const paceMs = 500;

/** What is remembered of pages beside the files: a few hundred bytes each. */
const mostPreviews = 2_000;

/** Where the server serves covers: `/covers/NAME`. */
export const coversPath = '/covers';

/**
 * Covers are made when first asked for, and kept under a name that changes with what is drawn: a title that is
 * edited gets a new address, so that no platform shows the old picture from its cache.
 */
export function createCovers(options: CoversOptions): Covers {
  const { mode, folder, fetcher, clock, log } = options;
  // Encoding holds the process for a moment each, and articles are fetched politely: one after the other.
  const drawing = new PQueue({ concurrency: 1 });
  const asking = new PQueue({ concurrency: 1 });
  const underWay = new Map<string, Promise<Cover>>();
  const previews = new LRUCache<string, Promise<ArticlePreview>>({ max: mostPreviews });
  const descriptions = new LRUCache<string, string>({ max: mostPreviews });
  let typeface: Typeface | undefined;

  let askedAt = Number.NEGATIVE_INFINITY;
  const politely = (pages: PageFetcher, url: string, signal: AbortSignal) =>
    asking.add(async () => {
      await clock.sleep(Math.max(askedAt + paceMs - clock.now().getTime(), 0), signal);
      askedAt = clock.now().getTime();
      return pages.get(url, {}, signal);
    });

  const kept = async (name: string): Promise<Buffer | undefined> => readFile(join(folder, name)).catch(() => undefined);

  /** Under another name first: whoever reads meanwhile never sees half a file. */
  const keep = async (name: string, bytes: Buffer | string): Promise<void> => {
    await mkdir(folder, { recursive: true });
    const draft = join(folder, `.${name}.${process.pid}`);
    await writeFile(draft, bytes);
    await rename(draft, join(folder, name));
  };

  /** One page is asked once, however many want its picture or its words at the same moment. */
  const previewOf = (post: Post, signal: AbortSignal): Promise<ArticlePreview> => {
    if (mode !== 'fetch' || !fetcher) return Promise.resolve({});
    const present = previews.get(post.url);
    if (present) return present;
    const preview = readPreview(post, fetcher, signal);
    previews.set(post.url, preview);
    preview.then(
      ({ description }) => {
        if (description !== undefined) descriptions.set(post.url, description);
        if (signal.aborted) previews.delete(post.url);
      },
      () => previews.delete(post.url),
    );
    return preview;
  };

  const readPreview = async (post: Post, pages: PageFetcher, signal: AbortSignal): Promise<ArticlePreview> => {
    const name = `${post.id}-${digestOf(post.url)}.json`;
    const known = await kept(name);
    if (known) return JSON.parse(known.toString());
    const page = await politely(pages, post.url, signal);
    if (page.kind === 'failed') log.info({ post: post.id, reason: page.message }, 'an article gave no preview');
    const preview = page.kind === 'page' ? readArticlePreview(Buffer.from(page.bytes).toString(), page.url) : {};
    // Also that there is none: an article is not asked again.
    if (!signal.aborted) await keep(name, JSON.stringify(preview));
    return preview;
  };

  const fetchedPicture = async (post: Post, size: CoverSize, signal: AbortSignal): Promise<Buffer | undefined> => {
    if (mode !== 'fetch' || !fetcher) return undefined;
    const address = post.image ?? (await previewOf(post, signal)).image;
    if (address === undefined) return undefined;
    const page = await politely(fetcher, address, signal);
    if (page.kind !== 'page') return undefined;
    return drawing.add(() => fitPicture(page.bytes, size));
  };

  const make = async (post: Post, size: CoverSize, name: string, signal: AbortSignal): Promise<Cover> => {
    const present = await kept(name);
    if (present) return coverOf(present);
    const bytes =
      (await fetchedPicture(post, size, signal)) ??
      (await drawing.add(() => {
        typeface ??= loadTypeface();
        return drawCover(post, size, typeface);
      }));
    // A picture that cannot be kept is made again the next time.
    await keep(name, bytes).catch((thrown) => log.warn({ folder, reason: messageOf(thrown) }, 'a cover was not kept'));
    return coverOf(bytes);
  };

  const nameOf = (post: Post, size: CoverSize): string => {
    const facts = [drawingVersion, mode, post.title, categoryName(post.category), post.image ?? '', post.url];
    return `${post.id}-${digestOf(JSON.stringify(facts))}-${size}.jpg`;
  };

  const cover: Covers['cover'] = (post, size, signal) => {
    const name = nameOf(post, size);
    const present = underWay.get(name);
    if (present !== undefined) return present;
    const made = make(post, size, name, signal).finally(() => underWay.delete(name));
    underWay.set(name, made);
    return made;
  };

  return {
    urlOf(post, size) {
      const canDraw = mode !== 'none' && options.publicUrl !== undefined;
      if (post.image !== undefined && (isShownEverywhere(post.image) || !canDraw)) return post.image;
      if (!canDraw) return undefined;
      return `${options.publicUrl}${coversPath}/${nameOf(post, size)}`;
    },

    pathOf(post, size) {
      return mode === 'none' || post.image !== undefined ? undefined : `${coversPath}/${nameOf(post, size)}`;
    },

    async named(name, signal) {
      const [, id = '', size = ''] = /^([\w-]{1,64})-[0-9a-f]{12}-([a-z]+)\.jpg$/.exec(name) ?? [];
      if (!isCoverSize(size)) return undefined;
      const post = options.postOf(id);
      if (post && mode !== 'none' && nameOf(post, size) === name) return cover(post, size, signal);
      // One of an earlier title: messages that were sent with it still show it.
      const earlier = await kept(name);
      return earlier && coverOf(earlier);
    },

    descriptionOf(post) {
      const known = descriptions.get(post.url);
      if (known !== undefined || mode !== 'fetch') return known;
      previewOf(post, options.signal ?? new AbortController().signal).catch((thrown) =>
        log.warn({ post: post.id, reason: messageOf(thrown) }, 'a preview was not kept'),
      );
      return undefined;
    },

    cover,
    preview: previewOf,
  };
}

/** Messengers show JPEG, PNG and GIF only: a preview of another picture stays empty (tdlib/td#1991). */
function isShownEverywhere(address: string): boolean {
  return !/\.(webp|avif|svg|heic|bmp|tiff?)$/i.test(address.replace(/[?#].*$/s, ''));
}

function coverOf(bytes: Buffer): Cover {
  return { bytes, type: 'image/jpeg', hash: createHash('sha256').update(bytes).digest('base64url').slice(0, 22) };
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
