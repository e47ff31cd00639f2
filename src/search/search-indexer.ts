import type { Catalog } from '../posts/post.ts';
import { type Corpus, createCorpus } from './corpus/corpus.ts';
import { isSearchedAlike } from './corpus/document.ts';
import { createView } from './corpus/view.ts';
import { createLexicon, type Lexicon, type LexiconOptions } from './query/lexicon.ts';
import type { MatchingIndex } from './search-index.ts';
import { createSnapshotIndex } from './snapshot-index.ts';

export interface SearchIndexOptions extends LexiconOptions {
  /** Told of each lookup in the postings: how the work of a query is counted, and shown to have a bound. */
  readonly onLookup?: () => void;
}

/** Makes the index of one catalog after another, each at the cost of what changed since the one before. */
export interface SearchIndexer {
  /**
   * The index of this catalog. Works in slices of a few milliseconds, so that others are answered meanwhile; calls
   * queue up in order. Indexes handed out before stay as they are. Rejects with the signal's reason when aborted.
   */
  next(catalog: Catalog, signal?: AbortSignal): Promise<MatchingIndex>;
}

/** A slice of building is about this long, in milliseconds; measured between posts. */
const SLICE = 12;
/** Posts that did not change cost a few microseconds each. */
const UNCHANGED_AT_ONCE = 200;
/** When more of the corpus than this is of no catalog any more, it is built anew. */
const MOST_DEAD_SHARE = 0.5;
const FEWEST_DEAD = 64;

/** Builds the index of a catalog in one go; for command lines and tests. */
export function createSearchIndex(catalog: Catalog, options: SearchIndexOptions = {}): MatchingIndex {
  const steps = createBuilder(createLexicon(options), options.onLookup).build(catalog);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

export function createSearchIndexer(options: SearchIndexOptions = {}): SearchIndexer {
  const builder = createBuilder(createLexicon(options), options.onLookup);
  let last: Promise<unknown> = Promise.resolve();

  const build = async (catalog: Catalog, signal: AbortSignal | undefined): Promise<MatchingIndex> => {
    const steps = builder.build(catalog);
    let sliceEnds = performance.now() + SLICE;
    for (;;) {
      signal?.throwIfAborted();
      const step = steps.next();
      if (step.done) return step.value;
      if (performance.now() < sliceEnds) continue;
      await new Promise((resolve) => setImmediate(resolve));
      sliceEnds = performance.now() + SLICE;
    }
  };

  return {
    next: (catalog, signal) => {
      const result = last.then(() => build(catalog, signal));
      last = result.catch(() => {});
      return result;
    },
  };
}

interface Builder {
  /** Yields after each post that is read, and after some that need no reading. */
  build(catalog: Catalog): Generator<void, MatchingIndex>;
}

function createBuilder(lexicon: Lexicon, onLookup: (() => void) | undefined): Builder {
  let corpus = createCorpus(lexicon.fold, lexicon.segment);
  /** The document of each post that a catalog held, by post id. */
  let documents = new Map<string, number>();

  function* build(catalog: Catalog): Generator<void, MatchingIndex> {
    const fresh = isMostlyDead(corpus, catalog);
    const into = fresh ? createCorpus(lexicon.fold, lexicon.segment) : corpus;
    const known = fresh ? new Map<string, number>() : documents;
    const next = new Map<string, number>();
    const numbers = new Int32Array(catalog.posts.length);
    for (const [place, post] of catalog.posts.entries()) {
      let number = known.get(post.id);
      if (number === undefined || !isSearchedAlike(into.documents[number]?.post, post)) {
        number = into.add(post);
        yield;
      } else if (place % UNCHANGED_AT_ONCE === 0) yield;
      next.set(post.id, number);
      numbers[place] = number;
    }
    corpus = into;
    documents = next;
    const view = createView(into, catalog.posts, numbers, { fold: lexicon.fold, onLookup });
    return createSnapshotIndex(view, lexicon, catalog.revision);
  }

  return { build };
}

function isMostlyDead(corpus: Corpus, catalog: Catalog): boolean {
  const dead = corpus.documents.length - catalog.posts.length;
  return dead > FEWEST_DEAD && dead > corpus.documents.length * MOST_DEAD_SHARE;
}
