import type { Post } from '../../posts/post.ts';
import type { Fold, FoldedText } from '../text/fold.ts';

/** The fields of a post that are searched, by number. */
export const TITLE = 0;
export const CATEGORY = 1;
export const SLUG = 2;
export const SUMMARY = 3;
export const FIELDS = 4;

/** Where something stands: a field of a document, as one number that ascends with the document. */
export const entryOf = (document: number, field: number): number => document * FIELDS + field;
export const documentOf = (entry: number): number => entry >> 2;
export const fieldOf = (entry: number): number => entry & 3;

/** A post as the index sees it. */
export interface Document {
  /** The post that was read; later ones may be the same in all that is searched. */
  readonly post: Post;
  /** Folded, in lower case, by field number. */
  readonly texts: readonly string[];
  /** The title without spaces and punctuation; see `compactOf`. */
  readonly compactTitle: string;
}

/** Longer summaries are searched up to here: what answers a query stands early in an entry. */
const SUMMARY_LIMIT = 4000;
/** Parts of a field that are not neighbours are set apart by this. */
export const APART = '\n';

/** The text of each field, folded, by field number. */
export function foldFields(post: Post, fold: Fold): readonly FoldedText[] {
  const places = [post.category, ...(post.alsoIn ?? [])].map((path) => path.join(APART));
  return [
    fold(post.title),
    fold([...places, ...post.tags].join(APART)),
    fold(slugOf(post.url)),
    fold(post.summary.slice(0, SUMMARY_LIMIT)),
  ];
}

/** Whether two readings of a post are the same document: a line that shifted in a file changes nothing that is searched. */
export function isSearchedAlike(known: Post | undefined, post: Post): boolean {
  if (known === post) return true;
  return (
    known !== undefined &&
    known.title === post.title &&
    known.summary === post.summary &&
    known.url === post.url &&
    isSameList(known.category, post.category) &&
    isSameList(known.tags, post.tags) &&
    (known.alsoIn === post.alsoIn || isSameList((known.alsoIn ?? []).flat(), (post.alsoIn ?? []).flat()))
  );
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((each, at) => each === b[at]));
}

/**
 * The words in the last part of a url's path, without date and extension: authors translate their titles there.
 * Empty where it looks like an id.
 */
function slugOf(url: string): string {
  let path: string;
  try {
    path = decodeURIComponent(new URL(url).pathname);
  } catch {
    return '';
  }
  const last = path.split('/').filter(Boolean).at(-1) ?? '';
  const words = last
    .slice(0, 200)
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .replace(/^\d{4}-\d{1,2}-\d{1,2}-/, '')
    .split(/[-_\s.]+/)
    .filter((word) => /^\d{0,4}[\p{L}]+\d{0,2}$/u.test(word) || /^\d{1,2}$/.test(word));
  if (words.every((word) => !/\p{L}{2}/u.test(word))) return '';
  // A lone word of mixed case is an id, such as VSJDvalAlS5LgZgOwPwFow, and says nothing.
  return words.length === 1 && /\p{Lu}.*\p{Ll}.*\p{Lu}|\d/u.test(last) ? '' : words.join('-');
}
