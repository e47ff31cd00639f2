import type { Post } from '../../posts/post.ts';
import type { Equal } from '../glossary/glossary-table.ts';
import type { Fold } from '../text/fold.ts';
import { type CategoryNames, createCategoryNames } from './categories.ts';
import type { Corpus } from './corpus.ts';
import { type Document, documentOf, FIELDS, TITLE } from './document.ts';
import type { LearntPair } from './learnt-pairs.ts';
import type { Vocabulary } from './vocabulary.ts';

/** One snapshot of a corpus: what one catalog holds of it. Immutable. */
export interface View {
  /** The posts in the catalog's order. */
  readonly posts: readonly Post[];
  /** How many documents the corpus had when the snapshot was taken; later ones are none of ours. */
  readonly documents: number;
  readonly vocabulary: Vocabulary;
  /** Mean length of a title, in characters. */
  readonly meanTitle: number;
  document(number: number): Document;
  /** The post of a document, as this snapshot's catalog has it: what is not searched may differ from snapshot to snapshot. */
  post(number: number): Post;
  /** The place of a document in the catalog, or -1 if the catalog does not hold it. */
  place(number: number): number;
  numberOf(place: number): number;
  /** How many documents the corpus has by now. */
  corpusSize(): number;
  /**
   * Where a token stands: `document × FIELDS + field`, ascending; only documents of this snapshot. The list may be
   * the corpus's own: it is good until `corpusSize` changes, and must not be kept longer.
   */
  find(token: string): readonly number[];
  readonly categories: CategoryNames;
  /** The years of the posts' dates, as `2024`. */
  readonly years: ReadonlySet<string>;
  /** Other names that the catalog itself gives, as in `检索增强生成（RAG）`. */
  equalsOf(key: string): readonly Equal[];
  hasEquals(key: string): boolean;
  /** How many posts hold a token, given where it stands. */
  postsWith(token: string, entries: readonly number[]): number;
  /** The inverse document frequency of something that so many posts hold. */
  idf(posts: number): number;
}

interface ViewParts {
  readonly fold: Fold;
  readonly onLookup?: (() => void) | undefined;
}

const MOST_COUNTS = 4096;

/** How many posts some entries belong to. */
export function countPosts(entries: readonly number[]): number {
  let posts = 0;
  let last = -1;
  for (const entry of entries) {
    const post = documentOf(entry);
    if (post !== last) posts++;
    last = post;
  }
  return posts;
}

/** `numbers` are the documents in the catalog's order. Costs one pass over them and no text. */
export function createView(
  corpus: Corpus,
  posts: readonly Post[],
  numbers: Int32Array,
  { fold, onLookup }: ViewParts,
): View {
  let categories: CategoryNames | undefined;
  let years: ReadonlySet<string> | undefined;
  const count = corpus.documents.length;
  const places = new Int32Array(count).fill(-1);
  let titles = 0;
  for (let place = 0; place < numbers.length; place++) {
    const number = numbers[place] ?? 0;
    places[number] = place;
    titles += corpus.documents[number]?.texts[TITLE]?.length ?? 0;
  }
  // While nothing was changed or removed the lists hold just what the snapshot holds, until a later one adds to them.
  const complete = numbers.length === count;
  const end = count * FIELDS;

  const held = (entry: number) => entry < end && (places[documentOf(entry)] ?? -1) >= 0;
  const find = (token: string): readonly number[] => {
    onLookup?.();
    const found = corpus.postings.find(token);
    if (complete && (found[found.length - 1] ?? 0) < end) return found;
    return found.filter(held);
  };

  const counts = new Map<string, number>();
  const postsWith = (token: string, entries: readonly number[]) => {
    const known = counts.get(token);
    if (known !== undefined) return known;
    if (counts.size >= MOST_COUNTS) counts.clear();
    const posts = countPosts(entries);
    counts.set(token, posts);
    return posts;
  };

  const says = ({ document }: LearntPair) => document < count && (places[document] ?? -1) >= 0;

  return {
    corpusSize: () => corpus.documents.length,
    postsWith,
    posts,
    documents: count,
    vocabulary: corpus.vocabulary,
    meanTitle: posts.length > 0 ? Math.max(1, titles / posts.length) : 1,
    document: (number) => {
      const found = corpus.documents[number];
      if (!found) throw new RangeError(`No document ${number} in a corpus of ${corpus.documents.length}.`);
      return found;
    },
    post: (number) => {
      const found = posts[places[number] ?? -1];
      if (!found) throw new RangeError(`This snapshot does not hold document ${number}.`);
      return found;
    },
    place: (number) => places[number] ?? -1,
    numberOf: (place) => numbers[place] ?? -1,
    find,
    get categories() {
      categories ??= createCategoryNames(posts, fold);
      return categories;
    },
    get years() {
      years ??= new Set(posts.flatMap(({ date }) => date?.slice(0, 4) ?? []));
      return years;
    },
    equalsOf: (key) =>
      corpus.pairs
        .of(key)
        .filter(says)
        .map(({ equal }) => equal),
    hasEquals: (key) => corpus.pairs.of(key).some(says),
    idf: (held) => Math.log(1 + (posts.length - held + 0.5) / (held + 0.5)),
  };
}
