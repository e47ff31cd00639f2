import type { FastifyInstance } from 'fastify';
import { type Covers, coversPath } from '../covers/create-covers.ts';

/** Pictures of cards. A name changes with what is drawn, so whoever has one may keep it. */
export function addCoverRoutes(server: FastifyInstance, covers: Pick<Covers, 'named'>): void {
  server.get<{ Params: { name: string } }>(`${coversPath}/:name`, async (request, reply) => {
    const cover = await covers.named(request.params.name, AbortSignal.timeout(15_000));
    if (!cover) return reply.code(404).send({ error: 'there is no such cover' });
    return reply
      .type(cover.type)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('etag', `"${cover.hash}"`)
      .header('cross-origin-resource-policy', 'cross-origin')
      .send(cover.bytes);
  });
}
