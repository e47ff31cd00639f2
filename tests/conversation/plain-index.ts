import type { Post } from '../../src/posts/post.ts';
import type { Hit, SearchIndex, Suggestion } from '../../src/search/search-index.ts';

export function createPlainIndex(posts: readonly Post[], suggestions: readonly Suggestion[] = []): SearchIndex {
  return {
    revision: '1',
    search({ text, limit, offset }) {
      const wanted = text.normalize('NFKC').toLowerCase();
      const found = posts.filter(({ title, summary }) => `${title}\n${summary}`.toLowerCase().includes(wanted));
      return {
        total: found.length,
        hits: found.slice(offset, offset + limit).map((post) => hitOf(post, wanted)),
        nearest: false,
        suggestions: found.length > 0 ? [] : suggestions,
      };
    },
    related: () => [],
    explain: ({ text }) => ({
      query: text,
      filters: {},
      units: [],
      candidates: 0,
      total: 0,
      nearest: false,
      scores: [],
    }),
  };
}

function hitOf(post: Post, wanted: string): Hit {
  const highlights = (['title', 'summary'] as const).flatMap((field) => {
    const start = post[field].toLowerCase().indexOf(wanted);
    return start < 0 ? [] : [{ field, start, end: start + wanted.length }];
  });
  return { post, score: 1, highlights, snippet: { start: 0, end: Math.min(post.summary.length, 100) } };
}
