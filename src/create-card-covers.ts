import { join } from 'node:path';
import { createHttpClient } from './catalog/sources/http-client.ts';
import type { Config } from './config/config.ts';
import type { CoverSize } from './covers/cover-sizes.ts';
import { type Covers, createCovers } from './covers/create-covers.ts';
import type { Clock } from './kernel/clock.ts';
import type { Log } from './kernel/log.ts';
import type { Card } from './message/card.ts';
import type { Post } from './posts/post.ts';

export interface CardCoversParts {
  /** What the folder of covers is in. */
  readonly folder: string;
  /** The post of an id in the current catalog. */
  readonly postOf: (id: string) => Post | undefined;
  readonly clock: Clock;
  readonly log: Log;
  /** Ends what is fetched for nobody in particular. */
  readonly signal: AbortSignal;
}

/** Covers by the cards that they belong to; undefined where a card's post is no longer in the catalog. */
export interface CardCovers {
  readonly covers: Covers;
  /** Absolute address of a card's picture, reachable for everyone. */
  coverOf(card: Card, size: CoverSize): string | undefined;
  /** The path of a card's picture on our own server, for its own pages. */
  coverPathOf(card: Card, size: CoverSize): string | undefined;
  /** How the article's own page describes it. */
  descriptionOf(postId: string): string | undefined;
}

export function createCardCovers({ covers: mode, catalog, server }: Config, parts: CardCoversParts): CardCovers {
  const { folder, postOf, clock, log, signal } = parts;
  const covers = createCovers({
    mode,
    folder: join(folder, 'data/covers'),
    // Asked on a reader's behalf, of pages that may be anything: less is waited for and taken than of a catalog.
    fetcher: createHttpClient({
      clock,
      allowPrivateNetwork: catalog.allowPrivateNetwork,
      timeoutMs: 5_000,
      largest: 8 * 1024 * 1024,
      retryAfterMs: [],
    }),
    postOf,
    clock,
    log,
    signal,
    ...(server.publicUrl !== undefined && { publicUrl: server.publicUrl }),
  });
  return {
    covers,
    coverOf({ postId }, size) {
      const post = postOf(postId);
      return post && covers.urlOf(post, size);
    },
    coverPathOf({ postId }, size) {
      const post = postOf(postId);
      return post && covers.pathOf(post, size);
    },
    descriptionOf(postId) {
      const post = postOf(postId);
      return post && covers.descriptionOf(post);
    },
  };
}
