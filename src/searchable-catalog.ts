import type { CreateSavedQueryMatcher } from './announce/saved-query-matcher.ts';
import { createCatalogKeeper } from './catalog/catalog-keeper.ts';
import { createSources } from './catalog/sources/create-sources.ts';
import type { Config } from './config/config.ts';
import type { Clock } from './kernel/clock.ts';
import { messageOf } from './kernel/errors.ts';
import type { KeyValueStore } from './kernel/key-value-store.ts';
import type { Log } from './kernel/log.ts';
import { namedSources } from './named-sources.ts';
import type { Catalog } from './posts/post.ts';
import { readGlossary } from './read-glossary.ts';
import { rememberSearches } from './search/remember-searches.ts';
import type { SearchIndex } from './search/search-index.ts';
import { createSearchIndexer } from './search/search-indexer.ts';

export interface SearchableCatalogParts {
  /** What relative paths are relative to. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Keeps last good copies of what was fetched over restarts. */
  readonly cache: KeyValueStore;
  /** Hears of each trouble of the catalog when it begins or changes. */
  readonly troubled?: (trouble: string) => void;
  /** Hears of each catalog that was taken. */
  readonly taken?: (catalog: Catalog) => void;
}

/** The catalog as it is now and the index made of it, always of the same reading: they are swapped together. */
export interface SearchableCatalog {
  catalog(): Catalog;
  index(): SearchIndex;
  /** Answers which of some posts of the catalog a saved query finds: those that a reader would be shown for it. */
  matcherFor: CreateSavedQueryMatcher;
  /** Reads the sources again; resolves when what they brought can be searched. Never rejects for a faulty source. */
  refresh(signal: AbortSignal): Promise<void>;
  /** Takes over changes of files until the signal aborts. */
  watch(signal: AbortSignal): Promise<void>;
  /** The next reading is taken, however many posts it loses. */
  believe(): void;
  /** What keeps the catalog from being true to its sources; undefined when all is well. */
  trouble(): string | undefined;
}

/** @throws ConfigError if CATALOG or GLOSSARY mean nothing. */
export async function createSearchableCatalog(
  { catalog: { spec, maxLoss, ...options }, glossaryFile, wechat }: Config,
  { folder, clock, log, cache, taken, troubled }: SearchableCatalogParts,
): Promise<SearchableCatalog> {
  const indexer = createSearchIndexer(await readGlossary(glossaryFile, folder));
  const sources = createSources(spec, { ...options, folder, clock, cache, named: namedSources(wechat, clock, cache) });
  const guardLimits = { lostShare: maxLoss.share, lostPosts: maxLoss.posts };
  const keeper = createCatalogKeeper({ sources, guardLimits, clock, log, ...(troubled && { troubled }) });
  const indexOf = async (catalog: Catalog) => rememberSearches(await indexer.next(catalog));
  let current = { catalog: keeper.current(), index: await indexOf(keeper.current()) };
  let swapped: Promise<void> = Promise.resolve();

  const swap = async (catalog: Catalog) => {
    current = { catalog, index: await indexOf(catalog) };
    taken?.(catalog);
  };
  keeper.onChange((catalog) => {
    // Swaps are chained: a slow index of an older catalog never replaces that of a newer one.
    swapped = swapped
      .then(() => swap(catalog))
      .catch((fault: unknown) => {
        log.error({ fault: messageOf(fault) }, 'the catalog could not be indexed; the last one stays');
      });
  });

  return {
    catalog: () => current.catalog,
    index: () => current.index,
    matcherFor(posts) {
      const { index } = current;
      const asked = new Set(posts.map(({ id }) => id));
      return (query) => index.matching(query, asked);
    },
    async refresh(signal) {
      await keeper.refresh(signal);
      await swapped;
    },
    watch: (signal) => keeper.watch(signal),
    believe: () => keeper.believe(),
    trouble: () => keeper.trouble(),
  };
}
