import type { FastifyInstance } from 'fastify';
import type { CatalogView } from '../conversation/catalog-views.ts';
import type { CoverSize } from '../covers/cover-sizes.ts';
import type { Post } from '../posts/post.ts';
import { postWithId } from '../posts/post-with-id.ts';
import { categoryList } from './category-list.ts';
import { createSearchWriter, searchDocument } from './search-document.ts';
import type { SeriesDocument } from './series-document.ts';
import type { ServerParts } from './server-parts.ts';

const paging = {
  limit: { type: 'integer', minimum: 1, maximum: 100, default: 10 },
  offset: { type: 'integer', minimum: 0, maximum: 1_000_000, default: 0 },
};
const category = { type: 'string', minLength: 1, maxLength: 500 };
/** Whether each post comes with the address of its picture; drawing names of pictures costs, so it is asked for. */
const covers = { type: 'boolean', default: false };

const unknownPost = { error: 'there is no post with this id', parameter: 'id' };

type ApiParts = Pick<ServerParts, 'catalog' | 'index' | 'metrics' | 'admin' | 'covers'>;

interface Listing {
  readonly limit: number;
  readonly offset: number;
  readonly covers: boolean;
}

/** The catalog and the search as JSON, open to other sites: all of it is public. */
export function addApiRoutes(
  server: FastifyInstance,
  { catalog, index, metrics, admin, covers: pictures }: ApiParts,
  latestPosts: () => readonly Post[],
  view: () => CatalogView,
): void {
  server.addHook('onRequest', async (_request, reply) => {
    reply.header('access-control-allow-origin', '*');
  });

  const coverOf = (post: Post, size: CoverSize = 'small') => pictures?.pathOf(post, size) ?? post.image;
  const withCover = (post: Post, size?: CoverSize) => ({ ...post, cover: coverOf(post, size) });
  const listed = (posts: readonly Post[], { limit, offset, covers }: Listing) => {
    const page = posts.slice(offset, offset + limit);
    return { posts: covers ? page.map((post) => withCover(post)) : page, total: posts.length };
  };

  const written = createSearchWriter();
  server.get<{ Querystring: Listing & { q: string; category?: string } }>('/api/search', {
    schema: {
      querystring: {
        type: 'object',
        required: ['q'],
        properties: { q: { type: 'string', maxLength: 1_000 }, category, covers, ...paging },
      },
    },
    handler: async ({ query: { q, category, limit, offset, covers } }, reply) => {
      const began = performance.now();
      const page = index().search({ text: q, ...(category && { category }), limit, offset });
      const tookMs = performance.now() - began;
      metrics.searched(page, tookMs / 1000);
      if (offset === 0) admin?.queries.asked(q, page.nearest ? 0 : page.total);
      // A cover may be found later, so that it is looked for each time.
      if (covers) return searchDocument(q, page, tookMs, coverOf);
      return reply.type('application/json; charset=utf-8').send(written(q, page, tookMs));
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

  server.get<{ Querystring: Listing & { category?: string; series?: string } }>('/api/posts', {
    schema: { querystring: { type: 'object', properties: { ...paging, category, series: category, covers } } },
    handler: async ({ query }) => listed(postsIn(query.category, query.series), query),
  });

  server.get<{ Params: { id: string }; Querystring: Listing }>('/api/posts/:id', {
    schema: { querystring: { type: 'object', properties: { covers } } },
    handler: async ({ params, query }, reply) => {
      const post = postWithId(catalog(), params.id);
      if (!post) return reply.code(404).send(unknownPost);
      return query.covers ? withCover(post, 'card') : post;
    },
  });

  server.get<{ Params: { id: string }; Querystring: Listing }>('/api/posts/:id/related', {
    schema: { querystring: { type: 'object', properties: { ...paging, covers } } },
    handler: async ({ params, query }, reply) => {
      const post = postWithId(catalog(), params.id);
      if (!post) return reply.code(404).send(unknownPost);
      const hits = index().related(post.id, query.offset + query.limit);
      return listed(
        hits.map((hit) => hit.post),
        query,
      );
    },
  });

  server.get('/api/series', async () => ({
    series: view()
      .series()
      .map(({ name, title, posts }): SeriesDocument => ({ name, title, count: posts.length })),
  }));

  server.get('/api/categories', async () => ({ categories: categoryList(catalog()) }));
}
