import type { FastifyInstance } from 'fastify';
import { coverSizes } from '../covers/cover-sizes.ts';
import type { Post } from '../posts/post.ts';
import { postWithId } from '../posts/post-with-id.ts';
import { baseUrl } from './base-url.ts';
import { pageFrames } from './page-frame.ts';
import { type Picture, pathOf, postPage, unknownPage } from './post-page.ts';
import type { ServerParts } from './server-parts.ts';
import { openSearchDescription, robots, sitemap } from './site-documents.ts';

const mostRelatives = 4;

/** The pages of posts, and what search engines and browsers want to know of the site. */
export function addSiteRoutes(
  server: FastifyInstance,
  { catalog, index, publicUrl, covers }: Pick<ServerParts, 'catalog' | 'index' | 'publicUrl' | 'covers'>,
): void {
  const frameOf = pageFrames(publicUrl);
  const pictureOf = (post: Post, base: string): Picture | undefined => {
    // Without PUBLIC_URL the page is seen where it was asked for, and so is its picture.
    const path = covers?.pathOf(post, 'card');
    const drawn = covers?.urlOf(post, 'card') ?? (path && base + path);
    if (drawn !== undefined) return { url: drawn, ...(drawn !== post.image && coverSizes.card) };
    return post.image === undefined ? undefined : { url: post.image };
  };

  server.get<{ Params: { id: string } }>('/p/:id', async (request, reply) => {
    const { id } = request.params;
    const post = postWithId(catalog(), id);
    const frame = frameOf(request, reply);
    if (!post) return reply.code(404).send(unknownPage('post', frame));
    if (post.id !== id) return reply.redirect(pathOf(post), 301);
    const relatives = index().related(post.id, mostRelatives);
    return reply.header('cache-control', 'public, max-age=300').send(
      postPage(
        post,
        relatives.map(({ post: one }) => one),
        pictureOf(post, frame.base),
        frame,
      ),
    );
  });

  server.get('/sitemap.xml', async (request, reply) => {
    return reply.type('application/xml; charset=utf-8').send(sitemap(baseUrl(request, publicUrl), catalog().posts));
  });
  server.get('/opensearch.xml', async (request, reply) => {
    const document = openSearchDescription(baseUrl(request, publicUrl));
    return reply.type('application/opensearchdescription+xml; charset=utf-8').send(document);
  });
  server.get('/robots.txt', async (request, reply) => {
    return reply.type('text/plain; charset=utf-8').send(robots(baseUrl(request, publicUrl)));
  });
}
