import type { FastifyInstance } from 'fastify';
import type { CatalogView } from '../conversation/catalog-views.ts';
import type { Post } from '../posts/post.ts';
import { postWithId } from '../posts/post-with-id.ts';
import { categoryList } from './category-list.ts';
import { searchDocument } from './search-document.ts';
import type { SeriesDocument } from './series-document.ts';
import type { ServerParts } from './server-parts.ts';

const paging = {
  limit: { type: 'integer', minimum: 1, maximum: 100, default: 10 },
  offset: { type: 'integer', minimum: 0, maximum: 1_000_000, default: 0 },
};
const category = { type: 'string', minLength: 1, maxLength: 500 };

interface Paging {
  readonly limit: number;
  readonly offset: number;
}

/** The catalog and the search as JSON, open to other sites: all of it is public. */
export function addApiRoutes(
  server: FastifyInstance,
  { catalog, index, metrics, admin }: Pick<ServerParts, 'catalog' | 'index' | 'metrics' | 'admin'>,
  latestPosts: () => readonly Post[],
  view: () => CatalogView,
): void {
  server.addHook('onRequest', async (_request, reply) => {
    reply.header('access-control-allow-origin', '*');
  });

  server.get<{ Querystring: Paging & { q: string; category?: string } }>('/api/search', {
    schema: {
      querystring: {
        type: 'object',
        required: ['q'],
        properties: { q: { type: 'string', maxLength: 1_000 }, category, ...paging },
      },
    },
    handler: async ({ query: { q, category, limit, offset } }) => {
      const began = performance.now();
      const page = index().search({ text: q, ...(category && { category }), limit, offset });
      const tookMs = performance.now() - began;
      metrics.searched(page, tookMs / 1000);
      if (offset === 0) admin?.queries.asked(q, page.nearest ? 0 : page.total);
      return searchDocument(q, page, tookMs);
    },
  });

  /** The newest first; those of a series in its order. */
  const postsIn = (name: string | undefined, part: string | undefined): readonly Post[] => {
    if (part !== undefined)
      return (
        view()
          .series()
          .find((series) => series.name === part)?.posts ?? []
      );
    if (name === undefined) return latestPosts();
    const within = new Set(view().categories().all.get(name)?.posts);
    return latestPosts().filter((post) => within.has(post));
  };

  server.get<{ Querystring: Paging & { category?: string; series?: string } }>('/api/posts', {
    schema: { querystring: { type: 'object', properties: { ...paging, category, series: category } } },
    handler: async ({ query: { limit, offset, category: name, series } }) => {
      const posts = postsIn(name, series);
      return { posts: posts.slice(offset, offset + limit), total: posts.length };
    },
  });

  server.get<{ Params: { id: string } }>('/api/posts/:id', async ({ params }, reply) => {
    const post = postWithId(catalog(), params.id);
    return post ?? reply.code(404).send({ error: 'there is no post with this id', parameter: 'id' });
  });

  server.get('/api/series', async () => ({
    series: view()
      .series()
      .map(({ name, title, posts }): SeriesDocument => ({ name, title, count: posts.length })),
  }));

  server.get('/api/categories', async () => ({ categories: categoryList(catalog()) }));
}
