import type { Post } from '../../posts/post.ts';
import { categoryName } from '../../posts/post.ts';
import { APART } from '../corpus/document.ts';
import type { View } from '../corpus/view.ts';
import type { ParsedQuery } from '../query/parse-query.ts';
import type { SearchQuery } from '../search-index.ts';
import { isCjk } from '../text/char-class.ts';
import type { Fold } from '../text/fold.ts';
import { compactOf, keyOfText } from '../text/key.ts';
import { isWhole } from './frequency.ts';

/** Whether a document passes what the query demands beside its words. */
export type Allows = (document: number) => boolean;

/** The category, the year, the exact phrases and the unwanted words of a query as one test; undefined if there are none. */
export function filterOf(query: SearchQuery, parsed: ParsedQuery, view: View, fold: Fold): Allows | undefined {
  const tests: Allows[] = [];
  for (const wanted of [...(query.category === undefined ? [] : [query.category]), ...parsed.categories]) {
    const stands = categoryTest(wanted, view, fold);
    tests.push((document) => stands(view.post(document)));
  }
  for (const year of [query.year, parsed.year]) {
    if (year !== undefined) tests.push((document) => view.post(document).date?.startsWith(`${year}-`) ?? false);
  }
  if (parsed.yearInWords) {
    // A title may name the year, too.
    const year = String(parsed.yearInWords.year);
    tests.push((document) => {
      const dated = view.post(document).date?.startsWith(`${year}-`) ?? false;
      return dated || view.document(document).texts.some((text) => text.includes(year));
    });
  }
  for (const phrase of parsed.phrases) {
    const holds = phraseTest(phrase, fold);
    tests.push((document) => view.document(document).texts.some(holds));
  }
  for (const unwanted of parsed.without) {
    const holds = phraseTest(unwanted, fold);
    tests.push((document) => !view.document(document).texts.some(holds));
  }
  return tests.length === 0 ? undefined : (document) => tests.every((test) => test(document));
}

/** A path by its full name, or else any path with an element of that name, or else of which the name is a part. */
function categoryTest(wanted: string, view: View, fold: Fold): (post: Post) => boolean {
  const pathsOf = (post: Post) => [post.category, ...(post.alsoIn ?? [])];
  const below = (path: readonly string[]) => path.some((_, at) => categoryName(path.slice(0, at + 1)) === wanted);
  if (view.posts.some((post) => pathsOf(post).some(below))) return (post) => pathsOf(post).some(below);
  const key = keyOfText(fold(wanted));
  const named = view.categories.named(key);
  const names =
    named.size > 0
      ? named
      : new Set([...view.categories.counts.keys()].filter((name) => key !== '' && keyOfText(fold(name)).includes(key)));
  return (post) => pathsOf(post).some((path) => path.some((element) => names.has(element)));
}

/** Whether a folded text holds the phrase: whole words in letters, any run in CJK, whatever the spaces. */
function phraseTest(phrase: string, fold: Fold): (text: string) => boolean {
  const wanted = fold(phrase).lower.replace(/\s+/g, ' ');
  const compact = compactOf(wanted);
  return (text) => {
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
      if (isWhole(text, at, at + wanted.length)) return true;
    }
    return isCjk(compact) && compact.length > 1 && text.split(APART).some((part) => compactOf(part).includes(compact));
  };
}
