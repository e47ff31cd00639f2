import type { Post } from '../../posts/post.ts';
import type { Hit } from '../search-index.ts';
import type { Fold } from '../text/fold.ts';
import { highlightsOf, type ShownTerm } from './highlight.ts';
import { snippetOf } from './snippet.ts';

/**
 * A hit whose marks are made when they are first read: most of what a search finds is counted, ranked and never
 * shown, and marking costs more than ranking. Holds on to the post and the terms, not to the index.
 */
export function createHit(post: Post, score: number, terms: readonly ShownTerm[], fold: Fold): Hit {
  let highlights: Hit['highlights'] | undefined;
  let snippet: Hit['snippet'] | undefined;
  return {
    post,
    score,
    get highlights() {
      highlights ??= highlightsOf(post, terms, fold);
      return highlights;
    },
    get snippet() {
      snippet ??= snippetOf(post.summary, this.highlights);
      return snippet;
    },
  };
}
